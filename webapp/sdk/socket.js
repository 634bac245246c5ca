/**
 * The WebSocket with its envelope: `{"message": name, "data": [argument, ...]}` in JSON text, both ways.
 * Watches over silence: after `silenceMs` without a message it asks with a ping, after twice that it gives up.
 */
export class Socket {
    #ws;
    #timer = null;
    #heardMs = 0;
    #asked = false;
    #over = false;

    /**
     * @param {string} url exactly as the page gave it
     * @param {WebSocket} webSocket to there, open or opening
     * @param {{connectMs: number, silenceMs: number, pingMs: number}} times silenceMs and pingMs 0 = never
     * @param {{opened: function(), message: function(string, Array), closed: function(Ending)}} listener
     *
     * closed is called once, with {opened: was it ever open, failed: else it just ended, reason: a sentence}
     */
    constructor(url, webSocket, times, listener) {
        this.url = url;
        this.times = times;
        this.listener = listener;
        this.opened = false;
        this.#ws = webSocket;
        this.#timer = setTimeout(
            () => this.fail('No answer within ' + Math.round(times.connectMs / 1000) + ' s'), times.connectMs);
        this.#ws.onopen = () => this.#onOpen();
        this.#ws.onmessage = (event) => this.#onMessage(event.data);
        this.#ws.onerror = () => this.fail(this.opened ? 'The connection broke' : 'The connection could not be made');
        this.#ws.onclose = (event) => this.#end(!this.opened, event.reason || 'The server closed the connection');
        if (this.#ws.readyState === 1) {
            queueMicrotask(() => this.#over || this.#onOpen()); // when the page has set its handlers
        }
    }

    /** Sends one message; false when the socket is not open. */
    send(message, argument = null) {
        if (this.#over || this.#ws.readyState !== 1) {
            return false;
        }
        this.#ws.send(JSON.stringify({message, data: [argument]}));
        return true;
    }

    /** Closes from this side; `closed` is told at once. */
    close(reason) {
        this.#end(false, reason);
    }

    /** Gives the connection up. */
    fail(reason) {
        this.#end(true, reason);
    }

    #onOpen() {
        clearTimeout(this.#timer);
        this.opened = true;
        this.#heardMs = Date.now();
        const tick = Math.min(...[this.times.silenceMs, this.times.pingMs].filter((ms) => ms > 0));
        if (Number.isFinite(tick)) {
            this.#timer = setInterval(() => this.#tick(), tick);
        }
        this.listener.opened();
    }

    #onMessage(text) {
        this.#heardMs = Date.now();
        this.#asked = false;
        let envelope;
        try {
            envelope = JSON.parse(text);
        } catch {
            return; // binary or no JSON: nothing of ours
        }
        const data = Array.isArray(envelope?.data) ? envelope.data : [];
        if (envelope?.message === 'ping') {
            this.send('pong');
        } else if (typeof envelope?.message === 'string') {
            this.listener.message(envelope.message, data);
        }
    }

    #tick() {
        const silentMs = Date.now() - this.#heardMs;
        const {silenceMs, pingMs} = this.times;
        if (silenceMs > 0 && this.#asked && silentMs >= 2 * silenceMs - 50) {
            this.fail('The server has been silent for ' + Math.round(silentMs / 1000) + ' s');
        } else if (pingMs > 0 || (silenceMs > 0 && silentMs >= silenceMs - 50)) {
            this.#asked = true;
            this.send('ping');
        }
    }

    #end(failed, reason) {
        if (this.#over) {
            return;
        }
        this.#over = true;
        clearTimeout(this.#timer);
        clearInterval(this.#timer);
        this.#ws.onopen = this.#ws.onmessage = this.#ws.onerror = this.#ws.onclose = null;
        this.#ws.close();
        this.listener.closed({opened: this.opened, failed, reason});
    }
}
