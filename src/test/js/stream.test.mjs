import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import Flashphoner, {CONNECTION_QUALITY, STREAM_EVENT, STREAM_EVENT_TYPE, STREAM_STATUS} from
    '../../../webapp/sdk/index.js';
import {FakeElement, FakeMediaStream, FakePeerConnection, FakeVideo, FakeWebSocket, install, pass, settle} from
    './fakes.mjs';

let session;
let server;
let display;
let seen;

beforeEach(() => {
    install();
    session = Flashphoner.createSession({urlServer: 'ws://host:8080'});
    server = FakeWebSocket.last;
    server.accept();
    server.say('getUserData', {authToken: 't'});
    display = new FakeElement('div');
});

function create(options = {}) {
    seen = [];
    const stream = session.createStream({name: 'vod://sample.mp4', display, ...options});
    for (const status of Object.values(STREAM_STATUS)) {
        stream.on(status, () => seen.push(status));
    }
    return stream;
}

async function play(options) {
    const stream = create(options);
    stream.play();
    await settle();
    return stream;
}

function say(stream, status, more = {}) {
    server.say('notifyStreamStatusEvent', {mediaSessionId: stream.id(), status, ...more});
}

async function playing(options) {
    const stream = await play(options);
    server.say('setRemoteSDP', stream.id(), 'v=0 answer');
    await settle();
    FakePeerConnection.last.ontrack({streams: [new FakeMediaStream()], track: {kind: 'video'}});
    say(stream, 'PLAYING');
    await settle();
    return stream;
}

test('play offers to receive sound and picture and asks for the stream', async () => {
    const stream = await play({playWidth: '640', playHeight: '360', custom: {x: 1}});
    const pc = FakePeerConnection.last;
    assert.deepEqual(pc.transceivers.map((t) => [t.kind, t.direction]), [['audio', 'recvonly'], ['video', 'recvonly']]);
    assert.equal(pc.transceivers[1].codecs[0], 'video/H264');
    assert.deepEqual(server.heard('playStream'), [{
        mediaSessionId: stream.id(), name: 'vod://sample.mp4', published: false, status: 'PENDING', record: false,
        hasVideo: true, hasAudio: true, width: 640, height: 360, bitrate: 0, quality: 0, minBitrate: 0, maxBitrate: 0,
        mediaProvider: 'WebRTC', sdp: 'v=0 offer', custom: {x: 1}}]);
    assert.deepEqual(seen, ['PENDING']);
});

test('the answer is given to the browser, PLAYING shows the film', async () => {
    const stream = await playing();
    assert.equal(FakePeerConnection.last.remoteDescription.sdp, 'v=0 answer');
    assert.deepEqual(seen, ['PENDING', 'PLAYING']);
    assert.equal(display.children.length, 1);
    assert.equal(display.children[0].paused, false);
    assert.equal(display.children[0].playsInline, true);
    pass(35_000);
    assert.equal(stream.status(), 'PLAYING');
});

test('playing needs no camera access, so plain http will do', async () => {
    assert.equal(navigator.mediaDevices, undefined);
    await play();
    assert.equal(server.heard('playStream').length, 1);
});

test('tracks without a stream of their own are shown together', async () => {
    await play();
    const pc = FakePeerConnection.last;
    pc.ontrack({streams: [], track: {kind: 'audio'}});
    pc.ontrack({streams: [], track: {kind: 'video'}});
    assert.equal(display.children.length, 1);
    assert.deepEqual(display.children[0].srcObject.tracks.map((track) => track.kind), ['audio', 'video']);
});

test('constraints leave sound or picture out', async () => {
    await play({constraints: {audio: true, video: false}});
    assert.deepEqual(FakePeerConnection.last.transceivers.map((t) => t.kind), ['audio']);
    assert.equal(server.heard('playStream')[0].hasVideo, false);
    await play({receiveAudio: false});
    assert.deepEqual(FakePeerConnection.last.transceivers.map((t) => t.kind), ['video']);
});

test('stripCodecs takes codecs out of the offer', async () => {
    await play({stripCodecs: 'VP8, av1'});
    assert.deepEqual(FakePeerConnection.last.transceivers[1].codecs, ['video/H264', 'video/rtx']);
});

