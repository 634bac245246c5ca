/** Where HLS and DASH of a stream are, on this page's own port. A bare file name is a film's here. */
import {asFilm} from './address.js';

const FOLDER = 'hls/';

/** Each part of a path for itself, as names may hold anything. */
function encodedPath(path) {
    return path.split('/').map(encodeURIComponent).join('/');
}

/** S3 addresses have slashes of their own, which are part of the name. */
function encodedLocation(location) {
    const address = /^s3\/(https?:\/\/.*)$/.exec(location);
    return address ? 's3/' + encodeURIComponent(address[1]) : encodedPath(location);
}

/** The film behind a name; empty for the name of a stream. */
export function filmLocation(streamName) {
    return /^vod(?:-live)?:\/\/(.+)$/.exec(asFilm(streamName) || streamName)?.[1] ?? '';
}

/** The page to play a stream's name by: a personal film is played whole, with a seek bar. */
export function playlist(base, streamName) {
    return filmLocation(streamName) && !/^vod-live:/.test(streamName) ? wholeFilm(base, filmLocation(streamName))
        : lowLatency(base, streamName);
}

export function wholeFilm(base, location) {
    return new URL(FOLDER + 'vod/' + encodedLocation(location) + '/index.m3u8', base).href;
}

export function dash(base, location) {
    return new URL(FOLDER + 'vod/' + encodedLocation(location) + '/manifest.mpd', base).href;
}

export function lowLatency(base, streamName) {
    return new URL(FOLDER + encodeURIComponent(streamName) + '/index.m3u8', base).href;
}

/** As WCS has it. */
export function plain(base, streamName) {
    const name = encodeURIComponent(streamName);
    return new URL(FOLDER + name + '/' + name + '.m3u8', base).href;
}

/** What there is to share of a stream: a name and an address each. */
export function addresses(base, streamName) {
    const location = filmLocation(streamName);
    const broadcast = location ? 'vod-live://' + location : streamName;
    const live = [
        ['Live, low latency', lowLatency(base, broadcast)],
        ['Live, as WCS has it', plain(base, broadcast)]
    ];
    return location ? [['Whole film, HLS', wholeFilm(base, location)], ['Whole film, DASH', dash(base, location)],
        ...live] : live;
}
