import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import Flashphoner, {STREAM_STATUS} from '../../../webapp/sdk/index.js';
import {FakeElement, FakeMediaStream, FakePeerConnection, FakeTrack, FakeWebSocket, install, settle} from './fakes.mjs';

let session;
let server;
let display;
let tracks;
let seen;

async function ready(userMedia) {
    install({userMedia});
    session = Flashphoner.createSession({urlServer: 'wss://host:8443/abc'});
    server = FakeWebSocket.last;
    server.accept();
    server.say('getUserData', {authToken: 't'});
    display = new FakeElement('div');
}

async function publish(options = {}) {
    seen = [];
    const stream = session.createStream({name: 'talk', display, record: true, ...options});
    for (const status of Object.values(STREAM_STATUS)) {
        stream.on(status, () => seen.push(status));
    }
    stream.publish();
    await settle();
    return stream;
}

function say(stream, status, more = {}) {
    server.say('notifyStreamStatusEvent', {mediaSessionId: stream.id(), status, ...more});
}

beforeEach(() => {
    tracks = [new FakeTrack('audio'), new FakeTrack('video')];
    return ready(async () => new FakeMediaStream(tracks));
});

test('publish sends what the camera gives, H.264 first, to be recorded', async () => {
    const stream = await publish({constraints: {audio: true, video: {width: 640, maxBitrate: 900}}});
    const pc = FakePeerConnection.last;
    assert.deepEqual(pc.transceivers.map((t) => [t.kind, t.direction]), [['audio', 'sendonly'], ['video', 'sendonly']]);
    assert.equal(pc.transceivers[1].codecs[0], 'video/H264');
    const [request] = server.heard('publishStream');
    assert.equal(request.record, true);
    assert.equal(request.published, true);
    assert.equal(request.maxBitrate, 900);
    assert.deepEqual([request.hasAudio, request.hasVideo], [true, true]);
    assert.equal(display.children[0].muted, true, 'one does not hear oneself');
    say(stream, 'PUBLISHING');
    assert.deepEqual(seen, ['PENDING', 'PUBLISHING']);
});

test('UNPUBLISHED brings the recording\'s name', async () => {
    const stream = await publish();
    say(stream, 'PUBLISHING');
    assert.equal(stream.getRecordInfo(), null);
    stream.stop();
    assert.equal(server.heard('unPublishStream').length, 1);
    assert.ok(tracks.every((track) => track.stopped), 'the camera is off');
    say(stream, 'UNPUBLISHED', {recordName: 'stream-1.mp4'});
    assert.equal(stream.status(), 'UNPUBLISHED');
    assert.equal(stream.getRecordInfo(), 'stream-1.mp4');
});

test('a recording\'s name is kept only for streams that record', async () => {
    const stream = await publish({record: false});
    say(stream, 'UNPUBLISHED', {recordName: 'x.mp4'});
    assert.equal(stream.getRecordInfo(), null);
});

test('a failure brings the recording\'s name, too', async () => {
    const stream = await publish();
    say(stream, 'FAILED', {info: 'Failed by RTP activity', recordName: 'stream-2.mp4'});
    assert.equal(stream.getRecordInfo(), 'stream-2.mp4');
});

test('each way in which a camera is refused has its words', async () => {
    const words = {
        NotAllowedError: /denied/, NotFoundError: /No camera or microphone/, NotReadableError: /another program/,
        TypeError: /could not be opened/
    };
    for (const [name, pattern] of Object.entries(words)) {
        await ready(async () => { throw Object.assign(new Error('x'), {name}); });
        const stream = await publish();
        assert.deepEqual(seen, ['PENDING', 'FAILED']);
        assert.match(stream.getInfo(), pattern);
        assert.deepEqual(server.heard('publishStream'), []);
    }
});

test('without https or localhost the failure says so', async () => {
    await ready(null);
    const stream = await publish();
    assert.match(stream.getInfo(), /https or localhost/);
});

test('stopped while the user is asked, the camera is let go when it comes', async () => {
    let give;
    await ready(() => new Promise((resolve) => { give = resolve; }));
    const stream = await publish();
    stream.stop();
    assert.equal(stream.status(), 'UNPUBLISHED');
    give(new FakeMediaStream(tracks));
    await settle();
    assert.ok(tracks.every((track) => track.stopped));
    assert.deepEqual(server.heard('publishStream'), []);
});

test('a custom stream is published as it is and not stopped', async () => {
    const custom = new FakeMediaStream([new FakeTrack('video')]);
    const stream = await publish({constraints: {customStream: custom}});
    const [request] = server.heard('publishStream');
    assert.deepEqual([request.hasAudio, request.hasVideo], [false, true]);
    assert.equal('customStream' in request.constraints, false);
    stream.stop();
    assert.equal(custom.tracks[0].stopped, false);
});

test('mute switches the tracks off and tells those who watch', async () => {
    const stream = await publish();
    stream.muteAudio();
    assert.deepEqual([stream.isAudioMuted(), stream.isVideoMuted()], [true, false]);
    stream.unmuteAudio();
    stream.muteVideo();
    assert.equal(tracks[0].enabled, true);
    assert.equal(tracks[1].enabled, false);
    assert.deepEqual(server.heard('sendStreamEvent').map((event) => event.type),
        ['audioMuted', 'audioUnmuted', 'videoMuted']);
    assert.deepEqual(server.heard('sendStreamEvent')[0].payload, {streamName: 'talk'});
});

test('getMediaAccess shows the camera, releaseLocalMedia lets it go', async () => {
    assert.equal(await Flashphoner.getMediaAccess(undefined, display), display);
    assert.equal(display.children.length, 1);
    assert.equal(Flashphoner.releaseLocalMedia(display), true);
    assert.ok(tracks.every((track) => track.stopped));
    assert.equal(Flashphoner.releaseLocalMedia(display), false);
});
