import {pictureTrack, soundTrack} from './fmp4.js';
import {records} from './records.js';
import {SourceTrack} from './sourcetrack.js';

/** What WCS's SDK offers; the server looks at nothing in it. */
export const OFFER = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 'c=IN IP4 0.0.0.0', 't=0 0', 'm=video 0 RTP/AVP 112',
    'a=rtpmap:112 H264/90000', 'a=fmtp:112 packetization-mode=1; profile-level-id=420020', 'a=recvonly',
    'm=audio 0 RTP/AVP 108', 'a=rtpmap:108 mpeg4-generic/48000/1', 'a=recvonly', ''].join('\r\n');

/** More than this in hand is too far behind what is live: the rest is jumped over, up to a second before the end. */
const BEHIND_S = 8;
const FORGET_MS = 10_000;

/** Whether this browser can play by MSE. */
export function canPlayByMse() {
    return globalThis.MediaSource?.isTypeSupported?.('video/mp4; codecs="avc1.42E01E,mp4a.40.2"') ?? false;
}

/** Plays one stream that comes over a WebSocket of its own. */
export class MsePlayer {
    #url;
    #token;
    #fault;
    #video;
    #socket = null;
    #source = new MediaSource();
    #picture = null;
    #sound = null;
    #opened = false;
    #timer = null;

    /**
     * @param {string} url the session's
     * @param {function(): string} token by which the server knows the session
     * @param {function(MediaSource): HTMLVideoElement} show shows it
     * @param {function(string)} fault called when it cannot go on
     */
    constructor(url, token, show, fault) {
        this.#url = url;
        this.#token = token;
        this.#fault = fault;
        this.#source.addEventListener('sourceopen', () => this.#open());
        this.#video = show(this.#source);
    }

    /** The server is ready. @param {string} sdp says which media there are: those with a port */
    connect(sdp) {
        const has = (kind) => new RegExp('^m=' + kind + ' [1-9]', 'm').test(sdp);
        this.#picture = has('video') ? new SourceTrack(this.#fault) : null;
        this.#sound = has('audio') ? new SourceTrack(this.#fault) : null;
        this.#socket = new WebSocket(this.#url);
        this.#socket.binaryType = 'arraybuffer';
        this.#socket.onopen = () => this.#say('connectMediaTransport', [{authToken: this.#token()}]);
        this.#socket.onmessage = ({data}) => this.#onMessage(data);
        this.#timer = setInterval(() => this.#tidy(), FORGET_MS);
    }

    #say(message, data) {
        this.#socket.send(JSON.stringify({message, data}));
    }

    #onMessage(data) {
        if (typeof data !== 'string') {
            this.#take(data);
        } else if (JSON.parse(data).message === 'ping') {
            this.#say('pong', [null]); // it has all that came before
        }
    }

    #take(message) {
        for (const record of records(message)) {
            const track = record.isPicture ? this.#picture : this.#sound;
            if (record.isConfig) {
                track?.configure(record.bytes, record.isPicture ? pictureTrack : soundTrack);
            } else if (record.isPicture) {
                track?.picture(record);
            } else {
                track?.sound(record);
            }
        }
        this.#picture?.flush();
        this.#sound?.flush();
        this.#open();
        this.#catchUp();
    }

    #open() {
        const tracks = [this.#picture, this.#sound].filter(Boolean);
        if (this.#opened || this.#source.readyState !== 'open' || tracks.length === 0
                || !tracks.every((track) => track.isKnown)) {
            return;
        }
        this.#opened = true;
        try {
            tracks.forEach((track) => track.open(this.#source));
        } catch (error) {
            this.#fault(error.message);
        }
    }

    #catchUp() {
        const {buffered} = this.#video;
        if (buffered?.length > 0) {
            const end = buffered.end(buffered.length - 1);
            if (end - this.#video.currentTime > BEHIND_S) {
                this.#video.currentTime = end - 1;
            }
        }
    }

    #tidy() {
        this.#picture?.forget(this.#video.currentTime);
        this.#sound?.forget(this.#video.currentTime);
    }

    close() {
        clearInterval(this.#timer);
        if (this.#socket) {
            this.#socket.onopen = this.#socket.onmessage = null;
            this.#socket.close();
        }
        if (this.#source.readyState === 'open' && !this.#opened) {
            this.#source.endOfStream();
        }
    }
}
