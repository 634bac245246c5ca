/** Other servers of the same cluster: where a film goes on when its own server is gone. */
import {webUrl} from './address.js';

const ANSWER_MS = 1_500;
/** So many are asked at a time. */
const ASKED = 3;

export class Nodes {
    #location;
    /** Where each of the others says which server takes the next viewer. */
    #others = [];

    constructor(location) {
        this.#location = location;
    }

    get areKnown() {
        return this.#others.length > 0;
    }

    /** Asks the server which others there are, as long as it can be asked. @param {string} address its WebSocket */
    async learn(address) {
        try {
            const told = await ask(new URL('loadbalancer', webUrl(address, this.#location)));
            this.#others = told.nodes ?? [];
        } catch {
            // as far as it is known
        }
    }

    /** The WebSocket of the server that takes the next viewer, by whichever answers first; empty when none does. */
    async another() {
        const some = [...this.#others].sort(() => Math.random() - 0.5).slice(0, ASKED);
        try {
            const {server, ws, wss} = await Promise.any(some.map(ask));
            const [scheme, port] = this.#location.protocol === 'https:' ? ['wss', wss] : ['ws', ws];
            return Number(port) > 0 ? scheme + '://' + (server.includes(':') ? '[' + server + ']' : server) + ':' + port : '';
        } catch {
            return '';
        }
    }
}

async function ask(url) {
    const answer = await fetch(url, {signal: AbortSignal.timeout(ANSWER_MS)});
    if (!answer.ok) {
        throw new Error('No server takes viewers');
    }
    return answer.json();
}
