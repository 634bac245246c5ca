import Flashphoner, {SESSION_STATUS} from '../sdk/index.js';

/** The page's one session: kept from one stream to the next as long as the address stays the same. */
export class Connection {
    #session = null;

    /** Between `open` and its `ready`. */
    get isConnecting() {
        return this.#session !== null && this.#session.status() !== SESSION_STATUS.ESTABLISHED;
    }

    /**
     * @param {function(Session)} ready called when streams can be made, at once if the session is there already
     * @param {function(Session, boolean)} ended called once when the session ends other than by `close`; the flag
     *     tells whether it was ever established. Of several `open` on one session the first one's counts.
     */
    open(url, ready, ended) {
        const known = this.#session;
        if (known?.getServerUrl() === url && known.status() === SESSION_STATUS.ESTABLISHED) {
            ready(known);
            return;
        }
        this.close();
        let wasEstablished = false;
        const session = Flashphoner.createSession({urlServer: url});
        const end = () => {
            if (this.#session === session) {
                this.#session = null;
                ended(session, wasEstablished);
            }
        };
        this.#session = session;
        session.on(SESSION_STATUS.ESTABLISHED, () => {
            wasEstablished = true;
            ready(session);
        }).on(SESSION_STATUS.FAILED, end).on(SESSION_STATUS.DISCONNECTED, end);
    }

    close() {
        const session = this.#session;
        this.#session = null;
        session?.disconnect();
    }
}
