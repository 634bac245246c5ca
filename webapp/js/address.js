/** Addresses: where the server's sockets and secure pages are, seen from where this page came from. */

const PORTS = Object.freeze({ws: 8080, wss: 8443, http: 8081, https: 8444});

/** The server's ports; a page may set `SERVER_PORTS` to others before it loads its modules. */
export function ports() {
    return {...PORTS, ...globalThis.SERVER_PORTS};
}

/** ws://HOST:8080 for an http page, wss://HOST:8443 for an https page. */
export function defaultSocketUrl(location) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    return scheme + '://' + (location.hostname || 'localhost') + ':' + ports()[scheme];
}

/** This very page over https. */
export function secureUrl(location) {
    const host = location.hostname + ':' + ports().https;
    return 'https://' + host + location.pathname + location.search;
}

/** True where browsers give out camera and microphone. */
export function isSecure(location) {
    return location.protocol === 'https:'
        || /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/.test(location.hostname);
}

/** The http(s) address that shows a wss server's certificate, so that it can be accepted. */
export function certificateUrl(socketUrl) {
    return socketUrl.replace(/^ws/, 'http').replace(/[?#].*$/, '');
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
        return 'A WCS URL begins with ws:// or wss://.';
    }
    if (pageProtocol === 'https:' && parsed.protocol === 'ws:') {
        return 'A page that came by https may only use wss://, usually on port 8443.';
    }
    return '';
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
        playWidth: size ? Number(size[1]) : 0,
        playHeight: size ? Number(size[2]) : 0,
        mediaProvider: given.get('mediaProvider') || given.get('mediaProviders') || ''
    };
}
