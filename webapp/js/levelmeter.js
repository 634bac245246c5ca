const FLOOR_DB = -60;
const FALL_PER_SHOW = 6;

/** How loud a microphone is, from 0 (silence, -60 dBFS and less) to 100 (full scale). */
export class LevelMeter {
    #context;
    #analyser;
    #samples;
    #shown = 0;

    /** @param {MediaStream} media with an audio track */
    constructor(media) {
        this.#context = new AudioContext();
        this.#analyser = this.#context.createAnalyser();
        this.#analyser.fftSize = 2048; // 43 ms at 48 kHz
        this.#samples = new Float32Array(this.#analyser.fftSize);
        this.#context.createMediaStreamSource(media).connect(this.#analyser);
    }

    /** Rises at once and falls slowly, so that the eye can follow. */
    read() {
        this.#analyser.getFloatTimeDomainData(this.#samples);
        this.#shown = Math.max(level(this.#samples), this.#shown - FALL_PER_SHOW);
        return this.#shown;
    }

    close() {
        this.#context.close();
    }
}

/** The level of samples from -1 to 1, by their root mean square. */
export function level(samples) {
    const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const db = 10 * Math.log10(square * 2); // a full-scale sine is 0 dB
    return Math.min(100, Math.max(0, 100 * (1 - db / FLOOR_DB)));
}
