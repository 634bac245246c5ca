/**
 * Opens the WebSocket of a page that starts at once, while its other scripts are still coming: one round trip less before
 * the first picture (connection.js takes it). Small, and waits for nothing.
 */
import {defaultSocketUrl, playerParameters} from './address.js';

const {autoplay, urlServer} = playerParameters(location.search);
if (autoplay && location.protocol.startsWith('http')) {
    try {
        globalThis.reelcastEarly = new WebSocket(urlServer || defaultSocketUrl(location));
    } catch {
        // the page says what is wrong with the address
    }
}
