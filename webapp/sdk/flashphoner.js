import {constants} from './constants.js';
import {Display} from './display.js';
import {canPlayByMse} from './mse.js';
import {listDevices, openDevices} from './devices.js';
import {Session} from './session.js';

const sessions = new Map();
const previews = new Map();

/** Checks that this browser can play. @throws {Error} when it knows neither WebRTC nor MSE */
export function init() {
    if (getMediaProviders().length === 0) {
        throw new Error(constants.STREAM_STATUS_INFO.NO_WEBRTC);
    }
}

/** The ways to play that this browser has, the best first. */
export function getMediaProviders() {
    return [typeof globalThis.RTCPeerConnection === 'function' ? 'WebRTC' : '', canPlayByMse() ? 'MSE' : '']
        .filter(Boolean);
}

/** Opens a session: `createSession({urlServer: 'wss://host:8443'}).on(SESSION_STATUS.ESTABLISHED, ...)`. */
export function createSession(options) {
    const session = new Session(options, () => sessions.delete(session.id()));
    sessions.set(session.id(), session);
    return session;
}

/** The sessions that are not over. */
export function getSessions() {
    return [...sessions.values()];
}

export function getSession(id) {
    return sessions.get(id);
}

/** Opens camera and microphone and shows them in `display`, for a look before publishing. */
export async function getMediaAccess(constraints, display) {
    releaseLocalMedia(display);
    const media = await openDevices(constraints);
    const preview = new Display(display, null, false, () => {});
    preview.show(media, true);
    previews.set(display, {preview, media});
    return display;
}

/** Closes what `getMediaAccess` opened; true when there was something. */
export function releaseLocalMedia(display) {
    const found = previews.get(display);
    if (found) {
        found.media.getTracks().forEach((track) => track.stop());
        found.preview.clear();
        previews.delete(display);
    }
    return Boolean(found);
}

export function getMediaDevices(_provider, _labels, kind) {
    return listDevices(kind);
}

/** Not needed with this SDK, which starts a video inside the user's click; here for pages that call it. */
export function playFirstVideo() {
    return Promise.resolve();
}

export {constants};
