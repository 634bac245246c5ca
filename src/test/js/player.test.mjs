import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import {STREAM_STATUS_INFO} from '../../../webapp/sdk/index.js';
import {explainStream} from '../../../webapp/js/explain.js';
import {pauseMs} from '../../../webapp/js/pauses.js';
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
    assert.equal($('url').value, 'ws://films.example.org:8081/ws');
    assert.equal($('streamName').value, 'vod://sample.mp4');
    assert.match($('exampleRest').textContent, /"uri":"vod-live:\/\/sample.mp4"/);
});

test('a broadcast can be started of a film, with or without its scheme, and of nothing else', async () => {
    for (const name of ['film.mp4', 'vod://film.mp4', 'vod-live://film.mp4']) {
        await open('?streamName=' + name);
        assert.match($('exampleRest').textContent, /"uri":"vod-live:\/\/film.mp4"/);
        assert.equal($('exampleBroadcast').hidden, false);
    }
    await open('?streamName=channel1');
    assert.equal($('exampleBroadcast').hidden, true);
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
    assert.equal($('say').textContent, 'Playing film.mp4');
    assert.match(document.title, /^film\.mp4 · /);
    await say('STOPPED', 'Stopped by publisher stop');
    assert.equal($('overText').textContent, 'The film is over');
    assert.equal(document.title, 'Page');
    assert.equal($('status').textContent, 'STOPPED');
    assert.equal($('info').textContent, 'Stopped by publisher stop');
    assert.equal($('playBtn').textContent, 'Start');
});

test('the film is asked for right behind the greeting, by a WebSocket that was opened before', async () => {
    globalThis.location = new URL('http://films.example.org:8081/?streamName=vod://film.mp4&autoplay=true');
    await import('../../../webapp/js/early.js');
    FakeWebSocket.last.accept = function accept() { this.readyState = 1; };
    FakeWebSocket.last.accept();
    await open('?streamName=vod://film.mp4&autoplay=true');
    await settle();
    assert.equal(FakeWebSocket.all.length, 1);
    assert.deepEqual(FakeWebSocket.last.sent.map(({message}) => message), ['connection', 'playStream']);
});

test('a WebSocket that leads elsewhere is not kept', async () => {
    const early = globalThis.reelcastEarly = new FakeWebSocket('ws://other.example.org/ws');
    await open('?autoplay=true');
    assert.equal(early.readyState, 3);
    assert.equal(FakeWebSocket.last.url, 'ws://films.example.org:8081/ws');
});

test('of another server, which may be a WCS, the film is asked for when it has answered', async () => {
    await open('?urlServer=ws://wcs.example.org:8080&autoplay=true');
    FakeWebSocket.last.accept();
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').length, 0);
    FakeWebSocket.last.say('getUserData', {authToken: 't'});
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').length, 1);
});

test('a server that accepts and says nothing is explained as no answer', async () => {
    await open('?autoplay=true');
    FakeWebSocket.last.accept();
    await settle();
    pass(15_000);
    assert.equal($('info').textContent, 'Server not reachable');
    assert.match($('adviceText').text, /is it a Reelcast or WCS server/);
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

test('a name of 4000 letters is asked for, and what is wrong with it is said', async () => {
    const near = [];
    globalThis.fetch = async (url) => {
        near.push(new URL(url).searchParams.get('near'));
        throw new TypeError('nobody answers');
    };
    await open('?streamName=' + 'x'.repeat(4000));
    await start();
    await establish();
    const [{mediaSessionId, name}] = FakeWebSocket.last.heard('playStream');
    assert.equal(name.length, 4000);
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status: 'FAILED', info: 'Bad URI',
        reason: 'A name of 4000 characters is too long'});
    await settle();
    assert.equal($('adviceText').text, 'A name of 4000 characters is too long');
    await start();
    await say('FAILED', 'File not found');
    assert.equal(near.at(-1).length, 120, 'no server is asked with more');
});

test('a name from right to left stays in one piece', async () => {
    const name = 'סרט.mp4';
    await open('?streamName=vod://' + encodeURIComponent(name));
    await start();
    await establish();
    assert.equal($('waitText').textContent, 'Starting \u2068' + name + '\u2069');
    await say('FAILED', 'File not found');
    assert.match($('adviceText').text, new RegExp(name));
    const code = $('adviceText').children.flatMap((p) => p.children).find(({tagName}) => tagName === 'CODE');
    assert.equal(code.dir, 'auto');
});

