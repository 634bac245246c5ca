import {byId, clock} from './elements.js';
import {nowPlaying} from './nowplaying.js';
import {StageView} from './stageview.js';

/** What the player shows on its stage: the picture's shape, sound, figures, how it ended. */
export class PlayerView extends StageView {
    /** Called with WCS's words when a stream failed. */
    onFailure = () => {};
    /** Called when the state has changed. */
    onState = () => {};
    /** The browser withholds the sound until a click. */
    #isSoundWithheld = false;
    #isMuted = false;

    /**
     * @param {string[]} buttonIds of the page, beside the one on the stage
     * @param {string[]} inputIds fields of the page that keep their values while a film plays
     */
    constructor(buttonIds, inputIds) {
        super(['stageBtn', ...buttonIds], ['Start', 'Stop'], inputIds);
    }

    failed(status, explanation) {
        super.failed(status, explanation);
        this.onFailure(explanation.info);
    }

    busy(status, text) {
        super.busy(status, text);
        this.elapsed(0);
    }

    buffering(status) {
        this.become('buffering', status, '');
        this.wait('Waiting for the first picture');
    }

    /** @param {HTMLVideoElement} video what plays, under its title */
    playing(status, title, video) {
        super.playing(status, 'Playing ' + title);
        video.setAttribute('aria-label', title);
        nowPlaying(title);
    }

    /** The last picture stays, with what is the matter on it. */
    interrupted(status, text) {
        this.become('interrupted', status, '');
        byId('noteText').textContent = text;
        this.say(text);
    }

    over(status, info, text) {
        this.become('over', status, info);
        byId('overText').textContent = text;
        this.say(text);
    }

    /** The name was meant otherwise than it was typed. */
    named(name) {
        const field = document.getElementById('streamName');
        if (field) {
            field.value = name;
        }
    }

    become(state, status, info) {
        super.become(state, status, info);
        byId('over').hidden = state !== 'over';
        byId('note').hidden = state !== 'interrupted';
        if (!this.#isSeen) {
            byId('picture').textContent = '';
        }
        if (!this.isActive) {
            nowPlaying('');
        }
        this.#showSound();
        this.onState();
    }

    get #isSeen() {
        return this.state === 'playing' || this.state === 'buffering';
    }

    get asksForSound() {
        return this.#isSoundWithheld;
    }

    askForSound(isNeeded) {
        this.#isSoundWithheld = isNeeded;
        this.#showSound();
    }

    sound(volume, isMuted) {
        const slider = byId('volumeControl');
        slider.value = volume;
        slider.style.setProperty('--filled', volume + '%');
        this.#isMuted = isMuted;
        this.#showSound();
    }

    #showSound() {
        byId('unmuteBtn').hidden = !(this.#isSoundWithheld && this.#isSeen);
        byId('muteBtn').setAttribute('aria-pressed', String(this.#isMuted || this.#isSoundWithheld));
    }

    /** The film's shape, so that the stage fits it. */
    size(width, height) {
        if (width > 0 && height > 0) {
            byId('stage').style.setProperty('--shape', width + ' / ' + height);
            byId('stage').style.setProperty('--ratio', String(width / height));
        }
    }

    picture(text) {
        byId('picture').textContent = text;
    }

    elapsed(seconds) {
        super.elapsed(clock(seconds));
    }
}
