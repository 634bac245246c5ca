/**
 * Callbacks by event name: one an event, the last one set wins (as in the original call flow, where a page sets its
 * handlers again for a session that it uses again).
 */
export class Handlers {
    #callbacks = new Map();

    /** @throws {TypeError} when the event is undefined (a misspelt constant) or the callback no function */
    set(event, callback) {
        if (typeof event !== 'string' || event === '') {
            throw new TypeError('on() needs the name of an event, got ' + event);
        }
        if (typeof callback !== 'function') {
            throw new TypeError('on(' + event + ') needs a function');
        }
        this.#callbacks.set(event, callback);
    }

    has(event) {
        return this.#callbacks.has(event);
    }

    /**
     * Calls the handler, if there is one. A handler that throws is reported and disturbs nobody else.
     * @returns {Error|undefined} what it threw
     */
    fire(event, ...args) {
        try {
            this.#callbacks.get(event)?.(...args);
            return undefined;
        } catch (error) {
            if (typeof globalThis.reportError === 'function') {
                globalThis.reportError(error);
            } else {
                console.error(error);
            }
            return error;
        }
    }
}
