import {readFileSync} from 'node:fs';
import {FakeElement} from './fakes.mjs';

const read = (file) => readFileSync(new URL('../../../webapp/' + file, import.meta.url), 'utf8');

/** One of webapp's pages with stand-ins for its elements: exactly those that its HTML gives an id. */
export class Page {
    static #loads = 0;
    #html;
    #elements = new Map();

    constructor(file) {
        this.#html = read(file).replace(/<!-- part (\w+) -->/g, (_, name) => read('parts/' + name + '.html'));
    }

    element(id) {
        return this.#elements.get(id);
    }

    /** Loads the page anew: fresh elements, and its module runs again. */
    async open(module, search = '', href = 'http://films.example.org:8081/') {
        this.#elements.clear();
        for (const [opening, tag, id] of this.#html.matchAll(/<(\w+)[^>]*?\sid="(\w+)"[^>]*>/g)) {
            const element = new FakeElement(tag, id);
            element.value = /\svalue="([^"]*)"/.exec(opening)?.[1] ?? '';
            element.hidden = /\shidden[\s>]/.test(opening);
            this.#elements.set(id, element);
        }
        Object.assign(document, {getElementById: (id) => this.element(id), addEventListener: () => {},
            fields: () => this.#elements.values()});
        globalThis.location = new URL(search, href);
        globalThis.window = new EventTarget();
        await import('../../../webapp/js/' + module + '?' + Page.#loads++);
    }
}
