import {byId, showAdvice} from './elements.js';

const WAITING = new Set(['busy', 'buffering', 'stopping']);

/**
 * What both pages show: the stage with its spinner and advice, the status line, the main button. States: idle, busy
 * (connecting, starting), buffering, playing, stopping, failed. A stopped page is idle again, with the reason in the
 * info line.
 */
export class StageView {
    state = 'idle';
    #button;
    #labels;
    #inputs;

    /**
     * @param {string} buttonId the main button
     * @param {[string, string]} labels what it says when idle and when active
     * @param {string[]} inputIds fields that keep their values while something is under way
     */
    constructor(buttonId, labels, inputIds) {
        this.#button = byId(buttonId);
        this.#labels = labels;
        this.#inputs = inputIds.map(byId);
    }

    /** Something is under way that Stop would end. */
    get isActive() {
        return this.state !== 'idle' && this.state !== 'failed';
    }

    busy(status, text) {
        this.become('busy', status, '');
        this.wait(text);
    }

    /** Says under the spinner what is waited for. */
    wait(text) {
        byId('waitText').textContent = text;
    }

    playing(status = byId('status').textContent) {
        this.become('playing', status, '');
    }

    stopping(text = 'Stopping') {
        this.become('stopping', byId('status').textContent, '');
        this.wait(text);
    }

    stopped(status, info) {
        this.become('idle', status, info);
    }

    failed(status, {title, advice}) {
        this.become('failed', status || 'FAILED', title);
        byId('adviceTitle').textContent = title;
        showAdvice(byId('adviceText'), advice);
    }

    /** A remark while it plays. */
    remark(text) {
        byId('info').textContent = text;
    }

    elapsed(text) {
        byId('elapsed').textContent = text;
    }

    become(state, status, info) {
        this.state = state;
        byId('stage').dataset.state = state;
        byId('status').textContent = status;
        byId('status').dataset.status = status;
        byId('info').textContent = info;
        byId('preloader').hidden = !WAITING.has(state);
        byId('advice').hidden = state !== 'failed';
        this.#button.textContent = this.#labels[this.isActive ? 1 : 0];
        this.#button.classList.toggle('is-stop', this.isActive);
        // not `disabled`: that would take the keyboard's focus away
        this.#button.setAttribute('aria-disabled', String(state === 'stopping'));
        for (const input of this.#inputs) {
            input[input.tagName === 'SELECT' ? 'disabled' : 'readOnly'] = this.isActive;
        }
    }
}