test('where the browser keeps nothing all works as well', async () => {
    Object.defineProperty(globalThis, 'localStorage', {
        configurable: true, get() { throw new DOMException('storage is blocked', 'SecurityError'); }
    });
    try {
        await open();
        $('muteBtn').click();
        await start();
        await establish();
        assert.equal(FakeWebSocket.last.heard('playStream').length, 1);
    } finally {
        Object.defineProperty(globalThis, 'localStorage', {configurable: true, writable: true, value: undefined});
    }
});

test('a library of ten thousand films is shown fifty by fifty', async () => {
    const asked = [];
    globalThis.fetch = async (url) => {
        const query = new URL(url).searchParams;
        if (!query.has('offset')) {
            return Response.json({});
        }
        const offset = Number(query.get('offset'));
        asked.push(offset);
        return Response.json({folders: [], total: 10_000, complete: true, films: Array.from({length: 50}, (_, i) => (
            {name: '<b>' + (offset + i) + '</b>.mp4', uri: 'vod://' + (offset + i), bytes: 1}))});
    };
    await open();
    await settle();
    assert.equal($('filmsList').children.length, 50);
    assert.equal($('filmsCount').textContent, '10000 films');
    $('filmsMore').click();
    await settle();
    assert.deepEqual(asked, [0, 50]);
    assert.equal($('filmsList').children.length, 100);
    const [button] = $('filmsList').children[99].children;
    assert.equal(button.textContent, '<b>99</b>.mp4');
    assert.equal(button.dir, 'auto');
});

test('a folder that is opened, and the last films of a folder, take the focus of the button that is gone', async () => {
    globalThis.fetch = async (url) => {
        const query = new URL(url).searchParams;
        const at = query.get('folder') + '/' + query.get('offset');
        return Response.json({folders: query.get('folder') ? [] : ['series'], total: 3, complete: true,
            films: (query.get('offset') === '0' ? [1, 2] : [3]).map((i) => ({name: at + i, uri: 'vod://' + i, bytes: 1}))});
    };
    await open();
    await settle();
    $('filmsMore').focus();
    $('filmsMore').click();
    await settle();
    assert.equal(document.activeElement.textContent, '/23');
    const [folder] = $('filmsList').children[0].children;
    folder.click();
    await settle();
    assert.equal(document.activeElement, $('filmsPath').children.at(-1));
    assert.equal(document.activeElement.textContent, 'series');
    $('filmsPath').children[0].click();
    await settle();
    assert.equal(document.activeElement.textContent, 'series/', 'the first row');
});

test('link, frame and REST call can be copied, and shared where the browser can', async () => {
    const shared = [];
    navigator.share = async (what) => shared.push(what);
    await open('?streamName=vod://film.mp4');
    for (const id of ['exampleLink', 'exampleEmbed', 'exampleRest']) {
        const [copy, share] = $(id + 'Buttons').children;
        assert.equal(copy.textContent, 'Copy');
        share.click();
    }
    assert.match(shared[0].url, /^http:\/\/films\.example\.org:8081\/\?/);
    assert.match(shared[1].text, /<iframe/);
    assert.match(shared[2].text, /^curl/);
});

test('a text that is copied twice says so, and is to be copied again', async () => {
    navigator.clipboard = {writeText: async () => {}};
    await open();
    const [copy] = $('exampleLinkButtons').children;
    for (let i = 0; i < 2; i++) {
        copy.click();
        await settle();
        assert.equal(copy.textContent, 'Copied');
        pass(1500);
    }
    assert.equal(copy.textContent, 'Copied', 'the second time counts');
    pass(1500);
    assert.equal(copy.textContent, 'Copy');
    assert.equal(copy.attributes['aria-label'], 'Copy: link');
});

test('another server is in the page\'s address as long as it is the one that is asked', async () => {
    await open('?urlServer=ws://wcs.example.org:8080');
    await start();
    assert.match(location.search, /urlServer=/);
    await start();
    $('url').value = 'ws://films.example.org:8081/ws';
    await start();
    assert.doesNotMatch(location.search, /urlServer=/);
});

test('an untrusted certificate is explained with a link to accept it', async () => {
    await open('', 'https://films.example.org:8444/');
    await start();
    FakeWebSocket.last.break();
    assert.equal($('info').textContent, 'Server not reachable');
    const link = $('adviceText').children.flatMap((p) => p.children).find((child) => child.tagName === 'A');
    assert.equal(link.href, 'https://films.example.org:8444/');
});

