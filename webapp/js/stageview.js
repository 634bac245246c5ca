import {byId, showAdvice} from './elements.js';

const WAITING = new Set(['busy', 'buffering', 'stopping']);
const OVER = new Set(['idle', 'over', 'failed']);

/**
 * What both pages show: the stage with its spinner and advice, the line in plain words, WCS's words under "Details", the
 * main button. States: idle, busy (connecting, starting), buffering, playing, interrupted (the last picture stays, and it
 * goes on by itself), stopping, over (the last picture stays), failed.
 */
export class StageView {
    state = 'idle';
    #buttons;
    #labels;
    #inputs;

    /**
     * @param {string[]} buttonIds what starts and stops
     * @param {[string, string]} labels what they say when idle and when active
     * @param {string[]} inputIds fields that keep their values while something is under way
     */
    constructor(buttonIds, labels, inputIds) {
        this.#buttons = buttonIds.map(byId);
        this.#labels = labels;
        this.#inputs = inputIds.map(byId);
        byId('late').hidden = true;
    }

    /** Something is under way that Stop would end. */
    get isActive() {
        return !OVER.has(this.state);
    }

    busy(status, text) {
        this.become('busy', status, '');
        this.wait(text);
    }

    /** Says what is waited for. */
    wait(text) {
        byId('waitText').textContent = text;
        this.say(text);
    }

    playing(status = byId('status').textContent, text = 'Playing') {
        this.become('playing', status, '');
        this.say(text);
    }

    stopping(text = 'Stopping') {
        this.become('stopping', byId('status').textContent, '');
        this.wait(text);
    }

    stopped(status, info) {
        this.become('idle', status, info);
        this.say('Stopped');
    }

    /** @param {{title: string, info: string, advice: Array}} explanation */
    failed(status, {title, info, advice}) {
        this.become('failed', status || 'FAILED', info ?? title);
        this.say(title);
        byId('adviceTitle').textContent = title;
        showAdvice(byId('adviceText'), advice);
    }

    /** A remark while it goes on. */
    remark(text) {
        byId('info').textContent = text;
        byId('remark').textContent = text;
    }

    /** In plain words what goes on, for the eye and for screen readers. */
    say(text) {
        byId('say').textContent = text;
    }

    elapsed(text) {
        byId('elapsed').textContent = text;
    }

    become(state, status, info) {
        this.state = state;
        byId('stage').dataset.state = state;
        byId('say').dataset.state = state;
        byId('status').textContent = status;
        byId('info').textContent = info;
        byId('remark').textContent = '';
        byId('preloader').hidden = !WAITING.has(state);
        byId('advice').hidden = state !== 'failed';
        for (const button of this.#buttons) {
            button.textContent = this.#labels[this.isActive ? 1 : 0];
            button.classList.toggle('is-stop', this.isActive);
            // not `disabled`: that would take the keyboard's focus away
            button.setAttribute('aria-disabled', String(state === 'stopping'));
        }
        for (const input of this.#inputs) {
            lock(input, this.isActive);
        }
    }
}

function lock(input, isLocked) {
    if (input.tagName === 'BUTTON') {
        input.setAttribute('aria-disabled', String(isLocked));
    } else {
        input[input.tagName === 'SELECT' ? 'disabled' : 'readOnly'] = isLocked;
    }
}
