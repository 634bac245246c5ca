import {webUrl} from './address.js';
import {byId, clock, megabytes, memory} from './elements.js';

const KEY = 'recordings';
const MOST = 200;

/** The folder of recordings on the server that a WebSocket address belongs to. */
export function recordsUrl(socketUrl, location) {
    return new URL('client/records/', webUrl(socketUrl, location)).href;
}

/** The player page, playing this recording by WebRTC. */
export function playerUrl(recordName, socketUrl) {
    return './?' + new URLSearchParams({streamName: 'vod://' + recordName, urlServer: socketUrl, autoplay: 'true'});
}

/** What a recording is called where it is downloaded to. */
export function downloadName(title) {
    return title.replace(/\.mp4$/i, '') + '.mp4';
}

/** The recordings that this browser made, in all its tabs, newest first; the files are the server's. */
export class Recordings {
    #list = [];

    constructor() {
        this.#list = this.#kept();
        this.#show();
        window.addEventListener('storage', () => {
            this.#list = this.#kept();
            this.#show();
        });
    }

    /** As another tab may have left them; what is known here where the browser keeps nothing. */
    #kept() {
        try {
            const kept = JSON.parse(memory.get(KEY) ?? 'null');
            return Array.isArray(kept) ? kept.filter((each) => typeof each?.file === 'string') : this.#list;
        } catch {
            return [];
        }
    }

    /** @param {{file: string, href: string, title: string, socketUrl: string, atMs: number, seconds: number}} made */
    add(made) {
        this.#change((list) => [made, ...list.filter((each) => each.href !== made.href)].slice(0, MOST));
        this.#look(made);
    }

    /** Asks the server which of them are there still and how large they are. */
    refresh() {
        return Promise.all(this.#list.map((each) => this.#look(each)));
    }

    async #look({href}) {
        let answer;
        try {
            answer = await fetch(href, {method: 'HEAD'});
        } catch {
            return; // the server is away, or another one that does not tell: believe what was known
        }
        const isGone = answer.status === 404 || answer.status === 410;
        const bytes = Number(answer.headers.get('content-length'));
        this.#change((list) => list.map((each) => (
            each.href === href ? {...each, isGone, bytes: bytes || each.bytes} : each)));
    }

    #change(change) {
        this.#list = change(this.#kept());
        memory.set(KEY, JSON.stringify(this.#list));
        this.#show();
    }

    #show() {
        byId('noRecordings').hidden = this.#list.length > 0;
        byId('recordings').hidden = this.#list.length === 0;
        byId('recordings').replaceChildren(...this.#list.map((each) => this.#row(each)));
    }

    #row(recording) {
        const row = document.createElement('li');
        const what = element('div', 'rec-what');
        const facts = [
            new Date(recording.atMs).toLocaleString([], {dateStyle: 'medium', timeStyle: 'short'}),
            clock(recording.seconds), recording.bytes ? megabytes(recording.bytes) : '',
            recording.isGone ? 'no longer on the server' : ''];
        what.append(element('span', 'rec-name', recording.title),
            element('span', 'rec-facts', facts.filter(Boolean).join('  ·  ')));
        const acts = element('div', 'rec-acts');
        if (!recording.isGone) {
            const play = element('a', '', 'Play');
            play.href = playerUrl(recording.file, recording.socketUrl);
            play.setAttribute('aria-label', 'Play ' + recording.title);
            const download = element('a', '', 'Download');
            download.href = recording.href;
            download.download = downloadName(recording.title);
            download.setAttribute('aria-label', 'Download ' + recording.title);
            acts.append(play, download);
        }
        const remove = element('button', '', 'Remove from list');
        remove.type = 'button';
        remove.title = 'The file stays on the server';
        remove.setAttribute('aria-label', 'Remove from list: ' + recording.title);
        remove.addEventListener('click', () => {
            this.#change((list) => list.filter((each) => each.href !== recording.href));
        });
        acts.append(remove);
        row.append(what, acts);
        return row;
    }
}

function element(tag, className, text = '') {
    const made = document.createElement(tag);
    made.className = className;
    made.dir = 'auto';
    made.textContent = text;
    return made;
}
