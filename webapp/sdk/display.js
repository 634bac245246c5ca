import {STREAM_EVENT_TYPE} from './constants.js';

/**
 * Where a stream is seen and heard: a video element of our own inside the page's `display` element, or the element
 * the page names (`remoteVideo`, or `display` when that is a video element itself).
 */
export class Display {
    #own = false;
    #muted = false;
    #volume = 100;
    #notify;
    #address = null;
    #keepsPicture;

    /**
     * @param notify called with a STREAM_EVENT_TYPE that the page should know of
     * @param {boolean} keepsPicture the last picture stays in the container until another stream is seen there
     */
    constructor(container, element, controls, notify, keepsPicture = false) {
        this.container = container;
        this.element = element ?? (isVideo(container) ? container : null);
        this.controls = controls;
        this.#notify = notify;
        this.#keepsPicture = keepsPicture;
    }

    /**
     * Shows a MediaStream. When the browser forbids sound before the user has touched the page, it plays without, and
     * UNMUTE_REQUIRED is notified.
     * @param {boolean} silent start without sound (the user's own camera, or the page wants to unmute itself)
     */
    show(mediaStream, silent) {
        const video = this.#attach();
        if (video.srcObject === mediaStream) {
            return;
        }
        this.#muted ||= silent;
        video.muted = this.#muted;
        video.volume = this.#volume / 100;
        video.srcObject = mediaStream;
        this.#start(video);
    }

    /** The same of a MediaSource. @returns {HTMLVideoElement} where it is shown */
    showSource(mediaSource, silent) {
        const video = this.#attach();
        this.#muted ||= silent;
        video.muted = this.#muted;
        video.volume = this.#volume / 100;
        this.#address = URL.createObjectURL(mediaSource);
        video.src = this.#address;
        this.#start(video);
        return video;
    }

    #attach() {
        if (!this.element) {
            this.element = document.createElement('video');
            this.element.playsInline = true; // else iOS opens its own full screen player
            this.element.controls = Boolean(this.controls);
            this.container?.appendChild(this.element);
            this.element.addEventListener('playing', () => this.#forgetPicture(), {once: true});
            this.#own = true;
        }
        return this.element;
    }

    async #start(video) {
        try {
            await video.play();
        } catch (error) {
            if (error?.name !== 'NotAllowedError' || video.muted) {
                return; // AbortError: taken away again before it began
            }
            this.#muted = true;
            video.muted = true;
            this.#notify(STREAM_EVENT_TYPE.UNMUTE_REQUIRED);
            await video.play().catch(() => {});
        }
    }

    #forgetPicture() {
        this.container?.querySelector('canvas')?.remove();
    }

    #keepPicture() {
        const {videoWidth, videoHeight} = this.element;
        const canvas = videoWidth > 0 ? document.createElement('canvas') : null;
        const context = canvas?.getContext?.('2d');
        if (context) {
            Object.assign(canvas, {width: videoWidth, height: videoHeight});
            context.drawImage(this.element, 0, 0);
            this.#forgetPicture();
            this.container.appendChild(canvas);
        }
    }

    clear() {
        if (!this.element) {
            return;
        }
        if (this.#own && this.#keepsPicture) {
            this.#keepPicture();
        }
        this.element.srcObject = null;
        if (this.#address) {
            URL.revokeObjectURL(this.#address);
            this.#address = null;
            this.element.removeAttribute('src');
            this.element.load();
        }
        if (this.#own) {
            this.element.remove();
            this.element = null;
            this.#own = false;
        }
    }

    get muted() {
        return this.element ? this.element.muted : this.#muted;
    }

    set muted(muted) {
        this.#muted = muted;
        if (this.element) {
            this.element.muted = muted;
            if (!muted) {
                this.#start(this.element);
            }
        }
    }

    /** 0 to 100. iOS keeps its own volume and ignores this. */
    get volume() {
        return this.#volume;
    }

    set volume(percent) {
        const number = Number(percent);
        if (!Number.isFinite(number)) {
            throw new TypeError('The volume is a number from 0 to 100, got ' + percent);
        }
        this.#volume = Math.min(100, Math.max(0, number));
        if (this.element) {
            this.element.volume = this.#volume / 100;
        }
    }

    fullScreen() {
        const element = this.element ?? this.container;
        if (element?.requestFullscreen) {
            return element.requestFullscreen();
        }
        if (element?.webkitEnterFullscreen) { // iPhone
            element.webkitEnterFullscreen();
            return Promise.resolve();
        }
        return Promise.reject(new Error('This browser has no full screen for this element'));
    }
}

function isVideo(element) {
    return element?.tagName === 'VIDEO';
}