test('where the page\'s own WebSocket does not come, its proxy is thought of; elsewhere host, port and firewall are', async () => {
    await open();
    await start();
    FakeWebSocket.last.break();
    assert.match($('adviceText').text, /A proxy .* Upgrade and Connection/);
    assert.doesNotMatch($('adviceText').text, /firewall/);
    await open('?urlServer=ws://wcs.example.org:8080');
    await start();
    FakeWebSocket.last.break();
    assert.doesNotMatch($('adviceText').text, /proxy/);
    assert.match($('adviceText').text, /firewall/);
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
    assert.equal($('waitText').textContent, 'No picture has come yet. The server\'s log may say why.');
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

test('sound is still asked for when an interruption is over, and no more when the browser lets it be', async () => {
    FakeVideo.forbidsSound = true;
    await playing(5);
    await interrupt();
    assert.equal($('unmuteBtn').hidden, true);
    receive(2000);
    pass(500);
    await settle();
    assert.equal($('unmuteBtn').hidden, false);
    await say('STOPPED');
    assert.equal($('unmuteBtn').hidden, true);
    FakeVideo.forbidsSound = false;
    await start();
    await film();
    await say('PLAYING');
    assert.equal($('unmuteBtn').hidden, true);
    assert.equal($('muteBtn').attributes['aria-pressed'], 'false');
});

test('the server\'s remark is still there after an interruption, and after a slow network', async () => {
    await playing(5);
    const remark = 'Audio track 2 is left out';
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream');
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status: 'PLAYBACK_PROBLEM', info: remark});
    await settle();
    assert.equal($('remark').textContent, remark);
    await interrupt();
    receive(2000);
    pass(500);
    await settle();
    assert.equal($('remark').textContent, remark);
    FakeWebSocket.last.say('notifyStreamEvent', {mediaSessionId, type: 'notEnoughBandwidth', payload: {info: '2500000/1200000'}});
    await settle();
    assert.match($('remark').textContent, /Slow network/);
    for (let i = 0; i < 30; i++) {
        receive(3000 + i);
        pass(500);
        await settle();
    }
    assert.equal($('remark').textContent, remark);
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
        const {info: kept, advice} = explainStream(info, 'vod://a.mp4', location);
        assert.equal(kept, info);
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
    assert.equal($('stage').dataset.state, 'interrupted', 'there is no third way: it is tried again');
    pass(300);
    await settle();
    const again = FakeWebSocket.last.heard('playStream').at(-1);
    assert.equal(again.mediaProvider, 'MSE', 'what did not get through is not tried again');
    assert.deepEqual(again.custom, {start: 12.5});
});

