import {STREAM_STATUS_INFO} from './constants.js';

const VIDEO = {width: {ideal: 1280}, height: {ideal: 720}, frameRate: {ideal: 30, max: 60}};
const AUDIO = {echoCancellation: true, noiseSuppression: true, autoGainControl: true};

/** Why camera and microphone cannot be had; `message` is a STREAM_STATUS_INFO. */
export class MediaAccessError extends Error {
    constructor(info, cause) {
        super(info, {cause});
        this.name = 'MediaAccessError';
    }
}

/**
 * Opens camera and microphone.
 * @param constraints as of getUserMedia; true stands for good defaults; a `customStream` in it is used as it is
 * @returns {Promise<MediaStream>}
 * @throws {MediaAccessError}
 */
export async function openDevices(constraints = {audio: true, video: true}) {
    if (constraints.customStream) {
        return constraints.customStream;
    }
    if (!globalThis.navigator?.mediaDevices?.getUserMedia) {
        throw new MediaAccessError(STREAM_STATUS_INFO.INSECURE_ORIGIN);
    }
    try {
        return await navigator.mediaDevices.getUserMedia({
            audio: constraints.audio === true ? AUDIO : cleaned(constraints.audio),
            video: constraints.video === true ? VIDEO : cleaned(constraints.video)
        });
    } catch (error) {
        throw new MediaAccessError(reason(error), error);
    }
}

/** Sender limits and codec wishes travel in the same object in this API; the browser need not see them. */
function cleaned(wishes) {
    if (typeof wishes !== 'object' || wishes === null) {
        return Boolean(wishes);
    }
    const {minBitrate, maxBitrate, bitrate, quality, stereo, fec, ...rest} = wishes;
    return rest;
}

function reason(error) {
    switch (error?.name) {
        case 'NotAllowedError':
        case 'SecurityError':
            return STREAM_STATUS_INFO.MEDIA_ACCESS_DENIED;
        case 'NotFoundError':
        case 'OverconstrainedError':
            return STREAM_STATUS_INFO.MEDIA_DEVICE_NOT_FOUND;
        case 'NotReadableError':
        case 'AbortError':
            return STREAM_STATUS_INFO.MEDIA_DEVICE_BUSY;
        default:
            return STREAM_STATUS_INFO.MEDIA_ACCESS_FAILED;
    }
}

/** The devices by kind: `{audio: [{id, label, type}], video: [...]}`; labels are empty before access was given. */
export async function listDevices(kind = 'input') {
    const found = {audio: [], video: []};
    const types = {audioinput: ['audio', 'mic'], videoinput: ['video', 'camera'], audiooutput: ['audio', 'speaker']};
    for (const device of await navigator.mediaDevices.enumerateDevices()) {
        const isOutput = device.kind === 'audiooutput';
        if (types[device.kind] && (kind === 'all' || isOutput === (kind === 'output'))) {
            const [list, type] = types[device.kind];
            found[list].push({id: device.deviceId, label: device.label, type});
        }
    }
    return found;
}
