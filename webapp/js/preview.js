import {openDevices} from '../sdk/devices.js';
import {constraints} from './devices.js';

/** Camera and microphone as they would be recorded, before they are. */
export class Preview {
    #video;
    #media = null;
    #latest = null;

    /** @param {HTMLVideoElement} video where they are seen; it makes no sound */
    constructor(video) {
        this.#video = video;
    }

    get isOpen() {
        return this.#media !== null;
    }

    /**
     * Opens the devices that the page's fields name, in place of those that are open.
     * @returns {Promise<MediaStream|null>} null when it was closed or opened anew meanwhile
     * @throws {MediaAccessError}
     */
    async open() {
        this.close();
        const mine = this.#latest = {};
        const media = await openDevices(constraints());
        if (this.#latest !== mine) {
            release(media);
            return null;
        }
        this.#media = media;
        this.#video.srcObject = media;
        this.#video.hidden = false;
        this.#video.play().catch(() => {}); // closed again before it began
        return media;
    }

    /** What is open, for a recording: it is the caller's from now on. */
    take() {
        const media = this.#media;
        this.#media = this.#latest = null;
        this.#video.srcObject = null;
        this.#video.hidden = true;
        return media;
    }

    close() {
        release(this.take());
    }
}

/** Switches devices off. */
export function release(media) {
    media?.getTracks().forEach((track) => track.stop());
}

/**
 * Tells of devices that were pulled out.
 * @param {function(string, boolean)} lost called with what is gone, in words, and whether something is left
 */
export function watchDevices(media, lost) {
    for (const track of media.getTracks()) {
        track.addEventListener('ended', () => lost(track.kind === 'video' ? 'The camera' : 'The microphone',
            media.getTracks().some((other) => other !== track && other.readyState === 'live')));
    }
}
