/** What is inside the stage to steer it with: buttons, keys, the list of keys; out of the way after three seconds. */
import {byId, memory} from './elements.js';
import {onMediaKeys} from './nowplaying.js';

const QUIET_MS = 3_000;
const VOLUME_STEP = 5;
const USUAL_VOLUME = 50;

export class Controls {
    #film;
    #view;
    #toggle;
    #stage = byId('stage');
    #volume;
    #isMuted;
    #timer = null;
    #shownMs = 0;

    /**
     * @param {Film} film
     * @param {PlayerView} view
     * @param {function()} toggle starts what is stopped and stops what plays
     * @param {boolean} startsMuted whatever the browser remembers
     */
    constructor(film, view, toggle, startsMuted) {
        this.#film = film;
        this.#view = view;
        this.#toggle = toggle;
        const volume = Number(memory.get('volume') ?? USUAL_VOLUME);
        this.#volume = volume >= 0 && volume <= 100 ? volume : USUAL_VOLUME;
        this.#isMuted = startsMuted || memory.get('muted') === 'true';
        this.#apply();
        this.#listen();
    }

    #listen() {
        byId('stageBtn').addEventListener('click', this.#toggle);
        for (const [id, action] of [['bigPlay', this.#toggle], ['againBtn', this.#toggle], ['retryBtn', this.#toggle],
            ['unmuteBtn', () => this.#setMuted(false)]]) {
            byId(id).addEventListener('click', () => {
                this.#stage.focus({preventScroll: true}); // the button goes away
                action();
            });
        }
        byId('muteBtn').addEventListener('click', () => this.#toggleSound());
        byId('volumeControl').addEventListener('input', (event) => this.#setVolume(Number(event.target.value)));
        // a frame may be kept from it; an iPhone has it for the video alone
        byId('fullScreenBtn').hidden = !document.fullscreenEnabled
            && !globalThis.HTMLVideoElement?.prototype.webkitEnterFullscreen;
        byId('fullScreenBtn').addEventListener('click', () => this.#fullScreen());
        byId('pipBtn').hidden = !document.pictureInPictureEnabled;
        byId('pipBtn').addEventListener('click', () => this.#pictureInPicture());
        byId('keysBtn').addEventListener('click', () => this.#showKeys());
        byId('keysCloseBtn').addEventListener('click', () => byId('keys').close());
        this.#stage.addEventListener('dblclick', (event) => {
            if (!event.target.closest('button, input, dialog, #advice')) {
                this.#fullScreen();
            }
        });
        this.#stage.addEventListener('keydown', (event) => this.#onKey(event));
        for (const type of ['pointermove', 'pointerdown', 'focusin', 'keydown']) {
            this.#stage.addEventListener(type, () => this.#show());
        }
        this.#stage.addEventListener('pointerup', (event) => this.#onTap(event));
        this.#stage.addEventListener('pointerleave', (event) => {
            if (event.pointerType === 'mouse') { // a finger leaves whenever it is lifted
                this.#hideIn(QUIET_MS / 3);
            }
        });
        onMediaKeys({play: () => this.#view.isActive || this.#toggle(), stop: () => this.#view.isActive && this.#toggle()});
        this.#view.onState = () => this.#onState();
    }

    /** Whatever begins to play or ends is a reason to show them; those that a failure takes away give the focus back. */
    #onState() {
        this.#show();
        if (this.#view.state === 'failed' && document.activeElement?.closest('.controls')) {
            this.#stage.focus({preventScroll: true});
        }
    }

    #show() {
        if (this.#stage.dataset.quiet) {
            this.#shownMs = Date.now();
        }
        delete this.#stage.dataset.quiet;
        this.#hideIn(QUIET_MS);
    }

    #hideIn(ms) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
            if (this.#view.state === 'playing' && !byId('keys').open) {
                this.#stage.dataset.quiet = 'true';
            }
        }, ms);
    }

    /** A finger on the picture shows the controls, and another one hides them. */
    #onTap(event) {
        const isFresh = Date.now() - this.#shownMs < QUIET_MS / 6;
        if (event.pointerType === 'touch' && !isFresh && !event.target.closest('button, input, a, dialog')) {
            this.#hideIn(0);
        }
    }

    #setVolume(percent) {
        this.#volume = Math.min(100, Math.max(0, percent));
        memory.set('volume', String(this.#volume));
        this.#setMuted(this.#volume === 0);
    }

    #setMuted(isMuted) {
        if (!isMuted && this.#volume === 0) {
            this.#setVolume(USUAL_VOLUME);
            return;
        }
        this.#isMuted = isMuted;
        memory.set('muted', String(isMuted));
        this.#view.askForSound(false);
        this.#apply();
    }

    #apply() {
        this.#film.setVolume(this.#volume, this.#isMuted);
        this.#view.sound(this.#volume, this.#isMuted);
    }

    /** While the browser withholds the sound, whatever the user does about it means: on. */
    #toggleSound() {
        this.#setMuted(!this.#view.asksForSound && !this.#isMuted);
    }

    #fullScreen() {
        if (document.fullscreenElement) {
            document.exitFullscreen();
        } else if (this.#stage.requestFullscreen) {
            this.#stage.requestFullscreen().catch(() => {});
        } else {
            this.#film.fullScreen();
        }
    }

    #pictureInPicture() {
        if (document.pictureInPictureElement) {
            document.exitPictureInPicture();
        } else {
            byId('remoteVideo').querySelector('video')?.requestPictureInPicture?.().catch(() => {});
        }
    }

    #showKeys() {
        if (!byId('keys').open) {
            byId('keys').showModal();
        }
    }

    #onKey(event) {
        const isButton = event.target.closest('button, a, summary');
        if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open
                || event.key === ' ' && isButton) {
            return;
        }
        const isSlider = event.target.closest('input');
        const isAdvice = event.target.closest('#advice'); // there they scroll
        const action = {
            f: () => this.#fullScreen(), m: () => this.#toggleSound(), p: () => this.#pictureInPicture(),
            k: this.#toggle, '?': () => this.#showKeys(),
            ...(isAdvice ? {} : {' ': this.#toggle}),
            ...(isSlider || isAdvice ? {} : {
                arrowup: () => this.#setVolume(this.#volume + VOLUME_STEP),
                arrowdown: () => this.#setVolume(this.#volume - VOLUME_STEP)
            })
        }[event.key.toLowerCase()];
        if (action) {
            event.preventDefault();
            if (!event.repeat || event.key.startsWith('Arrow')) {
                action();
            }
        }
    }
}
