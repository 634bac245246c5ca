import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import {install, pass, settle} from './fakes.mjs';
import {Page} from './page.mjs';

/** The HLS page, with stand-ins for hls.js and the video. */
const page = new Page('hls.html');
const $ = (id) => page.element(id);

class FakeHls {
    static last = null;
    static Events = {ERROR: 'error'};
    static ErrorTypes = {MEDIA_ERROR: 'media', NETWORK_ERROR: 'network'};
    static isSupported = () => true;
    loads = 0;

    constructor() { FakeHls.last = this; }
    on(_event, tell) { this.tell = tell; }
    loadSource(address) { this.address = address; }
    attachMedia() {}
    startLoad() { this.loads++; }
    destroy() { this.isDestroyed = true; }
    fail(type, what) { this.tell('error', {fatal: true, type, ...what}); }
}

async function open(search, hls = FakeHls) {
    globalThis.Hls = hls;
    document.baseURI = 'http://films.example.org:8081/hls.html';
    FakeHls.last = null;
    await page.open('hlspage.js', search, document.baseURI);
    Object.assign($('video'), {canPlayType: () => 'maybe', currentTime: 0});
}

async function start() {
    $('source').dispatchEvent(new Event('submit', {cancelable: true}));
    await settle();
}

beforeEach(() => install());

test('it starts by itself when it is told to, and only then', async () => {
    await open('?streamName=film.mp4&autoplay=false');
    assert.equal(FakeHls.last, null);
    await open('?streamName=film.mp4&autoplay=true');
    assert.equal(FakeHls.last.address, 'http://films.example.org:8081/hls/vod/film.mp4/index.m3u8');
});

test('a network that is away for a while is waited for', async () => {
    await open();
    await start();
    $('video').currentTime = 12;
    const player = FakeHls.last;
    player.fail('network', {details: 'fragLoadError'});
    assert.equal($('status').textContent, 'Connection interrupted');
    pass(300);
    assert.equal(player.loads, 1);
    player.fail('network', {details: 'fragLoadError'});
    await start();
    pass(20_000);
    assert.equal(player.loads, 1, 'Start begins anew');
});

test('a server that does not answer is said so, with what to do', async () => {
    await open();
    await start();
    FakeHls.last.fail('network', {details: 'manifestLoadError', response: {code: 0}});
    assert.equal($('stage').dataset.state, 'failed');
    assert.match($('adviceText').text, /Check that it still runs/);
});

test('what the server refuses is told in its words, by hls.js and without it', async () => {
    globalThis.fetch = async (url) => (String(url).includes('/hls/') ? new Response('No such film', {status: 404}) : Response.json({}));
    await open();
    await start();
    FakeHls.last.fail('network', {details: 'manifestLoadError', response: {code: 404}, url: FakeHls.last.address});
    await settle();
    assert.equal($('adviceText').text, 'No such film');
    await open('', null);
    await start();
    $('video').dispatchEvent(new Event('error'));
    await settle();
    assert.equal($('adviceText').text, 'No such film');
    assert.equal($('status').textContent, 'Failed');
});

test('"press play" is for a browser that wants a click, and not for what does not play', async () => {
    await open();
    $('video').play = async () => { throw Object.assign(new Error(), {name: 'AbortError'}); };
    await start();
    assert.equal($('status').textContent, 'Loading');
    $('video').play = async () => { throw Object.assign(new Error(), {name: 'NotAllowedError'}); };
    await start();
    assert.equal($('status').textContent, 'Ready');
});
