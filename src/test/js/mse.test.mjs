import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import Flashphoner, {STREAM_STATUS} from '../../../webapp/sdk/index.js';
import {fragment, initialisation, pictureTrack, soundTrack} from '../../../webapp/sdk/fmp4.js';
import {records} from '../../../webapp/sdk/records.js';
import {pictureSize} from '../../../webapp/sdk/sps.js';
import {FakeElement, FakeMediaSource, FakeWebSocket, install, settle} from './fakes.mjs';

const hex = (text) => Uint8Array.from(text.replace(/ /g, '').match(/../g), (byte) => parseInt(byte, 16));
const HIGH_SPS = hex('6764001facd9405005bb0110000003001000000303c0f1831960');
const PPS = hex('68ebe3cb22c0');
const AVCC = hex('0164001fffe1001a' + Buffer.from(HIGH_SPS).toString('hex') + '010006'
    + Buffer.from(PPS).toString('hex'));
const AAC = hex('1190');

/** The boxes, each with those in it, as `type` or `type(...)`. */
function boxes(bytes, from = 0, to = bytes.length) {
    const found = [];
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = from; at < to;) {
        const size = view.getUint32(at);
        assert.ok(size >= 8 && at + size <= to, 'a box of ' + size + ' bytes');
        const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
        const within = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'mvex', 'moof', 'traf'].includes(type);
        found.push(within ? type + '(' + boxes(bytes, at + 8, at + size) + ')' : type);
        at += size;
    }
    return found.join(' ');
}

function record(type, timeMs, body) {
    const bytes = new Uint8Array(9 + body.length);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, type);
    view.setInt32(1, timeMs);
    view.setUint32(5, body.length);
    bytes.set(body, 9);
    return bytes;
}

function message(...parts) {
    return Uint8Array.from(parts.flatMap((part) => [...part])).buffer;
}

const START = message(record(8, 0, hex('00 1190')), record(9, 0, hex('1700000000' + Buffer.from(AVCC).toString('hex'))),
    record(9, 0, hex('1701000000 00000002 6588')), record(8, 0, hex('01 aabb')), record(8, 21, hex('01 cc')),
    record(9, 40, hex('2701000000 00000002 419a')));

test('a message is taken apart into its records', () => {
    const found = records(START);
    assert.deepEqual(found.map(({isPicture, isConfig, isKey, timeMs}) => [isPicture, isConfig, isKey, timeMs]), [
        [false, true, true, 0], [true, true, true, 0], [true, false, true, 0], [false, false, true, 0],
        [false, false, true, 21], [true, false, false, 40]]);
    assert.deepEqual([...found[2].bytes], [...hex('00000002 6588')]);
    assert.deepEqual([...found[3].bytes], [0xaa, 0xbb]);
});

test('parameter sets say the picture\'s size, cropped', () => {
    assert.deepEqual(pictureSize(HIGH_SPS), [1280, 720]);
    assert.deepEqual(pictureSize(hex('6742c01eda0280bfe5c044000003000400000300f03c58ba80')), [640, 360]);
});

test('what a SourceBuffer is given has all boxes that it needs', () => {
    const whole = 'ftyp moov(mvhd trak(tkhd mdia(mdhd hdlr minf(XX dinf stbl(stsd stts stsc stco stsz)))) mvex(trex))';
    assert.equal(boxes(initialisation(pictureTrack(AVCC))), whole.replace('XX', 'vmhd'));
    assert.equal(boxes(initialisation(soundTrack(AAC))), whole.replace('XX', 'smhd'));
    assert.equal(pictureTrack(AVCC).mime, 'video/mp4; codecs="avc1.64001F"');
    assert.equal(soundTrack(AAC).mime, 'audio/mp4; codecs="mp4a.40.2"');
    assert.equal(soundTrack(AAC).timescale, 48000);
    const samples = [{duration: 40, key: true, bytes: hex('0102')}, {duration: 41, key: false, bytes: hex('03')}];
    const written = fragment(7, 2 ** 33 + 5, samples);
    assert.equal(boxes(written), 'moof(mfhd traf(tfhd tfdt trun)) mdat');
    assert.deepEqual([...written.subarray(-3)], [1, 2, 3]);
    const trun = new DataView(written.buffer, Buffer.from(written).indexOf('trun') + 4);
    assert.equal(trun.getUint32(8), written.length - 3, 'the data offset');
    assert.deepEqual([0, 1, 2, 3, 4, 5].map((i) => trun.getUint32(12 + 4 * i)),
        [40, 2, 0x02000000, 41, 1, 0x01010000]);
});