test('a browser that takes no H.264 by WebRTC gets it over the WebSocket', async () => {
    await open();
    await start();
    await establish();
    await say('FAILED', 'No common codecs');
    assert.equal(FakeWebSocket.last.heard('playStream')[1].mediaProvider, 'MSE');
    assert.match($('remark').textContent, /no H\.264 by WebRTC/);
    await say('PLAYING');
    assert.match($('remark').textContent, /no H\.264 by WebRTC/, 'as long as it plays so');
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

/** A film that plays, at that second. */
async function playing(seconds, name = 'vod://film.mp4') {
    await open('?streamName=' + encodeURIComponent(name));
    await start();
    await establish();
    const video = await film();
    await say('PLAYING');
    video.readyState = 2;
    video.currentTime = seconds;
    video.dispatchEvent(new Event('playing'));
    pass(1000);
    await settle();
    return video;
}

/** Nothing comes any more of what plays. */
async function interrupt() {
    receive(1000);
    for (let i = 0; i < 5; i++) {
        pass(500);
        await settle();
    }
    assert.equal($('stage').dataset.state, 'interrupted');
}

/** Bytes that came for the newest stream, in all. */
function receive(bytes) {
    FakePeerConnection.last.report = new Map([['v', {type: 'inbound-rtp', kind: 'video', bytesReceived: bytes}]]);
}

test('after a server that starts anew a film goes on at its second, without a click', async () => {
    await playing(20);
    FakeWebSocket.last.drop();
    await settle();
    assert.equal($('stage').dataset.state, 'interrupted');
    assert.match($('say').textContent, /Trying again/);
    assert.equal($('playBtn').textContent, 'Stop');
    for (let i = 0; i < 8; i++) {
        pass(1200);
        FakeWebSocket.last.break();
        await settle();
        assert.equal($('stage').dataset.state, 'interrupted');
    }
    const attempts = FakeWebSocket.all.length;
    pass(1200);
    assert.equal(FakeWebSocket.all.length, attempts + 1, 'a second later it is tried again');
    await establish();
    assert.deepEqual(FakeWebSocket.last.heard('playStream')[0].custom, {start: 20});
    const video = await film();
    await say('PLAYING');
    video.dispatchEvent(new Event('playing'));
    assert.equal($('stage').dataset.state, 'playing');
});

test('a broadcast is joined again where it is by now', async () => {
    await playing(20, 'vod-live://film.mp4');
    await say('STOPPED', 'Requested stream shutdown');
    assert.equal($('stage').dataset.state, 'interrupted');
    FakeWebSocket.last.drop(true);
    await settle();
    pass(300);
    await establish();
    assert.equal(FakeWebSocket.last.heard('playStream')[0].custom, undefined);
});

test('where there are several servers, a film goes on at its second on another one', async () => {
    const asked = [];
    globalThis.fetch = async (url) => {
        if (!String(url).endsWith('/loadbalancer')) {
            throw new TypeError('nobody answers');
        }
        asked.push(String(url));
        return String(url).includes('films.example.org')
            ? Response.json({server: 'films.example.org', ws: '8080', wss: '8443',
                nodes: ['http://b.example.org:8081/loadbalancer', 'http://c.example.org:8081/loadbalancer']})
            : String(url).includes('b.example.org') ? new Response('', {status: 503})
                : Response.json({server: 'c.example.org', ws: '8080', wss: '8443', nodes: []});
    };
    await playing(20);
    await settle();
    assert.deepEqual(asked, ['http://films.example.org:8081/loadbalancer']);
    FakeWebSocket.last.drop();
    await settle();
    pass(300);
    await settle();
    assert.equal(FakeWebSocket.last.url, 'ws://c.example.org:8080');
    await establish();
    assert.deepEqual(FakeWebSocket.last.heard('playStream')[0].custom, {start: 20});
});

test('when no other server answers, it is the same one that is tried again', async () => {
    globalThis.fetch = async (url) => {
        if (String(url) === 'http://films.example.org:8081/loadbalancer') {
            return Response.json({server: 'films.example.org', ws: '8080', wss: '8443', nodes: ['http://b.example.org:8081/loadbalancer']});
        }
        throw new TypeError('nobody answers');
    };
    await playing(20);
    await settle();
    const first = FakeWebSocket.last.url;
    FakeWebSocket.last.drop();
    await settle();
    pass(300);
    await settle();
    assert.equal(FakeWebSocket.last.url, first);
    await establish();
    assert.deepEqual(FakeWebSocket.last.heard('playStream')[0].custom, {start: 20});
});

test('a name that has vanished meanwhile is said, and tried on', async () => {
    await playing(20);
    FakeWebSocket.last.drop();
    await settle();
    pass(300);
    await establish();
    await say('FAILED', 'File not found');
    assert.match($('say').textContent, /film\.mp4 is not there any more\. Trying again/);
    pass(500);
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').length, 2);
});

test('Stop ends the attempts', async () => {
    await playing(20);
    FakeWebSocket.last.drop();
    await settle();
    await start();
    assert.equal($('stage').dataset.state, 'idle');
    const sockets = FakeWebSocket.all.length;
    pass(60_000);
    await settle();
    assert.equal(FakeWebSocket.all.length, sockets);
});

test('two seconds without anything are said, and over when something comes', async () => {
    const video = await playing(5);
    await interrupt();
    assert.equal($('say').textContent, 'Connection interrupted');
    video.currentTime = 9;
    pass(500);
    await settle();
    assert.equal($('elapsed').textContent, '0:05', 'the clock waits too');
    receive(2000);
    pass(500);
    await settle();
    assert.equal($('stage').dataset.state, 'playing');
});

test('a film that has become shorter meanwhile begins anew, and that is said', async () => {
    await playing(20);
    FakeWebSocket.last.drop();
    await settle();
    pass(300);
    await establish();
    await say('FAILED', 'Start is outside the film');
    pass(500);
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').at(-1).custom, undefined);
    const video = await film();
    await say('PLAYING');
    video.dispatchEvent(new Event('playing'));
    assert.equal($('remark').textContent, 'The film has become shorter and began anew.');
});

test('after ten seconds without anything it is tried anew', async () => {
    await playing(5);
    receive(1000);
    for (let i = 0; i < 22; i++) {
        pass(500);
        await settle();
    }
    assert.equal(FakeWebSocket.all.length, 2);
    await establish();
    assert.deepEqual(FakeWebSocket.last.heard('playStream')[0].custom, {start: 5});
});

test('advice about firewalls is for those who never saw a picture', async () => {
    delete globalThis.MediaSource;
    await open();
    await start();
    await establish();
    await say('FAILED', 'Failed by ICE timeout');
    assert.match($('adviceText').text, /media_port_from/);
    install();
    delete globalThis.MediaSource;
    await playing(5);
    await say('FAILED', 'Failed by ICE keep alive');
    assert.equal($('stage').dataset.state, 'interrupted');
});

test('a blank name is refused at once', async () => {
    await open();
    $('streamName').value = '   ';
    await start();
    assert.match($('streamName').fault, /name/);
    assert.equal(FakeWebSocket.all.length, 0);
});

test('a bare file name that is no stream is taken for a film', async () => {
    await open('?streamName=film.mp4');
    await start();
    await establish();
    await say('FAILED', 'Stream not found');
    assert.equal(FakeWebSocket.last.heard('playStream')[1].name, 'vod://film.mp4');
    assert.equal($('streamName').value, 'vod://film.mp4');
});

test('the server\'s sentence comes first, and its command can be copied', async () => {
    await open('?streamName=vod://film.mkv');
    await start();
    await establish();
    const [{mediaSessionId}] = FakeWebSocket.last.heard('playStream');
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status: 'FAILED', info: 'File has wrong format',
        reason: 'This is Matroska. Make it an MP4: ffmpeg -i film.mkv -c copy film.mp4'});
    await settle();
    const [sentence, command] = $('adviceText').children;
    assert.equal(sentence.text, 'This is Matroska. Make it an MP4:');
    const [code, copy] = command.children[0].children;
    assert.equal(code.text, 'ffmpeg -i film.mkv -c copy film.mp4');
    assert.equal(copy.textContent, 'Copy');
    assert.equal($('adviceText').children.length, 2, 'and no other cure');
});

