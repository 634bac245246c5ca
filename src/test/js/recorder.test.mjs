import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import {level} from '../../../webapp/js/levelmeter.js';
import {megabytes} from '../../../webapp/js/elements.js';
import {playerUrl, recordsUrl} from '../../../webapp/js/recordings.js';
import {FakeMediaStream, FakePeerConnection, FakeTrack, FakeWebSocket, install, pass, settle} from './fakes.mjs';
import {Page} from './page.mjs';

const page = new Page('recorder.html');
const $ = (id) => page.element(id);
let kept;
let answers;
let opened;

async function open(href = 'https://host:8444/recorder.html', search = '') {
    await page.open('recorder.js', search, href);
    $('picture').value = '1280x720';
}

async function press() {
    $('source').dispatchEvent(new Event('submit', {cancelable: true}));
    await settle();
}

async function record() {
    await press();
    FakeWebSocket.last.accept();
    FakeWebSocket.last.say('getUserData', {authToken: 't'});
    await settle();
}

function say(status, more) {
    const [{mediaSessionId}] = FakeWebSocket.last.heard('publishStream').slice(-1);
    FakeWebSocket.last.say('notifyStreamStatusEvent', {mediaSessionId, status, ...more});
    return settle();
}

beforeEach(() => {
    kept = new Map();
    answers = new Map();
    opened = [];
    install({userMedia: async (wish) => {
        opened.push(new FakeMediaStream(
            ['audio', 'video'].filter((kind) => wish[kind]).map((kind) => new FakeTrack(kind))));
        return opened.at(-1);
    }});
    FakeMediaStream.prototype.getAudioTracks = () => [];
    globalThis.localStorage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text)};
    globalThis.fetch = async (href) => answers.get(href)
        ?? {status: 200, headers: new Headers({'content-length': '3400000'})};
});

test('from Record to the link of the recording', async () => {
    await open();
    assert.match($('streamName').value, /^[0-9a-f]{8}$/);
    const name = $('streamName').value;
    await record();
    const [request] = FakeWebSocket.last.heard('publishStream');
    assert.equal(request.name, name);
    assert.equal(request.record, true);
    assert.equal($('waitText').textContent, 'Opening camera and microphone');
    await say('PUBLISHING');
    assert.equal($('publishBtn').textContent, 'Stop');
    FakePeerConnection.last.report = new Map([['v', {type: 'outbound-rtp', kind: 'video', bytesSent: 2_100_000}]]);
    pass(65_000 / 5);
    await settle();
    assert.equal($('elapsed').textContent, '0:13');
    assert.equal($('size').textContent, '2.1 MB');
    await press();
    assert.equal($('waitText').textContent, 'Finishing the recording');
    await press();
    assert.equal(FakeWebSocket.last.heard('unPublishStream').length, 1);
    await say('UNPUBLISHED', {recordName: 'stream-1.mp4'});
    assert.equal($('status').textContent, 'UNPUBLISHED');
    assert.equal($('downloadDiv').hidden, false);
    assert.equal($('link').href, 'https://host:8444/client/records/stream-1.mp4');
    assert.equal($('recVideo').src, 'https://host:8444/client/records/stream-1.mp4');
    assert.match($('playLink').href, /vod%3A%2F%2Fstream-1\.mp4/);
    assert.match($('recordings').text, new RegExp(name + '.*3\\.4 MB.*PlayDownloadRemove'));
    assert.notEqual($('streamName').value, name, 'the next one has a name of its own');
});

test('recordings are remembered, and those that are gone lose their links', async () => {
    const one = {file: 'a.mp4', href: 'https://host:8444/client/records/a.mp4', title: 'a', socketUrl: 'wss://host',
        atMs: 0, seconds: 3};
    kept.set('reelcast.recordings', JSON.stringify([one, {...one, file: 'b.mp4', href: 'b', title: 'b'}]));
    answers.set('b', {status: 404, headers: new Headers()});
    await open();
    await settle();
    const [first, second] = $('recordings').children;
    assert.match(first.text, /0:03.*Download/);
    assert.match(second.text, /no longer on the serverRemove/);
    second.children[1].children[0].click();
    assert.equal(JSON.parse(kept.get('reelcast.recordings')).length, 1);
});

