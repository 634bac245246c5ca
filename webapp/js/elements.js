/** Small helpers for building pages without markup in strings. */
import {copyButton} from './copyable.js';

export function byId(id) {
    const element = document.getElementById(id);
    if (!element) {
        throw new Error('The page has no element #' + id);
    }
    return element;
}

/** Fills `target` with advice as explain.js gives it. */
export function showAdvice(target, advice) {
    target.replaceChildren(...advice.map((paragraph) => {
        const p = document.createElement('p');
        p.append(...paragraph.map(piece));
        return p;
    }));
}

function piece(part) {
    if (typeof part === 'string') {
        return part;
    }
    if (part.command) {
        const command = document.createElement('span');
        command.className = 'command';
        const code = piece({code: part.command});
        command.append(code, copyButton('command', () => part.command, () => code));
        return command;
    }
    if (part.button) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'small';
        button.textContent = part.button;
        button.addEventListener('click', part.action);
        return button;
    }
    const element = document.createElement(part.link ? 'a' : 'code');
    element.textContent = part.text ?? part.code;
    element.dir = 'auto';
    if (part.link) {
        element.href = part.link;
    }
    return element;
}

/** 75.4 s as "1:15", an hour and more as "1:00:15". */
export function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const two = (number) => String(number).padStart(2, '0');
    const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return h > 0 ? h + ':' + two(m) + ':' + two(s) : m + ':' + two(s);
}

/** 3 400 000 bytes as "3.4 MB". */
export function megabytes(bytes) {
    return bytes < 999_500 ? Math.round(bytes / 1000) + ' kB' : (bytes / 1_000_000).toFixed(1) + ' MB';
}

/** A value that this browser keeps for next time; private windows may refuse, which is no harm. */
export const memory = {
    get(key) {
        try {
            return localStorage.getItem('reelcast.' + key);
        } catch {
            return null;
        }
    },
    set(key, value) {
        try {
            localStorage.setItem('reelcast.' + key, value);
        } catch {
            // not kept, then
        }
    }
};
