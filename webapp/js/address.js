/** Addresses: all of them are found from where this page came from, so that any port, proxy and folder will do. */

/** Where WCS's clients connect; for pages that are opened from a disk. */
const LOCAL_SOCKET = 'ws://localhost:8080';
const WEB_PORTS = Object.freeze({http: 8081, https: 8444});

/** The folder of this page, e.g. https://films.example.org/player/. */
export function folder(location) {
    return new URL('.', location.href);
}

/** The server's WebSocket on the page's own host, port and scheme, in the page's folder. */
export function defaultSocketUrl(location) {
    if (!/^https?:$/.test(location.protocol)) {
        return LOCAL_SOCKET;
    }
    return new URL('ws', folder(location)).href.replace(/^http/, 'ws');
}

const serverPorts = {};

/** @param {{http?: number, https?: number}=} ports as the server tells them (about.js) */
export function learnPorts(ports) {
    Object.assign(serverPorts, ports);
}

/** This very page over https. A port that is not the server's own is a proxy's, which has https at its usual one. */
export function secureUrl(location) {
    const ports = serverPorts;
    const isDirect = Number(location.port || 80) === ports.http && ports.https > 0;
    return 'https://' + location.hostname + (isDirect ? ':' + ports.https : '') + location.pathname + location.search;
}

/** True where browsers give out camera and microphone. */
export function isSecure(location) {
    return location.protocol === 'https:'
        || /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(location.hostname);
}

/** The http(s) address that shows a wss server's certificate, so that it can be accepted. */
export function certificateUrl(socketUrl) {
    return socketUrl.replace(/^ws/, 'http').replace(/[?#].*$/, '').replace(/\/ws$/, '/');
}

/** The pages of the server that a WebSocket address belongs to: beside it when that is a page's, else at WCS's ports. */
export function webUrl(socketUrl, location) {
    const socket = new URL(socketUrl);
    if (socket.hostname === location.hostname) {
        return folder(location).href;
    }
    const scheme = socket.protocol === 'wss:' ? 'https' : 'http';
    return socket.pathname.endsWith('/ws') ? new URL('.', socketUrl.replace(/^ws/, 'http')).href
        : scheme + '://' + socket.hostname + ':' + WEB_PORTS[scheme] + '/';
}

/** @returns {string} what is wrong with a WebSocket address, in a sentence; empty when nothing is */
export function socketUrlFault(url, pageProtocol) {
    let parsed;
    try {
        parsed = new URL(url);
    } catch {
        return 'This is no address. It looks like ws://host:8080 or wss://host:8443.';
    }
    if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
        return 'A server address begins with ws:// or wss://.';
    }
    if (pageProtocol === 'https:' && parsed.protocol === 'ws:') {
        return 'A page that came by https may only use wss://, usually on port 8443.';
    }
    return '';
}

/** The film that a bare file name may mean; empty when it is none. */
export function asFilm(streamName) {
    return /^[^:]+\.(mp4|m4v|m4a|mov|mkv|webm|3gp)$/i.test(streamName) ? 'vod://' + streamName.replace(/^\/+/, '') : '';
}

/** Letters that are written from right to left: Hebrew, Arabic, Syriac and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * What a person calls it: the file without its folders and scheme, or the stream's name. From right to left it is isolated
 * (Unicode, UAX 9), so that it stays in one piece within a sentence.
 */
export function titleOf(streamName) {
    const title = /:\/\//.test(streamName) ? streamName.replace(/\/+$/, '').split('/').at(-1) : streamName;
    return RIGHT_TO_LEFT.test(title) ? '\u2068' + title + '\u2069' : title;
}

/** The URL parameters of the player page, checked. */
export function playerParameters(search) {
    const given = new URLSearchParams(search);
    const flag = (name) => given.has(name) && !/^(false|0|no)$/i.test(given.get(name));
    const size = /^(\d{1,5})x(\d{1,5})$/i.exec(given.get('resolution') ?? '');
    const url = given.get('urlServer') ?? '';
    return {
        streamName: given.get('streamName') || '',
        urlServer: /^wss?:\/\//i.test(url) ? url : '',
        autoplay: flag('autoplay'),
        muted: flag('muted'),
        playWidth: size ? Number(size[1]) : 0,
        playHeight: size ? Number(size[2]) : 0,
        mediaProvider: given.get('mediaProvider') || given.get('mediaProviders') || ''
    };
}
