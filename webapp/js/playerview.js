import {byId} from './elements.js';
import {StageView} from './stageview.js';

/** What the player page shows beside the stage: sound, figures, the film's shape. */
export class PlayerView extends StageView {
    constructor() {
        super('playBtn', ['Start', 'Stop'], ['streamName', 'url']);
    }

    busy(status, text) {
        super.busy(status, text);
        this.elapsed('0:00');
    }

    buffering(status) {
        this.become('buffering', status, '');
        this.wait('Waiting for the first picture');
    }

    become(state, status, info) {
        super.become(state, status, info);
        if (state !== 'playing' && state !== 'buffering') {
            byId('unmuteBtn').hidden = true;
            byId('picture').textContent = '';
        }
    }

    get asksForSound() {
        return !byId('unmuteBtn').hidden;
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

    /** The film's shape, so that the stage fits it. */
    size(width, height) {
        if (width > 0 && height > 0) {
            byId('stage').style.setProperty('--shape', width + ' / ' + height);
        }
    }

    picture(text) {
        byId('picture').textContent = text;
    }
}
