/** The recorder page: publishes camera and microphone to be recorded, then offers the recording. */
import Flashphoner, {STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS, STREAM_STATUS_INFO} from '../sdk/index.js';
import {about, showVersion} from './about.js';
import {defaultSocketUrl, isSecure, playerParameters, secureUrl, socketUrlFault} from './address.js';
import {Connection} from './connection.js';
import {constraints, listDevices} from './devices.js';
import {byId, clock, megabytes} from './elements.js';
import {explainNoWebRtc, explainPublishing, explainSession} from './explain.js';
import {LevelMeter} from './levelmeter.js';
import {Preview, release, watchDevices} from './preview.js';
import {downloadName, playerUrl, Recordings, recordsUrl} from './recordings.js';
import {StageView} from './stageview.js';
import {Timers} from './timers.js';

const LEVEL_MS = 60;
const FIGURES_MS = 500;
const ANSWER_MS = 20_000;

const url = byId('url');
const streamName = byId('streamName');
const view = new StageView(['publishBtn'], ['Record', 'Stop'], ['streamName', 'url', 'camera', 'microphone', 'picture', 'previewBtn']);
const connection = new Connection();
const timers = new Timers();
const recordings = new Recordings();
const preview = new Preview(byId('preview'));

let stream = null;
let meter = null;
let startedMs = null;
/** What the preview had opened and this recording took; it is closed with it. */
let taken = null;
/** Devices that went away while they were recorded, in a sentence. */
let lost = '';

function start() {
    const address = url.value.trim();
    streamName.setCustomValidity(streamName.value.trim() ? '' : 'Type a name for the recording.');
    url.setCustomValidity(socketUrlFault(address, location.protocol));
    byId('server').open ||= !url.checkValidity();
    byId('microphone').setCustomValidity(byId('camera').value === 'none' && byId('microphone').value === 'none'
        ? 'Choose a camera, a microphone or both.' : '');
    if (!byId('source').reportValidity()) {
        return;
    }
    showFilm('');
    byId('downloadDiv').hidden = true;
    lost = '';
    if (Flashphoner.getMediaProviders().length === 0) {
        view.failed('', explainNoWebRtc(location));
        return;
    }
    endLevel();
    taken = preview.take();
    showPreview();
    view.elapsed('0:00');
    byId('size').textContent = '';
    view.busy('CONNECTING', 'Connecting to ' + address);
    connection.open(address, publish, (session, wasEstablished) => {
        if (view.isActive) {
            over(stream, () => fail(session.status(),
                explainSession(session.getInfo(), address, wasEstablished, location)));
        }
    });
}

function publish(session) {
    const mine = session.createStream({
        name: streamName.value.trim(),
        display: byId('localVideo'),
        record: true,
        receiveVideo: false,
        receiveAudio: false,
        answerTimeout: ANSWER_MS,
        constraints: taken ? {...constraints(), customStream: taken} : constraints()
    });
    stream = mine;
    view.busy(STREAM_STATUS.PENDING, 'Opening camera and microphone');
    mine.on(STREAM_STATUS.PUBLISHING, () => recording(mine))
        .on(STREAM_EVENT, ({type, payload}) => {
            if (type === STREAM_EVENT_TYPE.RECORDING_FAILED && stream === mine) {
                view.remark(payload.info);
            }
        })
        .on(STREAM_STATUS.UNPUBLISHED, () => over(mine, () => finished(mine, session.getServerUrl())))
        .on(STREAM_STATUS.FAILED, () => {
            if (mine.getInfo() === STREAM_STATUS_INFO.CONNECTION_LOST) {
                return; // the session's end, which follows, says why
            }
            over(mine, () => {
                fail(mine.status(), explainPublishing(mine.getInfo(), mine.name(), location, mine.getReason()));
                offer(mine, session.getServerUrl());
            });
        });
    mine.publish();
}

function recording(mine) {
    startedMs = Date.now();
    view.playing(mine.status(), 'Recording');
    listDevices();
    const media = mine.getLocalMedia();
    showLevel(media);
    watchDevices(media, (what, isMoreLeft) => {
        if (stream === mine) {
            view.remark(what + ' is gone. The recording goes on without it.');
            if (!isMoreLeft) {
                lost = what + ' is gone';
                stop();
            }
        }
    });
    timers.every(FIGURES_MS, () => showFigures(mine));
}

function showLevel(media) {
    if (media.getAudioTracks().length > 0) {
        meter = new LevelMeter(media);
        timers.every(LEVEL_MS, () => { byId('level').value = meter.read(); });
    }
}

function endLevel() {
    timers.clear();
    meter?.close();
    meter = null;
    byId('level').value = 0;
}

