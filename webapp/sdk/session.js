import {SESSION_STATUS, STREAM_STATUS_INFO} from './constants.js';
import {Handlers} from './handlers.js';
import {newId} from './ids.js';
import {Socket} from './socket.js';
import {Stream} from './stream.js';

const CONNECT_MS = 15_000;
const DATA_ANSWER_MS = 10_000;

/** A connection to the server; carries any number of streams. Made by `Flashphoner.createSession`. */
export class Session {
    #id = newId();
    #status = SESSION_STATUS.PENDING;
    #info = '';
    #handlers = new Handlers();
    #streams = new Map();
    #answers = new Map();
    #greeting = null;
    #forget;

    constructor(options, forget) {
        if (!options?.urlServer) {
            throw new TypeError('createSession needs {urlServer}');
        }
        this.options = options;
        this.authToken = options.authToken;
        this.#forget = forget;
        this.socket = new Socket(options.urlServer, options.webSocket ?? new WebSocket(options.urlServer), {
            connectMs: options.timeout || CONNECT_MS,
            silenceMs: options.silenceTimeout ?? (options.receiveProbes || 1) * (options.probesInterval || 20_000),
            pingMs: options.pingInterval || 0
        }, {
            opened: () => this.#onOpen(),
            message: (name, data) => this.#onMessage(name, data),
            closed: (ending) => this.#onClosed(ending)
        });
    }

    id() { return this.#id; }
    status() { return this.#status; }
    /** Why the session failed or ended, in a sentence; empty before. */
    getInfo() { return this.#info; }
    getServerUrl() { return this.options.urlServer; }
    getStream(id) { return this.#streams.get(id); }
    getStreams() { return [...this.#streams.values()]; }

    /** Sets the handler of a SESSION_STATUS; it is called with (session, detail). Returns the session. */
    on(event, callback) {
        this.#handlers.set(event, callback);
        return this;
    }

    /**
     * A new stream, not yet playing or publishing. This server takes it from CONNECTED on, a round trip earlier.
     * @throws {Error} when the session is neither CONNECTED nor ESTABLISHED
     */
    createStream(options) {
        if (this.#status !== SESSION_STATUS.CONNECTED && this.#status !== SESSION_STATUS.ESTABLISHED) {
            throw new Error('createStream needs an ESTABLISHED session, this one is ' + this.#status);
        }
        const stream = new Stream(this, options, () => this.#streams.delete(stream.id()));
        this.#streams.set(stream.id(), stream);
        return stream;
    }

    /** Sends the application's own data; settles with the server's word, rejects when it refuses or is silent. */
    sendData(payload) {
        const operationId = newId();
        return this.ask(operationId, 'sendData', {operationId, payload}, DATA_ANSWER_MS);
    }

    /** Closes the connection and stops what plays or publishes over it. */
    disconnect() {
        this.socket.close('Disconnected by this page');
    }

    /** Sends a message that is answered under `key` (used by streams, too). */
    ask(key, message, argument, timeoutMs) {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.#answers.delete(key);
                reject({operationId: key, status: 'FAILED', info: STREAM_STATUS_INFO.NO_ANSWER});
            }, timeoutMs);
            this.#answers.set(key, (answer, good) => {
                clearTimeout(timer);
                this.#answers.delete(key);
                (good ? resolve : reject)(answer);
            });
            if (!this.socket.send(message, argument)) {
                const lost = {operationId: key, status: 'FAILED', info: STREAM_STATUS_INFO.CONNECTION_LOST};
                this.#answer(key, lost, false);
            }
        });
    }

    #onOpen() {
        this.#greeting = setTimeout(() => this.socket.fail('The server accepted the connection but says nothing: '
            + 'is it a Reelcast or WCS server?'), this.options.timeout || CONNECT_MS);
        const {appKey = 'defaultApp', keepAlive, custom, authToken} = this.options;
        this.socket.send('connection', {
            appKey, mediaProviders: ['WebRTC', 'MSE'], msePacketizationVersion: 2, keepAlive, authToken, custom, clientVersion: '2.0',
            clientOSVersion: globalThis.navigator?.appVersion, clientBrowserVersion: globalThis.navigator?.userAgent
        });
        this.#become(SESSION_STATUS.CONNECTED);
    }

    #onMessage(name, data) {
        const first = data[0] ?? {};
        switch (name) {
            case 'getUserData':
                if (this.#status !== SESSION_STATUS.ESTABLISHED) { // a second one would start everything again
                    clearTimeout(this.#greeting);
                    this.authToken = first.authToken;
                    const fault = this.#become(SESSION_STATUS.ESTABLISHED, first);
                    if (fault && this.#streams.size === 0) { // nothing would ever follow
                        this.socket.fail('Error in this page: ' + fault.message);
                    }
                }
                break;
            case 'setRemoteSDP':
                this.#streams.get(data[0])?.onAnswer(data[1]);
                break;
            case 'notifyStreamStatusEvent':
            case 'notifyVideoFormat':
                this.#streams.get(first.mediaSessionId)?.onStatus(first);
                break;
            case 'notifyStreamEvent':
                this.#streams.get(first.mediaSessionId)?.onEvent(first.type, first.payload);
                break;
            case 'outboundVideoRate':
            case 'inboundVideoRate':
                this.#streams.get(first.mediaSessionId)?.onVideoRate(Number(first.videoRate));
                break;
            case 'availableStream':
                this.#answer(first.id, first, String(first.status) === 'true');
                break;
            case 'DataStatusEvent':
                this.#answer(first.operationId, first, first.status === 'ACCEPTED');
                break;
            case 'OnDataEvent':
                this.#handlers.fire(SESSION_STATUS.APP_DATA, this, first);
                break;
            case 'fail':
                if (first.apiMethod === 'StreamStatusEvent') {
                    this.#streams.get(first.id)?.onStatus({...first, status: first.status ?? 'FAILED'});
                }
                this.#handlers.fire(SESSION_STATUS.WARN, this, first);
                break;
            case 'notifySessionDebugEvent':
                this.#handlers.fire(SESSION_STATUS.DEBUG, this, first);
                break;
            default: // pong, getVersion and what newer servers may say
        }
    }

    #answer(key, answer, good) {
        this.#answers.get(key)?.(answer, good);
    }

    #onClosed({failed, reason}) {
        clearTimeout(this.#greeting);
        this.#info = reason;
        this.#forget(this);
        for (const stream of this.getStreams()) {
            stream.onSessionLost();
        }
        for (const key of [...this.#answers.keys()]) {
            this.#answer(key, {operationId: key, status: 'FAILED', info: STREAM_STATUS_INFO.CONNECTION_LOST}, false);
        }
        this.#become(failed ? SESSION_STATUS.FAILED : SESSION_STATUS.DISCONNECTED);
    }

    #become(status, detail) {
        this.#status = status;
        return this.#handlers.fire(status, this, detail);
    }
}
