/** The timers of what the page shows just now; all of them end together. */
export class Timers {
    #running = [];

    after(ms, action) {
        this.#running.push(setTimeout(action, ms));
    }

    every(ms, action) {
        this.#running.push(setInterval(action, ms));
    }

    clear() {
        this.#running.forEach(clearTimeout); // ends intervals as well
        this.#running = [];
    }
}
