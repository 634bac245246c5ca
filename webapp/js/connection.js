import Flashphoner, {SESSION_STATUS} from '../sdk/index.js';
import {defaultSocketUrl} from './address.js';

/** The page's one session: kept from one stream to the next as long as the address stays the same. */
export class Connection {
    #session = null;

    /**
     * @param {function(Session)} ready called when streams can be made, at once if the session is there already; with
     *     this page's own server that is before it has answered, a round trip earlier
     * @param {function(Session, boolean)} ended called once when the session ends other than by `close`; the flag
     *     tells whether it was ever established. Of several `open` on one session the first one's counts.
     * @param {number=} timeout for the connection, in ms
     */
    open(url, ready, ended, timeout) {
        const known = this.#session;
        if (known?.getServerUrl() === url && known.status() === SESSION_STATUS.ESTABLISHED) {
            ready(known);
            return;
        }
        this.close();
        let wasEstablished = false;
        const session = Flashphoner.createSession({urlServer: url, timeout, webSocket: takeEarly(url)});
        const end = () => {
            if (this.#session === session) {
                this.#session = null;
                ended(session, wasEstablished);
            }
        };
        this.#session = session;
        const isOurs = url === defaultSocketUrl(location);
        session.on(SESSION_STATUS.CONNECTED, () => isOurs && ready(session)).on(SESSION_STATUS.ESTABLISHED, () => {
            wasEstablished = true;
            if (!isOurs) {
                ready(session);
            }
        }).on(SESSION_STATUS.FAILED, end).on(SESSION_STATUS.DISCONNECTED, end);
    }

    close() {
        const session = this.#session;
        this.#session = null;
        session?.disconnect();
    }
}

/** The WebSocket that early.js has opened, once, when it leads there. */
function takeEarly(url) {
    const early = globalThis.reelcastEarly;
    delete globalThis.reelcastEarly;
    if (early?.url === new URL(url).href && early.readyState <= 1) {
        return early;
    }
    early?.close();
    return undefined;
}