test('what another tab records is listed, and neither takes the other\'s off the list', async () => {
    await open();
    const other = {file: 'b.mp4', href: 'https://host/b.mp4', title: 'b', socketUrl: 'wss://host', atMs: 0, seconds: 3};
    kept.set('reelcast.recordings', JSON.stringify([other]));
    window.dispatchEvent(new Event('storage'));
    assert.match($('recordings').text, /b.*Play/);
    kept.set('reelcast.recordings', JSON.stringify([{...other, file: 'c.mp4', href: 'https://host/c.mp4', title: 'c'}, other]));
    await record();
    await say('PUBLISHING');
    await press();
    await say('UNPUBLISHED', {recordName: 'a.mp4'});
    assert.deepEqual(JSON.parse(kept.get('reelcast.recordings')).map(({file}) => file), ['a.mp4', 'c.mp4', 'b.mp4']);
});

test('where the browser keeps nothing the list lasts as long as the page', async () => {
    globalThis.localStorage = {getItem() { throw new Error('blocked'); }, setItem() { throw new Error('blocked'); }};
    await open();
    for (const recordName of ['a.mp4', 'b.mp4']) {
        await record();
        await say('PUBLISHING');
        await press();
        await say('UNPUBLISHED', {recordName});
        FakeWebSocket.last.drop();
    }
    assert.equal($('recordings').children.length, 2);
});

test('the preview shows camera and microphone, and the recording takes them as they are', async () => {
    await open();
    $('previewBtn').click();
    await settle();
    assert.equal($('preview').hidden, false);
    assert.equal($('preview').srcObject, opened[0]);
    assert.match($('say').textContent, /nothing is recorded/);
    assert.equal($('publishBtn').textContent, 'Record');
    await record();
    assert.equal(opened.length, 1, 'the camera is not opened anew');
    assert.equal($('preview').hidden, true);
    assert.equal($('localVideo').children[0].srcObject, opened[0]);
    await say('PUBLISHING');
    $('previewBtn').click();
    assert.equal($('previewBtn').attributes['aria-disabled'], 'true');
    await press();
    await say('UNPUBLISHED', {recordName: 'a.mp4'});
    assert.ok(opened[0].getTracks().every((track) => track.stopped), 'the camera is off');
});

test('the preview follows the chosen devices, and is switched off', async () => {
    await open();
    $('previewBtn').click();
    await settle();
    $('camera').value = 'none';
    const chosen = new Event('change');
    Object.defineProperty(chosen, 'target', {value: $('camera')});
    $('source').dispatchEvent(chosen);
    await settle();
    assert.ok(opened[0].getTracks().every((track) => track.stopped));
    assert.deepEqual($('preview').srcObject.getTracks().map(({kind}) => kind), ['audio']);
    $('previewBtn').click();
    assert.ok(opened[1].getTracks().every((track) => track.stopped));
    assert.equal($('preview').hidden, true);
    assert.equal($('previewBtn').textContent, 'Preview');
});

test('a preview that is stopped while the browser asks opens nothing', async () => {
    await open();
    $('previewBtn').click();
    await press();
    assert.equal(opened.length, 1);
    assert.ok(opened[0].getTracks().every((track) => track.stopped));
    assert.equal($('preview').hidden, true);
    assert.equal($('stage').dataset.state, 'idle');
});

test('a camera that is pulled out ends the preview, and the recording only when no microphone is left', async () => {
    await open();
    $('previewBtn').click();
    await settle();
    opened[0].getTracks()[1].unplug();
    assert.equal($('preview').hidden, true);
    assert.equal($('remark').textContent, 'The camera is gone');
    await record();
    await say('PUBLISHING');
    const [microphone, camera] = opened[1].getTracks();
    camera.unplug();
    assert.match($('remark').textContent, /camera is gone\. The recording goes on/);
    assert.equal(FakeWebSocket.last.heard('unPublishStream').length, 0);
    microphone.unplug();
    assert.equal(FakeWebSocket.last.heard('unPublishStream').length, 1);
    await say('UNPUBLISHED', {recordName: 'a.mp4'});
    assert.match($('remark').textContent, /microphone is gone\. What was recorded until then is kept/);
    assert.equal($('downloadDiv').hidden, false);
});

test('a recording is downloaded under the name that was typed', async () => {
    await open();
    $('streamName').value = 'Gespräch 1';
    await record();
    await say('PUBLISHING');
    await press();
    await say('UNPUBLISHED', {recordName: 'stream-1.mp4'});
    assert.equal($('link').download, 'Gespräch 1.mp4');
    assert.equal($('link').title, 'stream-1.mp4');
    const [, download] = $('recordings').children[0].children[1].children;
    assert.equal(download.download, 'Gespräch 1.mp4');
});