async function openPreview() {
    showFilm('');
    endLevel();
    view.busy('', 'Opening camera and microphone');
    try {
        const media = await preview.open();
        if (!media) {
            return; // stopped, or other devices were chosen
        }
        view.stopped('', '');
        view.say('Preview: nothing is recorded yet');
        showLevel(media);
        listDevices();
        watchDevices(media, (what) => {
            if (preview.isOpen) {
                closePreview();
                view.remark(what + ' is gone');
            }
        });
    } catch (error) {
        view.failed('', explainPublishing(error.message, '', location));
    }
    showPreview();
}

function closePreview() {
    preview.close();
    endLevel();
    view.stopped('', '');
    showPreview();
}

function showPreview() {
    byId('previewBtn').textContent = preview.isOpen ? 'Camera off' : 'Preview';
}

async function showFigures(mine) {
    view.elapsed(clock((Date.now() - startedMs) / 1000));
    const {video, audio} = (await mine.getStats()).outboundStream ?? {};
    const bytes = (video?.bytesSent ?? 0) + (audio?.bytesSent ?? 0);
    if (stream === mine && bytes > 0) {
        byId('size').textContent = megabytes(bytes);
    }
}

function fail(status, explanation) {
    if (startedMs !== null) {
        explanation.advice.push(['What was recorded until then is kept in the server\'s folder of recordings.']);
    }
    view.failed(status, explanation);
}

function finished(mine, socketUrl) {
    view.stopped(mine.status(), '');
    const failure = /^Recording failed/.test(mine.getInfo()) ? mine.getInfo() : lost;
    if (!offer(mine, socketUrl)) {
        view.remark(failure || 'The server wrote no recording.');
        return;
    }
    view.remark(failure && failure + '. What was recorded until then is kept.');
    showFilm(byId('link').href);
    nextName();
}

/** Shows the links of what was recorded; false when the server named no file. */
function offer(mine, socketUrl) {
    const file = mine.getRecordInfo();
    if (!file) {
        return false;
    }
    const href = recordsUrl(socketUrl, location) + encodeURIComponent(file);
    byId('link').href = href;
    byId('link').textContent = byId('link').download = downloadName(mine.name());
    byId('link').title = file;
    byId('playLink').href = playerUrl(file, socketUrl);
    byId('downloadDiv').hidden = false;
    const seconds = startedMs !== null ? (Date.now() - startedMs) / 1000 : 0;
    recordings.add({file, href, title: mine.name(), socketUrl, atMs: Date.now(), seconds});
    return true;
}

function showFilm(href) {
    const film = byId('recVideo');
    film.hidden = !href;
    if (href) {
        film.src = href;
    } else {
        film.removeAttribute('src');
        film.load();
    }
}

function over(mine, show) {
    if (stream !== mine) {
        return;
    }
    stream = null;
    endLevel();
    release(taken);
    taken = null;
    show();
    startedMs = null;
}

function stop() {
    if (stream) {
        const isRecording = stream.status() === STREAM_STATUS.PUBLISHING;
        view.stopping(isRecording ? 'Finishing the recording' : 'Stopping');
        stream.stop();
    } else { // still connecting, or opening the preview
        preview.close();
        release(taken);
        taken = null;
        connection.close();
        view.stopped('', '');
    }
}

function nextName() {
    streamName.value = Array.from(crypto.getRandomValues(new Uint8Array(4)),
        (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const parameters = playerParameters(location.search);
url.value = parameters.urlServer || defaultSocketUrl(location);
nextName();
streamName.value = parameters.streamName || streamName.value;
byId('insecure').hidden = isSecure(location);
byId('secureLink').href = secureUrl(location);
about(location).then((told) => {
    byId('secureLink').href = secureUrl(location);
    showVersion(byId('version'), told);
});
byId('source').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!view.isActive) {
        start();
    } else if (view.state !== 'stopping') {
        stop();
    }
});
byId('source').noValidate = true;
byId('source').addEventListener('input', () => {
    url.setCustomValidity('');
    streamName.setCustomValidity('');
    byId('microphone').setCustomValidity('');
});
byId('bigRecord').addEventListener('click', start);
byId('previewBtn').addEventListener('click', () => {
    if (preview.isOpen) {
        closePreview();
    } else if (!view.isActive) {
        openPreview();
    }
});
byId('source').addEventListener('change', ({target}) => {
    if (preview.isOpen && target.tagName === 'SELECT') {
        openPreview();
    }
});
navigator.mediaDevices?.addEventListener?.('devicechange', listDevices);
window.addEventListener('beforeunload', (event) => {
    if (stream) {
        event.preventDefault(); // "leave the page?": leaving ends the recording
    }
});
listDevices();
recordings.refresh();
