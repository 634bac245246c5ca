/** Plays one stream at a time, by the best way there is, and goes on by itself after an interruption. */
import Flashphoner, {STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS, STREAM_STATUS_INFO} from '../sdk/index.js';
import {asFilm, titleOf} from './address.js';
import {Connection} from './connection.js';
import {explainNoWebRtc, explainSession, explainStream, interruption} from './explain.js';
import {watch} from './lifesign.js';
import {Nodes} from './nodes.js';
import {pauseMs} from './pauses.js';
import {Timers} from './timers.js';

/** Media do not get through as WebRTC sends them, or this browser does not take them so (Firefox without its plug-in). */
const BLOCKED = /^(Failed by (ICE|RTP|DTLS)|No media connection|No common codecs)/;
/** By then WebRTC has a connection, or gets none; MSE needs no other than the one there is. */
const WEBRTC_MS = 6_000;
const NO_PICTURE_MS = 10_000;
const SLOW_START_MS = 5_000;
const CLOUD_ANSWER_MS = 600_000;
const ANSWER_MS = 60_000;
const RECONNECT_MS = 4_000;
const FIGURES_MS = 1_000;
const CLOCK_MS = 250;
/** The server says again every ten seconds that the network is too slow, as long as it is. */
const SLOW_NETWORK_MS = 15_000;

export class Film {
    #view;
    #display;
    #parameters;
    #location;
    #connection = new Connection();
    #timers = new Timers();
    #nodes;
    #stream = null;
    /** The stream whose pictures are seen. */
    #shown = null;
    #name = '';
    #address = '';
    #provider = '';
    /** Second of the film that was seen last. */
    #played = 0;
    #hadPicture = false;
    /** In a sentence, how it came to play as it does. */
    #circumstance = '';
    #attempts = 0;
    #waiting = false;
    #slowNetworkRemarks = 0;
    #volume = 100;
    #muted = false;

    /**
     * @param {PlayerView} view shows what goes on
     * @param {HTMLElement} display where the picture goes
     * @param {object} parameters of the page's address
     */
    constructor(view, display, parameters, location) {
        this.#view = view;
        this.#display = display;
        this.#parameters = parameters;
        this.#location = location;
        this.#nodes = new Nodes(location);
        globalThis.addEventListener?.('online', () => this.#again());
    }

    /** The stream that plays or is about to; the name may have become a film's. */
    get name() {
        return this.#name;
    }

    /** @param {string} address the server's WebSocket */
    start(name, address) {
        this.#name = name;
        this.#address = address;
        this.#provider = this.#providers()[0];
        this.#played = 0;
        this.#hadPicture = false;
        this.#circumstance = '';
        this.#attempts = 0;
        if (!this.#provider) {
            this.#view.failed('', explainNoWebRtc(this.#location));
            return;
        }
        this.#view.busy('CONNECTING', 'Connecting to ' + address);
        this.#connect();
    }

    stop() {
        this.#timers.clear();
        this.#waiting = false;
        if (this.#stream) {
            this.#view.stopping();
            this.#stream.stop();
        } else { // still connecting, or between two attempts
            this.#connection.close();
            this.#view.stopped(STREAM_STATUS.STOPPED, '');
        }
    }

    setVolume(percent, isMuted) {
        this.#volume = percent;
        this.#muted = isMuted;
        this.#stream?.setVolume(percent);
        if (isMuted) {
            this.#stream?.muteRemoteAudio();
        } else {
            this.#stream?.unmuteRemoteAudio();
        }
    }

    /** Full screen by the video itself, where the browser has no other. */
    fullScreen() {
        this.#stream?.fullScreen().catch(() => {});
    }

    /** The ways to play, the best first; the page's address may name one. */
    #providers() {
        const all = Flashphoner.getMediaProviders();
        const wished = this.#parameters.mediaProvider.split(',')[0];
        return all.includes(wished) ? [wished] : all;
    }