test('without a sentence the cure has the film\'s name, and copies before it encodes', () => {
    const {advice} = explainStream('File has wrong format', 'vod://a b/it\'s.mkv', location);
    const commands = advice.flat().filter((part) => part.command).map((part) => part.command);
    assert.match(commands[0], /^ffmpeg -i 'it'\\''s\.mkv' -c copy /);
    assert.match(commands[1], /-c:v libx264/);
});

test('volume, mute and name are kept for the next visit', async () => {
    const kept = new Map();
    globalThis.localStorage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text)};
    await open();
    $('streamName').value = 'vod://other.mp4';
    $('volumeControl').value = '70';
    $('volumeControl').dispatchEvent(new Event('input'));
    $('muteBtn').click();
    await start();
    assert.equal(location.search, '?streamName=vod%3A%2F%2Fother.mp4');
    await open();
    assert.equal($('streamName').value, 'vod://other.mp4');
    assert.equal($('volumeControl').value, 70);
    assert.equal($('muteBtn').attributes['aria-pressed'], 'true');
});

test('keys act inside the player alone', async () => {
    await open();
    await start();
    happen('keydown', 'stage', {key: 'm'});
    assert.equal($('muteBtn').attributes['aria-pressed'], 'true');
    happen('keydown', 'stage', {key: '?'});
    assert.equal($('keys').open, true);
});

/** Something in the stage, such as a key, on that element of it. @returns {Event} */
function happen(type, id, what) {
    const event = Object.assign(new Event(type, {cancelable: true}), what);
    Object.defineProperty(event, 'target', {value: $(id)});
    $('stage').dispatchEvent(event);
    return event;
}

test('a key that is held down acts once; arrows go on', async () => {
    await open();
    happen('keydown', 'stage', {key: 'm'});
    const held = happen('keydown', 'stage', {key: 'm', repeat: true});
    assert.equal($('muteBtn').attributes['aria-pressed'], 'true');
    assert.equal(held.defaultPrevented, true, 'nor does a held Space scroll the page');
    happen('keydown', 'stage', {key: 'ArrowUp'});
    happen('keydown', 'stage', {key: 'ArrowUp', repeat: true});
    assert.equal($('volumeControl').value, 60);
});

