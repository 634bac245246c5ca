import {CONNECTION_QUALITY, STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS, STREAM_STATUS_INFO} from './constants.js';
import {Display} from './display.js';
import {MediaAccessError, openDevices} from './devices.js';
import {Handlers} from './handlers.js';
import {newId} from './ids.js';
import {LocalMedia} from './localmedia.js';
import {MsePlayer, OFFER} from './mse.js';
import {limitBitrate, receiver, sender} from './peer.js';
import {playStream, playWish, publishStream, stopStream} from './requests.js';
import {digest, QualityMeter} from './stats.js';

const ANSWER_MS = 60_000; // a film in the cloud may have to be fetched first
const MEDIA_MS = 30_000;
const STOP_MS = 5_000;
const AVAILABLE_MS = 10_000;
const OVER = new Set([STREAM_STATUS.STOPPED, STREAM_STATUS.UNPUBLISHED, STREAM_STATUS.FAILED]);

/**
 * One stream, played or published once. Its life: NEW, PENDING, then PLAYING or PUBLISHING, at last STOPPED,
 * UNPUBLISHED or FAILED; or FAILED from anywhere, with the reason in `getInfo()`. Made by `session.createStream`.
 */
export class Stream {
    #session;
    #options;
    #forget;
    #id = newId();
    #status = STREAM_STATUS.NEW;
    #info = '';
    #reason = '';
    #recordName = null;
    #published = false;
    #asked = false;
    #stopping = false;
    #timer = null;
    #pc = null;
    #mse = null;
    #media = null;
    #handlers = new Handlers();
    #display;
    #resolution = {};
    #bandwidth = {};
    #meter = new QualityMeter();

