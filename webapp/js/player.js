/** The player page: one session, one stream at a time. */
import Flashphoner, {STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS} from '../sdk/index.js';
import {defaultSocketUrl, playerParameters, socketUrlFault} from './address.js';
import {Connection} from './connection.js';
import {byId, clock, memory} from './elements.js';
import {writeExamples} from './examples.js';
import {explainNoWebRtc, explainSession, explainStream} from './explain.js';
import {PlayerView} from './playerview.js';
import {Timers} from './timers.js';

/** Media do not get through as WebRTC sends them. */
const BLOCKED = /^(Failed by (ICE|RTP|DTLS)|No media connection)/;
/** By then WebRTC has a connection, or gets none; MSE needs no other than the one there is. */
const WEBRTC_MS = 6_000;
const NO_PICTURE_MS = 10_000;
const SLOW_START_MS = 5_000;
const FIGURES_MS = 1_000;
/** The server says again every ten seconds that the network is too slow, as long as it is. */
const SLOW_NETWORK_MS = 15_000;

const parameters = playerParameters(location.search);
const streamName = byId('streamName');
const url = byId('url');
const view = new PlayerView();
const connection = new Connection();
const timers = new Timers();

let stream = null;
/** Second of the film that is shown. */
let played = 0;
let slowNetworkRemarks = 0;
let volume = Number(memory.get('volume') ?? 50);
let isMuted = false;

function start() {
    const fault = socketUrlFault(url.value.trim(), location.protocol);
    url.setCustomValidity(fault);
    if (!byId('source').reportValidity()) {
        return;
    }
    if (providers().length === 0) {
        view.failed('', explainNoWebRtc(location));
        return;
    }
    const address = url.value.trim();
    view.busy('CONNECTING', 'Connecting to ' + address);
    connection.open(address, (session) => play(session, providers()[0], 0), (session, wasEstablished) => {
        if (view.isActive) {
            stream = null;
            timers.clear();
            view.failed(session.status(), explainSession(session.getInfo(), address, wasEstablished, location));
        }
    });
}

/** The ways to play, the best first; the page's address may name one. */
function providers() {
    const all = Flashphoner.getMediaProviders();
    const wished = parameters.mediaProvider.split(',')[0];
    return all.includes(wished) ? [wished] : all;
}

/** @param {number} from second of a film that plays for this page alone */
function play(session, mediaProvider, from) {
    const another = mediaProvider === 'WebRTC' && providers().includes('MSE');
    played = from;
    const mine = session.createStream({
        name: streamName.value.trim(),
        display: byId('remoteVideo'),
        playWidth: parameters.playWidth,
        playHeight: parameters.playHeight,
        mediaProvider,
        mediaTimeout: another ? WEBRTC_MS : undefined,
        custom: from > 0 ? {start: from} : undefined,
        answerTimeout: /:\/\/s3\//.test(streamName.value) ? 600_000 : 60_000
    });
    stream = mine;
    view.busy(STREAM_STATUS.PENDING, 'Starting ' + mine.name());
    timers.after(SLOW_START_MS, () => view.wait('The server is preparing the film'));
    mine.on(STREAM_STATUS.PLAYING, () => buffering(mine, from))
        .on(STREAM_STATUS.STOPPED, () => over(mine, () => view.stopped(mine.status(), mine.getInfo())))
        .on(STREAM_STATUS.FAILED, () => over(mine, () => {
            if (another && BLOCKED.test(mine.getInfo())) {
                play(session, 'MSE', /^vod:/i.test(mine.name()) ? played : 0);
                view.remark('Over the WebSocket, as UDP does not get through');
            } else {
                view.failed(mine.status(), explainStream(mine.getInfo(), mine.name(), location));
            }
        }))
        .on(STREAM_EVENT, ({type, payload}) => onEvent(type, payload));
    mine.setVolume(volume);
    if (isMuted) {
        mine.muteRemoteAudio();
    }
    mine.play();
}

