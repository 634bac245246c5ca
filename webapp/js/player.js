/** The player page: one session, one stream at a time. */
import Flashphoner, {SESSION_STATUS, STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS} from '../sdk/index.js';
import {defaultSocketUrl, playerParameters, socketUrlFault} from './address.js';
import {byId, clock, memory} from './elements.js';
import {writeExamples} from './examples.js';
import {explainNoWebRtc, explainSession, explainStream} from './explain.js';
import {PlayerView} from './playerview.js';

const NO_PICTURE_MS = 10_000;
const SLOW_START_MS = 5_000;
const FIGURES_MS = 1_000;

const parameters = playerParameters(location.search);
const streamName = byId('streamName');
const url = byId('url');
const view = new PlayerView();

let session = null;
let stream = null;
let timers = [];
let volume = Number(memory.get('volume') ?? 50);
let isMuted = false;

function start() {
    const fault = socketUrlFault(url.value.trim(), location.protocol);
    url.setCustomValidity(fault);
    if (!byId('source').reportValidity()) {
        return;
    }
    if (Flashphoner.getMediaProviders().length === 0) {
        view.failed('', explainNoWebRtc(location));
        return;
    }
    if (session?.getServerUrl() === url.value.trim() && session.status() === SESSION_STATUS.ESTABLISHED) {
        play();
        return;
    }
    session?.disconnect();
    connect(url.value.trim());
}

function connect(address) {
    view.busy('CONNECTING', 'Connecting to ' + address);
    let wasEstablished = false;
    const mine = Flashphoner.createSession({urlServer: address});
    session = mine;
    mine.on(SESSION_STATUS.ESTABLISHED, () => {
        wasEstablished = true;
        play();
    }).on(SESSION_STATUS.FAILED, ended).on(SESSION_STATUS.DISCONNECTED, ended);

    function ended() {
        if (session !== mine) {
            return;
        }
        session = null;
        if (view.isActive || stream) {
            stream = null;
            quiet();
            view.failed(mine.status(), explainSession(mine.getInfo(), address, wasEstablished, location));
        }
    }
}

function play() {
    const mine = session.createStream({
        name: streamName.value.trim(),
        display: byId('remoteVideo'),
        playWidth: parameters.playWidth,
        playHeight: parameters.playHeight,
        answerTimeout: /:\/\/s3\//.test(streamName.value) ? 600_000 : 60_000
    });
    stream = mine;
    view.busy(STREAM_STATUS.PENDING, 'Starting ' + mine.name());
    later(SLOW_START_MS, () => view.wait('The server is preparing the film'));
    mine.on(STREAM_STATUS.PLAYING, () => buffering(mine))
        .on(STREAM_STATUS.STOPPED, () => over(mine, () => view.stopped(mine.status(), mine.getInfo())))
        .on(STREAM_STATUS.FAILED, () => over(mine, () =>
            view.failed(mine.status(), explainStream(mine.getInfo(), mine.name(), location))))
        .on(STREAM_EVENT, ({type, payload}) => onEvent(type, payload));
    mine.setVolume(volume);
    if (isMuted) {
        mine.muteRemoteAudio();
    }
    mine.play();
}

/** The server plays; the spinner stays until there is something to see or hear. */
function buffering(mine) {
    quiet();
    view.buffering(mine.status());
    later(NO_PICTURE_MS, () => view.wait('No picture yet. If this lasts, UDP may be blocked on the way.'));
    const video = byId('remoteVideo').querySelector('video');
    if (!video) {
        return;
    }
    const begin = () => {
        if (stream === mine && view.state !== 'playing') {
            quiet();
            view.playing();
            every(FIGURES_MS / 4, () => view.elapsed(clock(video.currentTime)));
            every(FIGURES_MS, () => showFigures(mine));
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
        quiet();
        show();
    }
}

function stop() {
    if (stream) {
        view.stopping();
        stream.stop();
    } else if (session) { // still connecting
        const leaving = session;
        session = null;
        leaving.disconnect();
        view.stopped(STREAM_STATUS.STOPPED, '');
    }
}

function onEvent(type, payload) {
    if (type === STREAM_EVENT_TYPE.UNMUTE_REQUIRED) {
        view.askForSound(true);
    } else if (type === STREAM_EVENT_TYPE.NOT_ENOUGH_BANDWIDTH) {
        view.remark('The network is too slow for this film.');
    } else if (type === STREAM_EVENT_TYPE.RESIZE) {
        view.size(payload.streamerVideoWidth, payload.streamerVideoHeight);
    }
}

async function showFigures(mine) {
    const {video} = (await mine.getStats()).inboundStream ?? {};
    if (stream === mine && video?.frameWidth) {
        const rate = video.framesPerSecond ? '  ' + Math.round(video.framesPerSecond) + ' fps' : '';
        view.picture(video.frameWidth + '×' + video.frameHeight + rate);
    }
}

function later(ms, action) {
    timers.push(setTimeout(action, ms));
}

function every(ms, action) {
    timers.push(setInterval(action, ms));
}

function quiet() {
    timers.forEach(clearTimeout);
    timers = [];
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
    const action = {f: fullScreen, m: () => setMuted(!isMuted)}[event.key.toLowerCase()];
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
    if (view.isActive) {
        stop();
    } else {
        start();
    }
});
byId('bigPlay').addEventListener('click', start);
byId('unmuteBtn').addEventListener('click', () => setMuted(false));
byId('muteBtn').addEventListener('click', () => setMuted(!isMuted));
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
