import {fragment, initialisation, joined} from './fmp4.js';

const UNIT = 1024;
const KEEP_S = 30;

/** One medium on its way into the browser: samples in, fragments to its SourceBuffer. */
export class SourceTrack {
    #buffer = null;
    #track = null;
    #waiting = [];
    #samples = [];
    #last = null;
    #sequence = 0;
    #config = '';
    #fault;

    /** @param {function(string)} fault called when the browser does not take what comes */
    constructor(fault) {
        this.#fault = fault;
    }

    /** Whether it is known how it is decoded. */
    get isKnown() { return this.#track !== null; }

    /** Opens the SourceBuffer. @throws when the browser does not play such media */
    open(mediaSource) {
        this.#buffer = mediaSource.addSourceBuffer(this.#track.mime);
        this.#buffer.addEventListener('updateend', () => this.#append());
        this.#buffer.addEventListener('error', () => this.#fault('it cannot be decoded'));
        this.#append();
    }

    /** How samples are decoded from now on. */
    configure(config, toTrack) {
        const key = config.join();
        if (key !== this.#config) {
            this.flush();
            this.#config = key;
            this.#track = toTrack(config);
            this.#waiting.push(initialisation(this.#track));
        }
    }

    /** A picture: it lasts until the next one, and goes with that. */
    picture({timeMs, isKey, bytes}) {
        if (this.#last) {
            this.#samples.push({...this.#last, duration: timeMs - this.#last.time});
        }
        this.#last = {time: timeMs, key: isKey, bytes};
    }

    /** An access unit of sound. */
    sound({timeMs, bytes}) {
        const exact = timeMs * this.#track.timescale / 1000;
        const next = this.#last ?? exact;
        // times are whole ms, sound goes on evenly
        const time = Math.abs(exact - next) < UNIT / 2 ? next : exact;
        if (Math.abs(time - next) > 0) {
            this.flush();
        }
        this.#samples.push({time: Math.round(time), key: true, bytes, duration: UNIT});
        this.#last = time + UNIT;
    }

    /** Hands what has come to the browser. */
    flush() {
        if (this.#samples.length > 0) {
            this.#waiting.push(fragment(++this.#sequence, this.#samples[0].time, this.#samples));
            this.#samples = [];
            this.#append();
        }
    }

    #append() {
        const buffer = this.#buffer;
        if (!buffer || buffer.updating || this.#waiting.length === 0) {
            return;
        }
        const segment = joined(...this.#waiting);
        this.#waiting = [];
        try {
            buffer.appendBuffer(segment);
        } catch (error) {
            this.#fault(error.message);
        }
    }

    /** Lets go of what was shown long ago. */
    forget(currentTime) {
        const buffer = this.#buffer;
        if (buffer && !buffer.updating && buffer.buffered.length > 0
                && currentTime - buffer.buffered.start(0) > 2 * KEEP_S) {
            buffer.remove(0, currentTime - KEEP_S);
        }
    }
}