test('a missing file is FAILED with the server\'s words, and all is let go', async () => {
    const stream = await play();
    say(stream, 'FAILED', {info: 'File not found'});
    assert.deepEqual(seen, ['PENDING', 'FAILED']);
    assert.equal(stream.getInfo(), 'File not found');
    assert.equal(FakePeerConnection.last.closed, true);
    assert.deepEqual(session.getStreams(), []);
    say(stream, 'PLAYING');
    assert.equal(stream.status(), 'FAILED');
});

test('a rejected answer is FAILED with the browser\'s reason, and the server is told', async () => {
    FakePeerConnection.answerFault = 'm-lines differ';
    const stream = await play();
    server.say('setRemoteSDP', stream.id(), 'garbage');
    await settle();
    assert.deepEqual(seen, ['PENDING', 'FAILED']);
    assert.match(stream.getInfo(), /rejected the SDP answer: m-lines differ/);
    assert.equal(server.heard('stopStream').length, 1);
});

test('a server that does not answer playStream makes FAILED', async () => {
    const stream = await play({answerTimeout: 7000});
    pass(7000);
    assert.deepEqual(seen, ['PENDING', 'FAILED']);
    assert.match(stream.getInfo(), /did not answer in time/);
    assert.equal(server.heard('stopStream').length, 1);
});

test('an answer after which nothing comes makes FAILED', async () => {
    const stream = await play();
    server.say('setRemoteSDP', stream.id(), 'v=0 answer');
    await settle();
    pass(30_000);
    assert.match(stream.getInfo(), /No media connection/);
});

test('a peer connection that fails is FAILED by ICE error', async () => {
    const stream = await playing();
    FakePeerConnection.last.become('failed');
    assert.equal(stream.status(), 'FAILED');
    assert.equal(stream.getInfo(), 'Failed by ICE error');
});

test('stop tells the server, closes at once and waits for the last word', async () => {
    const stream = await playing();
    stream.stop();
    stream.stop();
    assert.equal(server.heard('stopStream').length, 1);
    assert.equal(FakePeerConnection.last.closed, true);
    assert.deepEqual(display.children, []);
    assert.equal(stream.status(), 'PLAYING');
    say(stream, 'STOPPED', {info: 'Stopped by user'});
    assert.equal(stream.status(), 'STOPPED');
    stream.stop();
    assert.equal(server.heard('stopStream').length, 1);
});

test('stop ends even when the server does not confirm it', async () => {
    const stream = await playing();
    stream.stop();
    pass(5000);
    assert.deepEqual(seen, ['PENDING', 'PLAYING', 'STOPPED']);
});

test('stop while starting reaches a server that began meanwhile', async () => {
    const stream = await play();
    stream.stop();
    say(stream, 'PLAYING');
    assert.deepEqual(seen, ['PENDING']);
    assert.equal(server.heard('stopStream').length, 2);
    say(stream, 'STOPPED');
    assert.deepEqual(seen, ['PENDING', 'STOPPED']);
});

test('stop before the offer was sent ends here and now', async () => {
    const stream = create();
    stream.play();
    stream.stop();
    await settle();
    assert.deepEqual(seen, ['STOPPED']);
    assert.deepEqual(server.heard('playStream'), []);
    assert.deepEqual(server.heard('stopStream'), []);
});

test('the end of the file stops the stream unasked', async () => {
    const stream = await playing();
    say(stream, 'STOPPED', {info: 'Stopped by publisher stop'});
    assert.equal(stream.getInfo(), 'Stopped by publisher stop');
    assert.deepEqual(display.children, []);
});

test('a lost connection fails what plays and stops what was stopping', async () => {
    const one = await playing();
    const two = await playing();
    two.stop();
    server.drop();
    assert.equal(one.status(), 'FAILED');
    assert.match(one.getInfo(), /Connection to the server was lost/);
    assert.equal(two.status(), 'STOPPED');
});

test('a stream plays once', async () => {
    const stream = await playing();
    assert.throws(() => stream.play(), /once/);
});

test('resize and notEnoughBandwidth are events and, as of old, statuses', async () => {
    const stream = await playing();
    const events = [];
    stream.on(STREAM_EVENT, (event) => events.push(event));
    const tell = (type, payload) => server.say('notifyStreamEvent', {mediaSessionId: stream.id(), type, payload});
    tell('resize', {streamerVideoWidth: 1280, streamerVideoHeight: 720});
    tell('notEnoughBandwidth', {info: '900000/400000'});
    tell(undefined, {});
    tell('data', undefined);
    assert.deepEqual(events.map((event) => event.type), ['resize', 'notEnoughBandwidth', 'data']);
    assert.deepEqual(stream.videoResolution(), {width: 1280, height: 720});
    assert.deepEqual([stream.getRemoteBitrate(), stream.getNetworkBandwidth()], [900000, 400000]);
    assert.deepEqual(seen.slice(2), ['RESIZE', 'NOT_ENOUGH_BANDWIDTH']);
});