    constructor(session, options, forget) {
        if (!options?.name?.trim?.()) {
            throw new TypeError('createStream needs {name}');
        }
        this.#session = session;
        this.#options = options;
        this.#forget = forget;
        this.#display = new Display(options.display, options.remoteVideo, options.useControls,
            (type) => this.onEvent(type, {}), options.keepLastPicture);
    }

    id() { return this.#id; }
    name() { return this.#options.name; }
    status() { return this.#status; }
    /** The reason or remark that came with the last status that had one. */
    getInfo() { return this.#info; }
    /** What is wrong and what to do about it, in the server's sentence; empty when it gave none. */
    getReason() { return this.#reason; }
    /** By what it is played: WebRTC or MSE. */
    mediaProvider() { return this.#options.mediaProvider || 'WebRTC'; }
    published() { return this.#published; }
    record() { return Boolean(this.#options.record); }
    /** The recording's file name, once the server said it; null before, and for streams without record:true. */
    getRecordInfo() { return this.#recordName; }
    videoResolution() { return {...this.#resolution}; }
    getRemoteBitrate() { return this.#bandwidth.remote ?? -1; }
    getNetworkBandwidth() { return this.#bandwidth.network ?? -1; }

    /** Sets the handler of a STREAM_STATUS (called with the stream) or of STREAM_EVENT ({type, payload}). */
    on(event, callback) {
        this.#handlers.set(event, callback);
        return this;
    }

    /** Asks the server for the stream and shows it, by WebRTC or by the option `mediaProvider`. */
    play() {
        this.#begin(false);
        const isSilent = this.#options.unmutePlayOnStart === false;
        this.#run(async () => {
            if (this.mediaProvider() === 'MSE') {
                this.#mse = new MsePlayer(this.#session.getServerUrl(), () => this.#session.authToken,
                    (source) => this.#display.showSource(source, isSilent),
                    (why) => this.#giveUp(STREAM_STATUS_INFO.MSE_FAILED + ': ' + why));
                this.#ask('playStream', playStream(this.#id, this.#options, OFFER));
                return;
            }
            this.#need(typeof RTCPeerConnection === 'function', STREAM_STATUS_INFO.NO_WEBRTC);
            this.#pc = receiver(this.#session.options.mediaOptions, playWish(this.#options), this.#options.stripCodecs,
                (media) => this.#display.show(media, isSilent));
            await this.#offer('playStream', (sdp) => playStream(this.#id, this.#options, sdp));
            if (isSilent) {
                this.onEvent(STREAM_EVENT_TYPE.UNMUTE_REQUIRED, {});
            }
        });
    }

    /** Opens camera and microphone and sends them to the server, which records them if the stream has record:true. */
    publish() {
        this.#begin(true);
        const {constraints, stripCodecs} = this.#options;
        this.#run(async () => {
            this.#need(typeof RTCPeerConnection === 'function', STREAM_STATUS_INFO.NO_WEBRTC);
            const stream = await openDevices(constraints);
            const media = new LocalMedia(stream, stream === constraints?.customStream);
            if (this.#isOver()) { // stopped while the browser was asking the user
                media.release();
                return;
            }
            this.#media = media;
            this.#display.show(stream, true);
            this.#pc = sender(this.#session.options.mediaOptions, stream, stripCodecs);
            await this.#offer('publishStream', (sdp) => publishStream(this.#id, this.#options, sdp, media));
            if (this.#pc) {
                await limitBitrate(this.#pc, constraints);
            }
        });
    }

    /** Ends it; the last word is the server's (for a recording: its name), or ours when none comes. */
    stop() {
        if (this.#isOver() || this.#stopping) {
            return;
        }
        if (this.#status === STREAM_STATUS.NEW) {
            this.#become(STREAM_STATUS.FAILED, {});
            return;
        }
        this.#stopping = true;
        const end = () => this.#become(this.#published ? STREAM_STATUS.UNPUBLISHED : STREAM_STATUS.STOPPED,
            {info: STREAM_STATUS_INFO.STOPPED_BY_USER});
        if (!this.#asked) {
            end(); // the server never heard of it
            return;
        }
        this.#sendStop();
        this.#closePeer();
        // A recording is finished on disk before the server answers: give that time.
        this.#arm(this.#published ? MEDIA_MS : STOP_MS, end);
    }

    /** Resolves with the stream when the server could play it now, rejects with it otherwise. */
    available() {
        const answer = this.#session.ask(this.#id, 'availableStream',
            {mediaSessionId: this.#id, name: this.name()}, AVAILABLE_MS);
        return answer.then(
            (good) => { this.#info = good.info || this.#info; return this; },
            (bad) => { this.#info = bad.info || this.#info; throw this; });
    }

    /** Asks for a picture; STREAM_EVENT snapshotCompleted brings it. */
    snapshot() { this.#session.socket.send('snapshot', {name: this.name(), mediaSessionId: this.#id}); }
    /** Sends data to those who play what this stream publishes; they get a STREAM_EVENT `data`. */
    sendData(payload) { this.#sendEvent(STREAM_EVENT_TYPE.DATA, payload); }

    setVolume(percent) { this.#display.volume = percent; }
    getVolume() { return this.#display.volume; }
    muteRemoteAudio() { this.#display.muted = true; }
    unmuteRemoteAudio() { this.#display.muted = false; }
    isRemoteAudioMuted() { return this.#display.muted; }
    fullScreen() { return this.#display.fullScreen(); }

    muteAudio() { this.#mute('audio', true, STREAM_EVENT_TYPE.AUDIO_MUTED); }
    unmuteAudio() { this.#mute('audio', false, STREAM_EVENT_TYPE.AUDIO_UNMUTED); }
    muteVideo() { this.#mute('video', true, STREAM_EVENT_TYPE.VIDEO_MUTED); }
    unmuteVideo() { this.#mute('video', false, STREAM_EVENT_TYPE.VIDEO_UNMUTED); }
    isAudioMuted() { return this.#media?.isMuted('audio') ?? true; }
    isVideoMuted() { return this.#media?.isMuted('video') ?? true; }

    /** The camera's and microphone's MediaStream while publishing, else null. */
    getLocalMedia() { return this.#media?.stream ?? null; }
    getRTCPeerConnection() { return this.#pc; }

    /**
     * The RTP figures: `{inboundStream: {video, audio}}` or `{outboundStream: {...}}`; empty when nothing runs.
     * @param {function(object)=} callback called as well as the promise is settled
     * @param {boolean=} isNative give the browser's own report instead
     */
    async getStats(callback, isNative = false) {
        const report = await this.#pc?.getStats();
        const result = isNative ? report : digest(report ?? new Map());
        callback?.(result);
        return result;
    }

    /* From here on: called by the session. */

    async onAnswer(sdp) {
        if (!(this.#pc || this.#mse) || this.#isOver()) {
            return;
        }
        this.#arm(this.#options.mediaTimeout || MEDIA_MS, () => this.#giveUp(STREAM_STATUS_INFO.NO_MEDIA));
        if (this.#mse) {
            this.#mse.connect(sdp);
            return;
        }
        try {
            await this.#pc.setRemoteDescription({type: 'answer', sdp});
        } catch (error) {
            this.#giveUp(STREAM_STATUS_INFO.ANSWER_REJECTED + ': ' + error.message);
        }
    }

    onStatus({status, info, reason, recordName}) {
        if (this.#isOver() || typeof status !== 'string') {
            return;
        }
        if (this.record() && recordName) {
            this.#recordName = recordName;
        }
        if (this.#stopping && !OVER.has(status)) {
            this.#sendStop(); // it began while we were leaving
            return;
        }
        this.#become(status, {info, reason});
    }

    onEvent(type, payload = {}) {
        if (!type || this.#isOver()) {
            return;
        }
        if (type === STREAM_EVENT_TYPE.RESIZE) {
            this.#resolution = {width: payload.streamerVideoWidth, height: payload.streamerVideoHeight};
            this.#handlers.fire(STREAM_STATUS.RESIZE, this);
        } else if (type === STREAM_EVENT_TYPE.NOT_ENOUGH_BANDWIDTH) {
            const [remote, network] = String(payload.info ?? '').split('/').map(Number);
            this.#bandwidth = {remote, network};
            this.#handlers.fire(STREAM_STATUS.NOT_ENOUGH_BANDWIDTH, this);
        }
        this.#handlers.fire(STREAM_EVENT, {type, payload});
    }

    /** The other end's view of the last second; compared with ours it tells how good the connection is. */
    async onVideoRate(theirBps) {
        if (!this.#pc || !this.#handlers.has(CONNECTION_QUALITY.UPDATE)) {
            return;
        }
        const isPublisher = this.#published;
        const seen = this.#meter.update(await this.#pc.getStats(), theirBps, isPublisher, performance.now());
        if (seen) {
            this.#handlers.fire(CONNECTION_QUALITY.UPDATE, seen.quality, seen.ownBps, theirBps);
        }
    }

    onSessionLost() {
        if (this.#stopping) {
            this.#become(this.#published ? STREAM_STATUS.UNPUBLISHED : STREAM_STATUS.STOPPED, {});
        } else if (!this.#isOver()) {
            this.#become(STREAM_STATUS.FAILED, {info: STREAM_STATUS_INFO.CONNECTION_LOST});
        }
    }

    #begin(published) {
        if (this.#status !== STREAM_STATUS.NEW) {
            throw new Error('A stream plays or publishes once; make a new one (this one is ' + this.#status + ')');
        }
        this.#published = published;
        this.#status = STREAM_STATUS.PENDING;
        queueMicrotask(() => {
            if (this.#status === STREAM_STATUS.PENDING) {
                this.#handlers.fire(STREAM_STATUS.PENDING, this);
            }
        });
    }

    /** Runs the opening; what goes wrong in it is the stream's failure. */
    async #run(opening) {
        try {
            await opening();
        } catch (error) {
            if (!this.#isOver()) {
                const isOurs = error instanceof MediaAccessError || error instanceof Refusal;
                this.#become(STREAM_STATUS.FAILED, {info: isOurs ? error.message : 'Local error: ' + error.message});
            }
        }
    }

    #need(condition, info) {
        if (!condition) {
            throw new Refusal(info);
        }
    }

    async #offer(message, body) {
        const pc = this.#pc;
        pc.onconnectionstatechange = () => {
            if (pc === this.#pc && pc.connectionState === 'failed') {
                this.#giveUp(STREAM_STATUS_INFO.FAILED_BY_ICE_ERROR);
            }
        };
        const offer = await pc.createOffer();
        await pc.setLocalDescription(offer);
        if (this.#isOver() || this.#stopping) {
            return;
        }
        this.#ask(message, body(offer.sdp));
    }

    #ask(message, body) {
        this.#arm(this.#options.answerTimeout || ANSWER_MS, () => this.#giveUp(STREAM_STATUS_INFO.NO_ANSWER));
        this.#asked = this.#session.socket.send(message, body);
        this.#need(this.#asked, STREAM_STATUS_INFO.CONNECTION_LOST);
    }

    /** Fails here and tells the server that we are gone. */
    #giveUp(info) {
        if (!this.#isOver() && !this.#stopping) {
            this.#sendStop();
            this.#become(STREAM_STATUS.FAILED, {info});
        }
    }

    #become(status, {info, reason}) {
        this.#status = status;
        this.#info = info || this.#info;
        this.#reason = typeof reason === 'string' ? reason : '';
        if (status !== STREAM_STATUS.PENDING) {
            clearTimeout(this.#timer);
        }
        if (OVER.has(status)) {
            this.#closePeer();
            this.#forget();
        }
        this.#handlers.fire(status, this);
    }

    #closePeer() {
        if (this.#pc) {
            this.#pc.ontrack = this.#pc.onconnectionstatechange = null;
            this.#pc.close();
            this.#pc = null;
        }
        this.#mse?.close();
        this.#mse = null;
        this.#display.clear();
        this.#media?.release();
        this.#media = null;
    }

    #sendStop() {
        this.#session.socket.send(this.#published ? 'unPublishStream' : 'stopStream',
            stopStream(this.#id, this.#options, this.#published, this.#status));
    }

    #sendEvent(type, payload) {
        this.#session.socket.send('sendStreamEvent', {mediaSessionId: this.#id, type, payload});
    }

    #mute(kind, isMuted, event) {
        if (this.#media?.has(kind)) {
            this.#media.mute(kind, isMuted);
            this.#sendEvent(event, {streamName: this.name()});
        }
    }

    #isOver() {
        return OVER.has(this.#status);
    }

    #arm(afterMs, then) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(then, afterMs);
    }
}

/** A failure whose message is already the info for the page. */
class Refusal extends Error {
}
