import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import {STREAM_STATUS_INFO} from '../../../webapp/sdk/index.js';
import {explainStream} from '../../../webapp/js/explain.js';
import {FakeMediaStream, FakePeerConnection, FakeVideo, FakeWebSocket, install, pass, settle} from './fakes.mjs';
import {Page} from './page.mjs';

/** The whole page against a server that is this test. */
const page = new Page('index.html');
const $ = (id) => page.element(id);

function open(search, href) {
    return page.open('player.js', search, href);
}

async function start() {
    $('source').dispatchEvent(new Event('submit', {cancelable: true}));
    await settle();
}

function establish() {
    FakeWebSocket.last.accept();
    FakeWebSocket.last.say('getUserData', {authToken: 't'});
    return settle();
}

function say(status, info) {
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream').slice(-1);
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status, info});
    return settle();
}

async function film() {
    FakePeerConnection.last.ontrack({streams: [new FakeMediaStream()], track: {}});
    await settle();
    return $('remoteVideo').children[0];
}

beforeEach(() => install());

test('the page fills in its server\'s address and the sample film', async () => {
    await open();
    assert.equal($('url').value, 'ws://films.example.org:8080');
    assert.equal($('streamName').value, 'vod://sample.mp4');
    assert.match($('exampleRest').textContent, /"uri":"vod-live:\/\/sample.mp4"/);
});

test('from Start to the end of the film', async () => {
    await open('?streamName=vod://film.mp4');
    await start();
    assert.equal($('status').textContent, 'CONNECTING');
    assert.equal($('playBtn').textContent, 'Stop');
    assert.equal($('preloader').hidden, false);
    await establish();
    assert.equal($('status').textContent, 'PENDING');
    assert.equal(FakeWebSocket.last.heard('playStream')[0].name, 'vod://film.mp4');
    pass(5000);
    assert.match($('waitText').textContent, /preparing/);
    const video = await film();
    await say('PLAYING');
    assert.equal($('status').textContent, 'PLAYING');
    assert.equal($('stage').dataset.state, 'buffering', 'there is no picture yet');
    video.readyState = 2;
    video.currentTime = 75.4;
    video.dispatchEvent(new Event('playing'));
    assert.equal($('stage').dataset.state, 'playing');
    assert.equal($('preloader').hidden, true);
    pass(1000);
    assert.equal($('elapsed').textContent, '1:15');
    await say('STOPPED', 'Stopped by publisher stop');
    assert.equal($('status').textContent, 'STOPPED');
    assert.equal($('info').textContent, 'Stopped by publisher stop');
    assert.equal($('playBtn').textContent, 'Start');
});

test('a second Start uses the same session', async () => {
    await open();
    await start();
    await establish();
    await say('STOPPED');
    await start();
    assert.equal(FakeWebSocket.all.length, 1);
    assert.equal(FakeWebSocket.last.heard('playStream').length, 2);
});

test('a missing file is explained with its name and the folder', async () => {
    await open('?streamName=vod://nope.mp4');
    await start();
    await establish();
    await say('FAILED', 'File not found');
    assert.equal($('status').textContent, 'FAILED');
    assert.equal($('info').textContent, 'File not found');
    assert.equal($('advice').hidden, false);
    assert.match($('adviceText').text, /nope\.mp4.*media_dir/);
    assert.equal($('playBtn').textContent, 'Start');
});

test('a name with markup in it stays a name', async () => {
    await open('?streamName=' + encodeURIComponent('vod://<img src=x onerror=alert(1)>.mp4'));
    await start();
    await establish();
    await say('FAILED', 'File not found');
    assert.match($('adviceText').text, /<img src=x/);
    const tags = $('adviceText').children.flatMap((p) => p.children.map((child) => child.tagName ?? 'text'));
    assert.deepEqual([...new Set(tags)].sort(), ['CODE', 'text']);
});

test('an untrusted certificate is explained with a link to accept it', async () => {
    await open('', 'https://films.example.org:8444/');
    await start();
    FakeWebSocket.last.break();
    assert.equal($('info').textContent, 'Server not reachable');
    const link = $('adviceText').children.flatMap((p) => p.children).find((child) => child.tagName === 'A');
    assert.equal(link.href, 'https://films.example.org:8443');
});

test('a server lost while it plays is said so', async () => {
    await open();
    await start();
    await establish();
    await film();
    await say('PLAYING');
    FakeWebSocket.last.drop();
    await settle();
    assert.equal($('info').textContent, 'Connection to the server was lost');
    assert.equal($('playBtn').textContent, 'Start');
});