/** The server plays; the spinner stays until there is something to see or hear. */
function buffering(mine, from) {
    timers.clear();
    view.buffering(mine.status());
    timers.after(NO_PICTURE_MS, () => view.wait('No picture yet. If this lasts, UDP may be blocked on the way.'));
    const video = byId('remoteVideo').querySelector('video');
    if (!video) {
        return;
    }
    const begin = () => {
        if (stream === mine && view.state !== 'playing') {
            timers.clear();
            view.playing();
            timers.every(FIGURES_MS / 4, () => {
                played = from + video.currentTime;
                view.elapsed(clock(played));
            });
            timers.every(FIGURES_MS, () => showFigures(mine));
        }
    };
    video.addEventListener('playing', begin, {once: true});
    if (!video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        begin();
    }
}

function over(mine, show) {
    if (stream === mine) {
        stream = null;
        timers.clear();
        show();
    }
}

function stop() {
    if (stream) {
        view.stopping();
        stream.stop();
    } else { // still connecting
        connection.close();
        view.stopped(STREAM_STATUS.STOPPED, '');
    }
}

function onEvent(type, payload) {
    if (type === STREAM_EVENT_TYPE.UNMUTE_REQUIRED) {
        view.askForSound(true);
    } else if (type === STREAM_EVENT_TYPE.NOT_ENOUGH_BANDWIDTH) {
        remarkOnSlowNetwork();
    } else if (type === STREAM_EVENT_TYPE.RESIZE) {
        view.size(payload.streamerVideoWidth, payload.streamerVideoHeight);
    }
}

function remarkOnSlowNetwork() {
    const latest = ++slowNetworkRemarks;
    view.remark('Slow network: fewer pictures for now');
    timers.after(SLOW_NETWORK_MS, () => {
        if (latest === slowNetworkRemarks) {
            view.remark('');
        }
    });
}

async function showFigures(mine) {
    const {video} = (await mine.getStats()).inboundStream ?? {};
    if (stream === mine && video?.frameWidth) {
        const rate = video.framesPerSecond ? '  ' + Math.round(video.framesPerSecond) + ' fps' : '';
        view.picture(video.frameWidth + '×' + video.frameHeight + rate);
    }
}

function setVolume(percent) {
    volume = percent;
    memory.set('volume', String(percent));
    stream?.setVolume(percent);
    setMuted(percent === 0);
}

function setMuted(muted) {
    isMuted = muted;
    if (muted) {
        stream?.muteRemoteAudio();
    } else {
        stream?.unmuteRemoteAudio();
    }
    view.askForSound(false);
    view.sound(volume, muted);
}

/** While the browser withholds the sound, whatever the user does about it means: on. */
function toggleSound() {
    setMuted(!view.asksForSound && !isMuted);
}

function fullScreen() {
    if (document.fullscreenElement) {
        document.exitFullscreen();
    } else if (byId('stage').requestFullscreen) {
        byId('stage').requestFullscreen();
    } else {
        stream?.fullScreen().catch(() => {});
    }
}

function onKey(event) {
    if (event.target.closest('input, textarea, select, summary') || event.ctrlKey || event.metaKey || event.altKey) {
        return;
    }
    const action = {f: fullScreen, m: toggleSound}[event.key.toLowerCase()];
    if (action) {
        event.preventDefault();
        action();
    }
}

url.value = parameters.urlServer || defaultSocketUrl(location);
streamName.value = parameters.streamName || streamName.value;
view.sound(volume, isMuted);
byId('source').noValidate = true;
byId('source').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!view.isActive) {
        start();
    } else if (view.state !== 'stopping') {
        stop();
    }
});
byId('bigPlay').addEventListener('click', start);
byId('unmuteBtn').addEventListener('click', () => setMuted(false));
byId('muteBtn').addEventListener('click', toggleSound);
byId('volumeControl').addEventListener('input', (event) => setVolume(Number(event.target.value)));
byId('fullScreenBtn').addEventListener('click', fullScreen);
byId('stage').addEventListener('dblclick', fullScreen);
byId('source').addEventListener('input', () => { url.setCustomValidity(''); refreshExamples(); });
document.addEventListener('keydown', onKey);
refreshExamples();

function refreshExamples() {
    writeExamples(location, url.value.trim(), streamName.value.trim());
}

if (parameters.autoplay) {
    start();
}
