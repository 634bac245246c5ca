import {ports} from './address.js';
import {byId, clock, memory} from './elements.js';

const KEY = 'recordings';
const MOST = 200;

/**
 * The folder of recordings on the server that a WebSocket address belongs to: on this page's own origin when it is the
 * same host, else on that host's web port.
 */
export function recordsUrl(socketUrl, location) {
    const socket = new URL(socketUrl);
    if (socket.hostname === location.hostname) {
        return location.origin + '/client/records/';
    }
    const scheme = socket.protocol === 'wss:' ? 'https' : 'http';
    return scheme + '://' + socket.hostname + ':' + ports()[scheme] + '/client/records/';
}

/** 3 400 000 bytes as "3.4 MB". */
export function megabytes(bytes) {
    return bytes < 999_500 ? Math.round(bytes / 1000) + ' kB' : (bytes / 1_000_000).toFixed(1) + ' MB';
}

/** The player page, playing this recording by WebRTC. */
export function playerUrl(recordName, socketUrl) {
    return './?' + new URLSearchParams({streamName: 'vod://' + recordName, urlServer: socketUrl, autoplay: 'true'});
}

/** The recordings that this browser made, newest first; the files are the server's. */
export class Recordings {
    #list;

    constructor() {
        try {
            const kept = JSON.parse(memory.get(KEY) ?? '[]');
            this.#list = Array.isArray(kept) ? kept.filter((each) => typeof each?.file === 'string') : [];
        } catch {
            this.#list = [];
        }
        this.#show();
    }

    /** @param {{file: string, href: string, title: string, socketUrl: string, atMs: number, seconds: number}} made */
    add(made) {
        this.#list = [made, ...this.#list.filter((each) => each.file !== made.file)].slice(0, MOST);
        this.#changed();
        this.#look(made);
    }

    /** Asks the server which of them are there still and how large they are. */
    refresh() {
        return Promise.all(this.#list.map((each) => this.#look(each)));
    }

    async #look(recording) {
        let answer;
        try {
            answer = await fetch(recording.href, {method: 'HEAD'});
        } catch {
            return; // the server is away, or another one that does not tell: believe what was known
        }
        recording.isGone = answer.status === 404 || answer.status === 410;
        recording.bytes = Number(answer.headers.get('content-length')) || recording.bytes;
        this.#changed();
    }

    #changed() {
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
            download.download = recording.file;
            download.setAttribute('aria-label', 'Download ' + recording.title);
            acts.append(play, download);
        }
        const remove = element('button', '', 'Remove');
        remove.type = 'button';
        remove.title = 'Take it off this list; the file stays on the server';
        remove.setAttribute('aria-label', 'Remove ' + recording.title + ' from this list');
        remove.addEventListener('click', () => {
            this.#list = this.#list.filter((each) => each !== recording);
            this.#changed();
        });
        acts.append(remove);
        row.append(what, acts);
        return row;
    }
}

function element(tag, className, text = '') {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}
