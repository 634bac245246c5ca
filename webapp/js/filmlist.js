/** The films of the server's folder, to be chosen by a click; nothing where the server does not list them. */
import {byId, megabytes} from './elements.js';

const PAGE = 50;
const TYPING_MS = 200;
/** The server compares no more of a name. */
const MOST_LETTERS = 120;

export class FilmList {
    #location;
    #play;
    #folder = '';
    #shown = 0;
    #latest = 0;
    #timer = null;

    /** @param {function(string)} play called with a stream's name */
    constructor(location, play) {
        this.#location = location;
        this.#play = play;
        byId('filmsMore').addEventListener('click', () => this.#load(this.#shown, ([first]) => {
            if (byId('filmsMore').hidden) {
                focusOn(first);
            }
        }));
        byId('filmsSearch').addEventListener('input', () => {
            clearTimeout(this.#timer);
            this.#timer = setTimeout(() => this.#load(0), TYPING_MS);
        });
    }

    /** Lists the films, if the server does. */
    async show() {
        byId('films').hidden = !await this.#load(0);
    }

    /** Adds to the advice on the stage which films have nearly that name. */
    async suggest(streamName) {
        const scheme = /^vod-live:/i.test(streamName) ? 'vod-live://' : 'vod://';
        const found = await this.#ask({near: streamName.replace(/^vod(-live)?:\/\//i, '').slice(0, MOST_LETTERS)});
        if (found?.films.length > 0) {
            const p = document.createElement('p');
            p.append('Did you mean ');
            found.films.forEach(({name, uri}, i) => {
                const button = document.createElement('button');
                button.type = 'button';
                button.className = 'small';
                button.dir = 'auto';
                button.textContent = name;
                button.addEventListener('click', () => this.#play(scheme + uri.slice('vod://'.length)));
                p.append(i > 0 ? ' or ' : '', button);
            });
            p.append('?');
            byId('adviceText').append(p);
        }
    }

    async #ask(query) {
        try {
            const answer = await fetch(new URL('rest-api/vod/list?' + new URLSearchParams(query), this.#location.href));
            return answer.ok ? await answer.json() : null;
        } catch {
            return null;
        }
    }

    /**
     * @param {function(HTMLElement[])=} shown called with the rows that have come, when they are seen
     * @returns {Promise<boolean>} whether the server told
     */
    async #load(offset, shown) {
        const mine = ++this.#latest;
        const search = byId('filmsSearch').value.trim();
        const found = await this.#ask({folder: this.#folder, search, offset, limit: PAGE});
        if (!found || mine !== this.#latest) {
            return Boolean(found);
        }
        const rows = [...(offset === 0 ? found.folders.map((name) => this.#folderRow(name)) : []),
            ...found.films.map((film) => this.#filmRow(film))];
        if (offset === 0) {
            byId('filmsList').replaceChildren(...rows);
            this.#showPath();
        } else {
            byId('filmsList').append(...rows);
        }
        this.#shown = offset + found.films.length;
        byId('filmsMore').hidden = this.#shown >= found.total;
        byId('filmsCount').textContent = search && found.total === 0 ? 'No film has that in its name.'
            : found.total === 0 && found.folders.length === 0 ? 'No films yet. Put MP4, MOV, MKV or WebM files in the folder of films.'
                : found.total + (found.total === 1 ? ' film' : ' films') + (found.complete ? '' : ' and more');
        shown?.(rows);
        return true;
    }

    #open(folder) {
        this.#folder = folder;
        byId('filmsSearch').value = '';
        this.#load(0, ([first]) => focusOn(folder ? byId('filmsPath') : first));
    }

    #showPath() {
        const parts = this.#folder.split('/').filter(Boolean);
        const path = parts.map((name, i) => this.#button(name, () => this.#open(parts.slice(0, i + 1).join('/'))));
        byId('filmsPath').hidden = parts.length === 0;
        byId('filmsPath').replaceChildren(this.#button('All films', () => this.#open('')),
            ...path.flatMap((button) => [' / ', button]));
    }

    #button(text, action) {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'link';
        button.dir = 'auto';
        button.textContent = text;
        button.addEventListener('click', action);
        return button;
    }

    #folderRow(name) {
        const row = document.createElement('li');
        const folder = (this.#folder ? this.#folder + '/' : '') + name;
        row.append(this.#button(name + '/', () => this.#open(folder)));
        return row;
    }

    #filmRow({name, uri, bytes}) {
        const row = document.createElement('li');
        const shown = this.#folder && name.startsWith(this.#folder + '/') ? name.slice(this.#folder.length + 1) : name;
        const facts = document.createElement('span');
        facts.className = 'rec-facts';
        facts.textContent = megabytes(bytes);
        row.append(this.#button(shown, () => this.#play(uri)), facts);
        return row;
    }
}

/** The button that was pressed is gone: the focus goes to the last one of what came in its place. */
function focusOn(place) {
    place?.querySelector('button:last-of-type').focus();
}