test('Stop while connecting ends it', async () => {
    await open();
    await start();
    await start();
    assert.equal($('stage').dataset.state, 'idle');
    assert.equal($('status').textContent, 'STOPPED');
    assert.equal(FakeWebSocket.last.readyState, 3);
});

test('no picture for ten seconds is remarked on', async () => {
    await open();
    await start();
    await establish();
    await film();
    await say('PLAYING');
    pass(10_000);
    assert.match($('waitText').textContent, /UDP/);
});

test('a slow network is remarked on as long as the server says so', async () => {
    await open();
    await start();
    await establish();
    const video = await film();
    await say('PLAYING');
    video.dispatchEvent(new Event('playing'));
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream').slice(-1);
    const tell = () => {
        FakeWebSocket.last.say('notifyStreamEvent',
            {mediaSessionId, type: 'notEnoughBandwidth', payload: {info: '2500000/1200000'}});
        return settle();
    };
    await tell();
    assert.match($('info').textContent, /Slow network/);
    pass(10_000);
    await tell();
    pass(14_000);
    assert.match($('info').textContent, /Slow network/);
    assert.equal($('playBtn').textContent, 'Stop');
    pass(1_000);
    assert.equal($('info').textContent, '');
});

test('autoplay without sound asks for a click', async () => {
    FakeVideo.forbidsSound = true;
    await open('?autoplay=true');
    await establish();
    const video = await film();
    await say('PLAYING');
    assert.equal($('unmuteBtn').hidden, false);
    FakeVideo.forbidsSound = false;
    $('muteBtn').click();
    assert.equal($('unmuteBtn').hidden, true);
    assert.equal(video.muted, false);
    $('muteBtn').click();
    assert.equal(video.muted, true);
});

test('without WebRTC it is MSE at once', async () => {
    delete globalThis.RTCPeerConnection;
    await open();
    await start();
    await establish();
    assert.equal(FakeWebSocket.last.heard('playStream')[0].mediaProvider, 'MSE');
});

test('the page\'s address may ask for MSE', async () => {
    await open('?mediaProvider=MSE');
    await start();
    await establish();
    assert.equal(FakeWebSocket.last.heard('playStream')[0].mediaProvider, 'MSE');
});

test('without WebRTC and MSE over http the https page is offered', async () => {
    delete globalThis.RTCPeerConnection;
    delete globalThis.MediaSource;
    await open();
    await start();
    assert.match($('adviceText').text, /Open this page by https/);
    assert.equal(FakeWebSocket.all.length, 0);
});

test('there is advice for every reason that a stream can fail for', () => {
    const ends = new RegExp('^(Stopped|Distributor|Requested|Publish stream is|MediaSessionId|Stream failed'
        + '|Failed by error|Failed by (HLS|RTMP)|No available)');
    for (const info of Object.values(STREAM_STATUS_INFO).filter((text) => !ends.test(text))) {
        const {title, advice} = explainStream(info, 'vod://a.mp4', location);
        assert.equal(title, info);
        assert.ok(!JSON.stringify(advice).includes('no more reason'), info);
    }
});

test('where UDP does not get through, the film goes on over the WebSocket at the same second', async () => {
    await open('?streamName=vod://film.mp4');
    await start();
    await establish();
    const video = await film();
    await say('PLAYING');
    video.readyState = 2;
    video.currentTime = 12.5;
    video.dispatchEvent(new Event('playing'));
    pass(1000);
    await say('FAILED', 'Failed by ICE keep alive');
    const [first, second] = FakeWebSocket.last.heard('playStream');
    assert.equal(first.mediaProvider, 'WebRTC');
    assert.equal(second.mediaProvider, 'MSE');
    assert.deepEqual(second.custom, {start: 12.5});
    assert.equal($('status').textContent, 'PENDING');
    await say('FAILED', 'Failed by media connection: it was lost');
    assert.equal($('status').textContent, 'FAILED', 'there is no third way');
});

test('what is wrong with the film is not tried twice', async () => {
    await open();
    await start();
    await establish();
    await say('FAILED', 'File not found');
    assert.equal($('status').textContent, 'FAILED');
    assert.equal(FakeWebSocket.last.heard('playStream').length, 1);
});

test('without a connection by WebRTC in six seconds it is MSE, from the beginning', async () => {
    await open('?streamName=vod-live://film.mp4');
    await start();
    await establish();
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream');
    FakeWebSocket.last.say('setRemoteSDP', mediaSessionId, 'v=0 answer');
    await settle();
    pass(6000);
    await settle();
    const asked = FakeWebSocket.last.heard('playStream');
    assert.equal(asked.length, 2);
    assert.equal(asked[1].mediaProvider, 'MSE');
    assert.equal(asked[1].custom, undefined);
});
