/** Camera and microphone while they are published: switching tracks off and on, and letting go at the end. */
export class LocalMedia {
    /** @param {boolean} isForeign the page opened it and closes it itself */
    constructor(stream, isForeign) {
        this.stream = stream;
        this.isForeign = isForeign;
    }

    has(kind) {
        return this.#tracks(kind).length > 0;
    }

    /** Off, or not there at all. */
    isMuted(kind) {
        return this.#tracks(kind).every((track) => !track.enabled);
    }

    mute(kind, isMuted) {
        this.#tracks(kind).forEach((track) => { track.enabled = !isMuted; });
    }

    release() {
        if (!this.isForeign) {
            this.stream.getTracks().forEach((track) => track.stop());
        }
    }

    #tracks(kind) {
        return this.stream.getTracks().filter((track) => track.kind === kind);
    }
}