test('a name that no recording can have is explained as one', async () => {
    await open();
    $('streamName').value = 'vod://x';
    await record();
    await say('FAILED', {info: 'Bad URI', reason: "'vod://x' is no name for a stream"});
    assert.match($('adviceText').text, /no name for a stream.*without :\/\//);
    assert.doesNotMatch($('adviceText').text, /film/);
});

test('a spoilt memory is an empty list', async () => {
    for (const text of ['{', '{"a":1}', '[null,7]']) {
        kept.set('reelcast.recordings', text);
        await open();
        assert.equal($('noRecordings').hidden, false);
    }
});

test('a refusal of the server is explained and Record is there again', async () => {
    await open();
    $('streamName').value = 'talk';
    await record();
    await say('FAILED', {info: 'Stream name is already in use'});
    assert.equal($('info').textContent, 'Stream name is already in use');
    assert.match($('adviceText').text, /talk.*another name/);
    assert.equal($('publishBtn').textContent, 'Record');
    assert.equal($('downloadDiv').hidden, true);
});

test('a server that cannot record and says nothing is given up', async () => {
    await open();
    await record();
    pass(20_000);
    assert.match($('info').textContent, /did not answer in time/);
});

test('a connection lost while recording says where the recording is', async () => {
    await open();
    await record();
    await say('PUBLISHING');
    FakeWebSocket.last.drop();
    assert.match($('adviceText').text, /kept in the server's folder/);
});

test('a server that wrote nothing is not praised', async () => {
    await open();
    await record();
    await say('PUBLISHING');
    await press();
    await say('UNPUBLISHED');
    assert.equal($('info').textContent, 'The server wrote no recording.');
    assert.equal($('downloadDiv').hidden, true);
});

test('a recording that fails under way is told at once, and what there is of it is offered', async () => {
    await open();
    await record();
    await say('PUBLISHING');
    const [{mediaSessionId}] = FakeWebSocket.last.heard('publishStream').slice(-1);
    const info = "Recording failed: the server's disk is full";
    FakeWebSocket.last.say('notifyStreamEvent', {mediaSessionId, type: 'recordingFailed',
        payload: {info, recordName: 'stream-1.mp4'}});
    await settle();
    assert.equal($('info').textContent, info);
    assert.equal($('status').textContent, 'PUBLISHING');
    assert.equal($('publishBtn').textContent, 'Stop');
    await press();
    await say('UNPUBLISHED', {info, recordName: 'stream-1.mp4'});
    assert.equal($('info').textContent, info + '. What was recorded until then is kept.');
    assert.equal($('link').href, 'https://host:8444/client/records/stream-1.mp4');
});

test('on an insecure page the link to the server\'s own https port is shown', async () => {
    globalThis.fetch = async () => Response.json({version: '1.2.3', commit: 'abc', ports: {http: 9081, https: 9444}});
    await open('http://192.168.1.7:9081/recorder.html');
    await settle();
    assert.equal($('insecure').hidden, false);
    assert.equal($('secureLink').href, 'https://192.168.1.7:9444/recorder.html');
    assert.equal($('version').textContent, 'Reelcast 1.2.3 (abc)');
    await open('http://localhost:8081/recorder.html');
    assert.equal($('insecure').hidden, true);
});

test('sound only asks for no camera', async () => {
    await open();
    $('camera').value = 'none';
    await record();
    assert.deepEqual(FakePeerConnection.last.transceivers.map((t) => t.kind), ['audio']);
});

test('records are on the page\'s own origin, or on the web port of another host', () => {
    const here = new URL('http://host:8081/recorder.html');
    assert.equal(recordsUrl('ws://host:8080/abc', here), 'http://host:8081/client/records/');
    assert.equal(recordsUrl('wss://other:8443', here), 'https://other:8444/client/records/');
    assert.equal(playerUrl('a b.mp4', 'ws://h:1'),
        './?streamName=vod%3A%2F%2Fa+b.mp4&urlServer=ws%3A%2F%2Fh%3A1&autoplay=true');
});

test('sizes are read at a glance', () => {
    assert.deepEqual([0, 1499, 999_499, 999_500, 3_400_000].map(megabytes),
        ['0 kB', '1 kB', '999 kB', '1.0 MB', '3.4 MB']);
});

test('the level is 0 in silence, 100 for a full sine, half at -30 dB', () => {
    const sine = (peak) => Float32Array.from({length: 2048}, (_, i) => peak * Math.sin(i * Math.PI / 16));
    assert.equal(level(sine(0)), 0);
    assert.ok(Math.abs(level(sine(1)) - 100) < 0.1);
    assert.ok(Math.abs(level(sine(10 ** -1.5)) - 50) < 0.1);
});