let session;
let server;
let display;

beforeEach(() => {
    install();
    session = Flashphoner.createSession({urlServer: 'ws://host:8080'});
    server = FakeWebSocket.last;
    server.accept();
    server.say('getUserData', {authToken: 'secret'});
    display = new FakeElement('div');
});

async function play(sdp) {
    const stream = session.createStream({name: 'vod://film.mp4', display, mediaProvider: 'MSE'});
    stream.play();
    await settle();
    FakeMediaSource.last.open();
    server.say('setRemoteSDP', stream.id(), sdp);
    await settle();
    FakeWebSocket.last.accept();
    server.say('notifyStreamStatusEvent', {mediaSessionId: stream.id(), status: 'PLAYING'});
    return stream;
}

test('a stream by MSE comes over a socket of its own and into SourceBuffers', async () => {
    const stream = await play('v=0\r\nm=video 9 RTP/AVP 112\r\nm=audio 9 RTP/AVP 108\r\n');
    const [asked] = server.heard('playStream');
    assert.equal(asked.mediaProvider, 'MSE');
    assert.match(asked.sdp, /m=video 0 /);
    const media = FakeWebSocket.last;
    assert.notEqual(media, server);
    assert.deepEqual(media.heard('connectMediaTransport'), [{authToken: 'secret'}]);
    assert.equal(stream.status(), STREAM_STATUS.PLAYING);
    media.raw(START);
    media.say('ping');
    assert.equal(media.heard('pong').length, 1);
    const [video, audio] = FakeMediaSource.last.buffers;
    assert.equal(video.mime, 'video/mp4; codecs="avc1.64001F"');
    assert.match(boxes(video.appended[0]), /^ftyp moov\(.*\) moof\(.*\) mdat$/);
    assert.match(boxes(audio.appended[0]), /^ftyp moov\(.*\) moof\(.*\) mdat$/);
    media.raw(message(record(9, 80, hex('2701000000 00000002 419b'))));
    assert.equal(boxes(video.appended[1]), 'moof(mfhd traf(tfhd tfdt trun)) mdat', 'a picture goes with the next one');
    const element = display.children[0];
    assert.ok(element.src.startsWith('blob:'));
    server.say('notifyStreamStatusEvent', {mediaSessionId: stream.id(), status: 'STOPPED'});
    assert.equal(media.readyState, 3);
    assert.equal(element.src, undefined);
    assert.equal(display.children.length, 0);
});

test('a medium without a port is not waited for', async () => {
    await play('v=0\r\nm=video 0 RTP/AVP 112\r\nm=audio 9 RTP/AVP 108\r\n');
    FakeWebSocket.last.raw(message(record(8, 0, hex('00 1190')), record(8, 0, hex('01 aabb'))));
    assert.deepEqual(FakeMediaSource.last.buffers.map(({mime}) => mime), ['audio/mp4; codecs="mp4a.40.2"']);
});

test('what the browser does not decode is said, and the server hears of it', async () => {
    const stream = await play('v=0\r\nm=video 9 RTP/AVP 112\r\nm=audio 9 RTP/AVP 108\r\n');
    FakeMediaSource.last.refuses = true;
    FakeWebSocket.last.raw(START);
    assert.equal(stream.status(), STREAM_STATUS.FAILED);
    assert.match(stream.getInfo(), /^The browser cannot play what came by MSE/);
    assert.equal(server.heard('stopStream').length, 1);
});
