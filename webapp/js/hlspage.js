/** The HLS page: plays a stream or a whole film by HLS, with hls.js where the browser does not do it itself. */
import {about, showVersion} from './about.js';
import {playerParameters} from './address.js';
import {byId, showAdvice} from './elements.js';
import {addresses, playlist} from './hlsaddress.js';
import {showAddresses} from './copyable.js';
import {pauseMs} from './pauses.js';

const FIGURES_MS = 1_000;
const NO_ANSWER = 'Nothing comes from the server. Check that it still runs and that this device is online, then press Start.';
const streamName = byId('streamName');
const video = byId('video');
const stage = byId('stage');
let player = null;
let triedMedia = false;
let address = '';
/** Since something was seen last. */
let attempts = 0;
let retry = null;

function start() {
    const name = streamName.value.trim();
    streamName.setCustomValidity(name ? '' : 'Type the name of a film or stream.');
    if (!byId('source').reportValidity()) {
        return;
    }
    address = playlist(document.baseURI, name);
    stop();
    attempts = 0;
    triedMedia = false;
    byId('advice').hidden = true;
    stage.dataset.state = 'playing';
    showStatus('Loading', name);
    if (globalThis.Hls?.isSupported()) {
        player = new Hls({lowLatencyMode: true});
        player.on(Hls.Events.ERROR, (event, data) => onError(data));
        player.loadSource(address);
        player.attachMedia(video);
    } else if (video.canPlayType('application/vnd.apple.mpegurl')) {
        video.src = address;
    } else {
        failed('This browser plays no HLS.', ['It has neither Media Source Extensions nor HLS of its own.']);
        return;
    }
    video.play().catch((error) => {
        if (error.name === 'NotAllowedError') {
            showStatus('Ready', 'press play in the picture');
        }
    });
    share();
}

function stop() {
    clearTimeout(retry);
    player?.destroy();
    player = null;
    video.removeAttribute('src');
    video.load();
}

function onError(data) {
    if (!data.fatal) {
        return;
    }
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !triedMedia) {
        triedMedia = true;
        player.recoverMediaError();
        return;
    }
    if (data.response?.code >= 400) {
        refused(data.url ?? data.response.url, 'The server answered ' + data.response.code + '.');
    } else if (data.type !== Hls.ErrorTypes.NETWORK_ERROR) {
        stop();
        failed('This does not play.', [data.details]);
    } else if (video.currentTime > 0) {
        showStatus('Connection interrupted', 'Trying again');
        retry = setTimeout(() => player.startLoad(), pauseMs(attempts++, Math.random()));
    } else {
        stop();
        failed('This does not play.', [NO_ANSWER]);
    }
}

/** Neither hls.js nor the browser hands on what the server says, so it is asked once more. */
async function refused(url, otherwise) {
    stop();
    const sentence = await fetch(url).then((answer) => (answer.ok ? otherwise : answer.text())).catch(() => NO_ANSWER);
    failed('This does not play.', [sentence.slice(0, 300) || otherwise]);
}

function failed(title, lines) {
    stage.dataset.state = 'failed';
    byId('adviceTitle').textContent = title;
    showAdvice(byId('adviceText'), lines.map((line) => [line]));
    byId('advice').hidden = false;
    showStatus('Failed', '');
}

function showStatus(word, info) {
    byId('status').textContent = word;
    byId('info').textContent = info;
}

function figures() {
    if (video.paused || video.ended || video.readyState < 3) {
        return;
    }
    const size = video.videoWidth ? video.videoWidth + ' × ' + video.videoHeight : 'sound alone';
    const live = player?.playingDate && player.levels[player.currentLevel]?.details?.live
        ? ', ' + Math.max(0, (Date.now() - player.playingDate.getTime()) / 1000).toFixed(1) + ' s behind' : '';
    byId('picture').textContent = size + live;
}

function share() {
    showAddresses(byId('addresses'), addresses(document.baseURI, streamName.value.trim()));
}

video.addEventListener('error', () => {
    if (!player && stage.dataset.state === 'playing') { // else it is told by hls.js
        refused(address, 'The browser does not decode it.');
    }
});
video.addEventListener('playing', () => {
    attempts = 0;
    showStatus('Playing', streamName.value.trim());
});
video.addEventListener('waiting', () => showStatus('Buffering', streamName.value.trim()));
video.addEventListener('ended', () => showStatus('Ended', streamName.value.trim()));
setInterval(figures, FIGURES_MS);
byId('source').addEventListener('submit', (event) => {
    event.preventDefault();
    start();
});
streamName.addEventListener('input', () => {
    streamName.setCustomValidity('');
    share();
});

byId('late').hidden = true;
about(location).then((told) => showVersion(byId('version'), told));

const given = playerParameters(location.search);
streamName.value = given.streamName || streamName.value;
share();
if (given.autoplay) {
    start();
}