test('arrows and Space scroll the advice, and a double click there is not for the picture', async () => {
    await open();
    $('stage').requestFullscreen = async () => { $('stage').isFull = true; };
    for (const key of ['ArrowUp', 'ArrowDown', ' ']) {
        assert.equal(happen('keydown', 'advice', {key}).defaultPrevented, false, key);
    }
    assert.equal($('volumeControl').value, 50);
    assert.equal(FakeWebSocket.all.length, 0);
    happen('dblclick', 'advice');
    assert.equal($('stage').isFull, undefined);
    happen('dblclick', 'remoteVideo');
    assert.equal($('stage').isFull, true);
});

test('full screen is offered where the browser has it', async () => {
    await open();
    assert.equal($('fullScreenBtn').hidden, true);
    document.fullscreenEnabled = true;
    await open();
    assert.equal($('fullScreenBtn').hidden, false);
});

test('sound that is turned on is heard, at a volume of 0 too', async () => {
    await open();
    $('volumeControl').value = '0';
    $('volumeControl').dispatchEvent(new Event('input'));
    assert.equal($('muteBtn').attributes['aria-pressed'], 'true');
    $('muteBtn').click();
    assert.equal($('muteBtn').attributes['aria-pressed'], 'false');
    assert.equal($('volumeControl').value, 50);
});

test('buttons on the picture that go away leave the focus to the player', async () => {
    await open();
    for (const id of ['bigPlay', 'againBtn', 'retryBtn', 'unmuteBtn']) {
        $(id).focus();
        $(id).click();
        assert.equal(document.activeElement.id, 'stage', id);
    }
    document.activeElement = {closest: (selector) => (selector === '.controls' ? {} : null)};
    await establish();
    await say('FAILED', 'File not found');
    assert.equal(document.activeElement.id, 'stage', 'a failure takes the controls away');
});

test('the keys of a headset start what is stopped and stop what plays', async () => {
    const keys = {};
    navigator.mediaSession = {setActionHandler: (name, action) => { keys[name] = action; }};
    await open();
    keys.stop();
    assert.equal($('status').textContent, '', 'nothing to stop');
    keys.play();
    await establish();
    keys.play();
    await settle();
    assert.equal(FakeWebSocket.last.heard('playStream').length, 1);
    await film();
    await say('PLAYING');
    keys.pause();
    assert.equal($('stage').dataset.state, 'stopping');
    await say('STOPPED', 'Stopped by publisher stop');
    keys.stop();
    assert.equal($('stage').dataset.state, 'over', 'it is over already');
});

test('the controls leave after three seconds of a film, and come back', async () => {
    await playing(1);
    $('stage').dispatchEvent(new Event('pointermove'));
    pass(3000);
    assert.equal($('stage').dataset.quiet, 'true');
    $('stage').dispatchEvent(new Event('pointermove'));
    assert.equal($('stage').dataset.quiet, undefined);
});

test('the controls leave if nobody touches the player at all, and are back when it plays no more', async () => {
    await playing(1);
    pass(2000);
    assert.equal($('stage').dataset.quiet, 'true');
    FakeWebSocket.last.drop();
    await settle();
    assert.equal($('stage').dataset.quiet, undefined);
});

test('a mouse that leaves takes the controls along, a finger that is lifted does not', async () => {
    await playing(1);
    happen('pointerdown', 'stage', {pointerType: 'touch'});
    happen('pointerleave', 'stage', {pointerType: 'touch'});
    pass(2900);
    assert.equal($('stage').dataset.quiet, undefined);
    happen('pointerleave', 'stage', {pointerType: 'mouse'});
    pass(1000);
    assert.equal($('stage').dataset.quiet, 'true');
});

test('pauses grow, and a server that starts is found within a second and a bit', () => {
    const pauses = [0, 1, 2, 5, 119, 121, 125, 200].map((attempt) => pauseMs(attempt, 1));
    assert.deepEqual(pauses, [...pauses].sort((a, b) => a - b));
    assert.ok(pauseMs(100, 1) <= 1100);
    assert.ok(pauseMs(1000, 0) >= 13_000 && pauseMs(1000, 1) <= 17_000);
});