test('a browser that forbids sound plays without and asks for a click', async () => {
    FakeVideo.forbidsSound = true;
    const stream = create();
    const events = [];
    stream.on(STREAM_EVENT, (event) => events.push(event.type));
    stream.play();
    await settle();
    FakePeerConnection.last.ontrack({streams: [new FakeMediaStream()], track: {}});
    await settle();
    assert.deepEqual(events, [STREAM_EVENT_TYPE.UNMUTE_REQUIRED]);
    assert.equal(display.children[0].paused, false);
    assert.equal(stream.isRemoteAudioMuted(), true);
    FakeVideo.forbidsSound = false;
    stream.unmuteRemoteAudio();
    assert.equal(display.children[0].muted, false);
});

test('volume and mute set before the film comes hold when it does', async () => {
    const stream = create();
    stream.setVolume(30);
    stream.muteRemoteAudio();
    assert.throws(() => stream.setVolume('loud'), TypeError);
    stream.play();
    await settle();
    FakePeerConnection.last.ontrack({streams: [new FakeMediaStream()], track: {}});
    assert.equal(display.children[0].volume, 0.3);
    assert.equal(display.children[0].muted, true);
    stream.setVolume(130);
    assert.equal(stream.getVolume(), 100);
});

test('a video element of the page is used and left in place', async () => {
    const video = new FakeVideo();
    const stream = await playing({display: undefined, remoteVideo: video});
    assert.notEqual(video.srcObject, null);
    say(stream, 'STOPPED');
    assert.equal(video.srcObject, null);
});

test('available asks the server and keeps its reason', async () => {
    const stream = create();
    const answer = stream.available();
    server.say('availableStream', {id: stream.id(), status: 'true', info: null});
    assert.equal(await answer, stream);
    const refusal = stream.available();
    server.say('availableStream', {id: stream.id(), status: 'false', info: 'Stream not found'});
    await assert.rejects(refusal, (rejected) => rejected === stream);
    assert.equal(stream.getInfo(), 'Stream not found');
});

test('getStats sorts the figures by direction and kind', async () => {
    const stream = await playing();
    assert.deepEqual(await stream.getStats(), {type: 'session'});
    FakePeerConnection.last.report = new Map([
        ['c', {id: 'c', type: 'codec', mimeType: 'video/H264'}],
        ['v', {type: 'inbound-rtp', kind: 'video', codecId: 'c', framesDecoded: 12}]]);
    const {inboundStream} = await stream.getStats();
    assert.equal(inboundStream.video.framesDecoded, 12);
    assert.equal(inboundStream.video.codec, 'H264');
});

test('the server\'s video rate is compared with what arrives', async (t) => {
    const stream = await playing();
    const grades = [];
    stream.on(CONNECTION_QUALITY.UPDATE, (quality) => grades.push(quality));
    const pc = FakePeerConnection.last;
    const clock = t.mock.method(performance, 'now', () => 0);
    for (const [second, bytes] of [[0, 0], [1, 125_000], [2, 225_000], [3, 225_000]]) {
        clock.mock.mockImplementation(() => second * 1000);
        pc.report = new Map([['v', {type: 'inbound-rtp', kind: 'video', bytesReceived: bytes}]]);
        server.say('outboundVideoRate', {mediaSessionId: stream.id(), videoRate: 1_000_000});
        await settle();
    }
    assert.deepEqual(grades, ['PERFECT', 'GOOD', 'BAD']);
});

test('a browser without WebRTC is a failure with a name', async () => {
    assert.deepEqual(Flashphoner.getMediaProviders(), ['WebRTC', 'MSE']);
    delete globalThis.RTCPeerConnection;
    assert.deepEqual(Flashphoner.getMediaProviders(), ['MSE']);
    delete globalThis.MediaSource;
    assert.deepEqual(Flashphoner.getMediaProviders(), []);
    assert.throws(() => Flashphoner.init({}), /WebRTC/);
    const stream = await play();
    assert.match(stream.getInfo(), /WebRTC is not available/);
});
