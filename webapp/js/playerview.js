import {byId, showAdvice} from './elements.js';

/**
 * What the player page shows. Its states: idle, busy (connecting, starting), buffering, playing, stopping, failed.
 * The stopped page is idle again, with the reason in the info line.
 */
export class PlayerView {
    state = 'idle';

    /** Something is under way that Stop would end. */
    get isActive() {
        return this.state !== 'idle' && this.state !== 'failed';
    }

    busy(status, text) {
        this.#become('busy', status, '');
        this.#figures('0:00', '');
        this.wait(text);
    }

    /** Says under the spinner what is waited for. */
    wait(text) {
        byId('waitText').textContent = text;
    }

    buffering(status) {
        this.#become('buffering', status, '');
        this.wait('Waiting for the first picture');
    }

    playing() {
        this.#become('playing', byId('status').textContent, '');
    }

    stopping() {
        this.#become('stopping', byId('status').textContent, '');
        this.wait('Stopping');
        byId('playBtn').disabled = true;
    }

    stopped(status, info) {
        this.#become('idle', status, info);
        byId('picture').textContent = '';
    }

    failed(status, {title, advice}) {
        this.#become('failed', status || 'FAILED', title);
        byId('adviceTitle').textContent = title;
        showAdvice(byId('adviceText'), advice);
        byId('picture').textContent = '';
    }

    /** A remark while it plays. */
    remark(text) {
        byId('info').textContent = text;
    }

    askForSound(isNeeded) {
        byId('unmuteBtn').hidden = !isNeeded;
        if (isNeeded) {
            byId('muteBtn').setAttribute('aria-pressed', 'true');
        }
    }

    sound(volume, isMuted) {
        const slider = byId('volumeControl');
        slider.value = volume;
        slider.style.setProperty('--filled', volume + '%');
        byId('muteBtn').setAttribute('aria-pressed', String(isMuted));
    }

    /** The film's shape, so that the stage fits it (a portrait film is not shown between bars on a phone). */
    size(width, height) {
        if (width > 0 && height > 0) {
            byId('stage').style.aspectRatio = width + ' / ' + height;
        }
    }

    elapsed(text) {
        byId('elapsed').textContent = text;
    }

    picture(text) {
        byId('picture').textContent = text;
    }

    #figures(elapsed, picture) {
        this.elapsed(elapsed);
        this.picture(picture);
    }

    #become(state, status, info) {
        this.state = state;
        byId('stage').dataset.state = state;
        byId('status').textContent = status;
        byId('status').dataset.status = status;
        byId('info').textContent = info;
        byId('preloader').hidden = !['busy', 'buffering', 'stopping'].includes(state);
        byId('advice').hidden = state !== 'failed';
        if (state !== 'playing' && state !== 'buffering') {
            byId('unmuteBtn').hidden = true;
        }
        const button = byId('playBtn');
        button.disabled = false;
        button.textContent = this.isActive ? 'Stop' : 'Start';
        button.classList.toggle('is-stop', this.isActive);
        for (const input of [byId('streamName'), byId('url')]) {
            input.readOnly = this.isActive;
        }
    }
}