    #connect() {
        this.#connection.open(this.#address, (session) => this.#play(session),
            (session, wasEstablished) => this.#lost(session, wasEstablished),
            this.#hadPicture ? RECONNECT_MS : undefined);
    }

    #lost(session, wasEstablished) {
        if (this.#waiting || !this.#view.isActive) {
            return;
        }
        this.#stream = null;
        if (this.#hadPicture) {
            this.#interrupted('');
        } else {
            this.#timers.clear();
            this.#view.failed(session.status(),
                explainSession(session.getInfo(), this.#address, wasEstablished, this.#location));
        }
    }

    #play(session) {
        const from = /^vod:/i.test(this.#name) ? this.#played : 0;
        const another = this.#provider === 'WebRTC' && this.#providers().includes('MSE');
        const mine = session.createStream({
            name: this.#name,
            display: this.#display,
            keepLastPicture: true,
            playWidth: this.#parameters.playWidth,
            playHeight: this.#parameters.playHeight,
            mediaProvider: this.#provider,
            mediaTimeout: another ? WEBRTC_MS : undefined,
            custom: from > 0 ? {start: from} : undefined,
            answerTimeout: /:\/\/s3\//.test(this.#name) ? CLOUD_ANSWER_MS : ANSWER_MS
        });
        this.#stream = mine;
        this.#view.askForSound(false);
        if (!this.#hadPicture) {
            this.#view.busy(STREAM_STATUS.PENDING, 'Starting ' + titleOf(this.#name));
            this.#timers.after(SLOW_START_MS, () => this.#view.wait('The server is preparing the film'));
        }
        mine.on(STREAM_STATUS.PLAYING, () => this.#buffering(mine, from))
            .on(STREAM_STATUS.PLAYBACK_PROBLEM, () => this.#remark(mine))
            .on(STREAM_STATUS.STOPPED, () => this.#over(mine, () => this.#stopped(mine)))
            .on(STREAM_STATUS.FAILED, () => this.#over(mine, () => this.#failed(mine, session, another)))
            .on(STREAM_EVENT, ({type, payload}) => this.#onEvent(mine, type, payload));
        mine.setVolume(this.#volume);
        if (this.#muted) {
            mine.muteRemoteAudio();
        }
        mine.play();
    }

    /** The server plays; the spinner stays until there is something to see or hear. */
    #buffering(mine, from) {
        this.#timers.clear();
        if (!this.#hadPicture) {
            this.#view.buffering(mine.status());
            this.#remark(mine);
            this.#timers.after(NO_PICTURE_MS,
                () => this.#view.wait('No picture has come yet. The server\'s log may say why.'));
        }
        const video = this.#display.querySelector('video');
        if (!video) {
            return;
        }
        const begin = () => {
            if (this.#stream === mine && this.#shown !== mine) {
                this.#begin(mine, video, from);
            }
        };
        video.addEventListener('playing', begin, {once: true});
        if (!video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
            begin();
        }
    }

    #begin(mine, video, from) {
        this.#timers.clear();
        this.#shown = mine;
        this.#hadPicture = true;
        this.#attempts = 0;
        this.#nodes.learn(this.#address);
        this.#seen(mine, video);
        let isSilent = false;
        this.#timers.every(CLOCK_MS, () => {
            if (!isSilent) {
                this.#played = from + video.currentTime;
                this.#view.elapsed(this.#played);
            }
        });
        this.#timers.every(FIGURES_MS, () => this.#showFigures(mine));
        watch(this.#timers, mine, video, (silent) => {
            isSilent = silent;
            if (this.#stream === mine && this.#view.state !== 'stopping') {
                this.#silence(mine, video, silent);
            }
        }, () => this.#giveUp(mine));
    }

    #silence(mine, video, isSilent) {
        if (isSilent) {
            this.#view.interrupted(mine.status(), 'Connection interrupted');
        } else {
            this.#seen(mine, video);
        }
    }

    #seen(mine, video) {
        this.#view.playing(mine.status(), titleOf(this.#name), video);
        this.#remark(mine);
    }

    /** What there is to say of it all the time that it plays. */
    #remark(mine) {
        const told = mine.getReason() || (mine.status() === STREAM_STATUS.PLAYBACK_PROBLEM ? mine.getInfo() : '');
        this.#view.remark([this.#circumstance, told].filter(Boolean).join(' '));
    }

    /** What plays no more is left; the server may be another one by now. */
    #giveUp(mine) {
        if (this.#stream !== mine || this.#view.state === 'stopping') {
            return;
        }
        this.#stream = null;
        mine.stop();
        this.#connection.close();
        this.#interrupted('');
    }

    #over(mine, show) {
        if (this.#stream === mine) {
            this.#stream = null;
            this.#timers.clear();
            show();
        }
    }

    #stopped(mine) {
        const info = mine.getInfo();
        if (info === STREAM_STATUS_INFO.REQUESTED_STREAM_SHUTDOWN && this.#hadPicture
                && this.#view.state !== 'stopping') {
            this.#interrupted('The server stops');
        } else if (info === STREAM_STATUS_INFO.STOPPED_BY_PUBLISHER_STOP) {
            this.#view.over(mine.status(), info, /^vod:/i.test(this.#name) ? 'The film is over' : 'The broadcast is over');
        } else if (info === STREAM_STATUS_INFO.STOPPED_BY_REST_TERMINATE) {
            this.#view.over(mine.status(), info, 'The stream was ended on the server');
        } else {
            this.#view.stopped(mine.status(), info);
        }
    }

    #failed(mine, session, another) {
        const info = mine.getInfo();
        if (another && BLOCKED.test(info)) {
            this.#provider = 'MSE';
            this.#circumstance = 'Over the WebSocket, as ' + (info === STREAM_STATUS_INFO.NO_COMMON_CODECS
                ? 'this browser takes no H.264 by WebRTC.' : 'UDP does not get through.');
            this.#play(session);
            if (this.#hadPicture) {
                this.#view.interrupted(STREAM_STATUS.PENDING, 'Connection interrupted. Trying another way');
            }
            this.#view.remark(this.#circumstance);
        } else if (info === STREAM_STATUS_INFO.STREAM_NOT_FOUND && asFilm(this.#name)) {
            this.#name = asFilm(this.#name);
            this.#view.named(this.#name);
            this.#play(session);
        } else if (this.#hadPicture) {
            if (/^Start is outside/.test(info)) {
                this.#played = 0;
                this.#circumstance = 'The film has become shorter and began anew.';
            }
            this.#interrupted(interruption(info, titleOf(this.#name)));
        } else if (info !== STREAM_STATUS_INFO.CONNECTION_LOST) { // else the session's end, which follows, says why
            this.#view.failed(mine.status(),
                explainStream(info, this.#name, this.#location, mine.getReason()));
        }
    }

    /** Tries again after a pause. @param {string} why in a few words, when it is known */
    #interrupted(why) {
        this.#timers.clear();
        this.#waiting = true;
        this.#view.interrupted('CONNECTING', (why || 'Connection interrupted') + '. Trying again');
        this.#timers.after(pauseMs(this.#attempts++, Math.random()), () => this.#again());
    }

    /** On another server, where there are several: this one may be gone. */
    async #again() {
        if (!this.#waiting) {
            return;
        }
        this.#timers.clear();
        const other = this.#nodes.areKnown ? await this.#nodes.another() : '';
        if (this.#waiting) { // not stopped meanwhile
            this.#waiting = false;
            this.#address = other || this.#address;
            this.#connect();
        }
    }

    #onEvent(mine, type, payload) {
        if (type === STREAM_EVENT_TYPE.UNMUTE_REQUIRED) {
            this.#view.askForSound(true);
        } else if (type === STREAM_EVENT_TYPE.NOT_ENOUGH_BANDWIDTH) {
            this.#remarkOnSlowNetwork(mine);
        } else if (type === STREAM_EVENT_TYPE.RESIZE) {
            this.#view.size(payload.streamerVideoWidth, payload.streamerVideoHeight);
        }
    }

    #remarkOnSlowNetwork(mine) {
        const latest = ++this.#slowNetworkRemarks;
        this.#view.remark('Slow network: fewer pictures for now');
        this.#timers.after(SLOW_NETWORK_MS, () => {
            if (latest === this.#slowNetworkRemarks) {
                this.#remark(mine);
            }
        });
    }

    async #showFigures(mine) {
        const {video} = (await mine.getStats()).inboundStream ?? {};
        if (this.#stream === mine && video?.frameWidth) {
            const rate = video.framesPerSecond ? '  ' + Math.round(video.framesPerSecond) + ' fps' : '';
            this.#view.picture(video.frameWidth + '×' + video.frameHeight + rate);
        }
    }
}
