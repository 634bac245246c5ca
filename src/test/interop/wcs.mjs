// WCS's signalling for clients in JavaScript, in a folder with ws in node_modules; and a film as RTP.
import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {createRequire} from 'node:module';

export const require = createRequire(process.cwd() + '/');
const WebSocket = require('ws');
const ENDS = ['STOPPED', 'UNPUBLISHED', 'FAILED'];

/** What the test reads: the last line. */
function report(counts, end) {
    console.log(JSON.stringify({...counts, status: end.status, info: end.info, record: end.recordName}));
    process.exit(0);
}

/**
 * Plays or publishes by an offer to the end, or for so long, and reports.
 *
 * @param stream {url, name, seconds, published}
 * @param accept takes the answer
 * @param counts pictures and frames of sound so far
 */
export async function run({url, name, seconds, published}, offer, accept, counts) {
    const socket = new WebSocket(url);
    const mediaSessionId = randomUUID();
    const send = (message, data) => socket.send(JSON.stringify({message, data: [data ?? null]}));
    const waiting = new Map();
    const told = what => new Promise(resolve => waiting.set(what, resolve));
    socket.on('message', text => {
        const {message, data} = JSON.parse(text);
        const over = message === 'notifyStreamStatusEvent' && ENDS.includes(data[0].status);
        if (message === 'ping') {
            send('pong');
        }
        waiting.get(over ? 'end' : message)?.(over ? data[0] : data);
    });
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    const greeted = told('getUserData');
    const answered = told('setRemoteSDP');
    const ended = told('end');
    send('connection', {appKey: 'defaultApp', mediaProviders: ['WebRTC'], clientVersion: '2.0'});
    await greeted;
    send(published ? 'publishStream' : 'playStream', {mediaSessionId, name, published, hasVideo: true, hasAudio: true,
        status: 'PENDING', record: published, mediaProvider: 'WebRTC', sdp: offer});
    const first = await Promise.race([answered, ended]);
    if (!Array.isArray(first)) {
        report(counts, first);
    }
    await accept(first[1]);
    const enough = new Promise(resolve => setTimeout(resolve, seconds * 1000));
    let end = await Promise.race([ended, enough]);
    if (!end) {
        send(published ? 'unPublishStream' : 'stopStream', {mediaSessionId, name, published, status: 'PLAYING'});
        end = await ended;
    }
    report(counts, end);
}

/**
 * Packets of a film, over and over, as fast as it plays: H.264 as it is, sound as Opus.
 *
 * @param take takes a packet and its kind
 */
export async function filmAsRtp(film, take) {
    const port = {};
    for (const kind of ['audio', 'video']) {
        const socket = createSocket('udp4', packet => take(packet, kind));
        await new Promise(resolve => socket.bind(0, '127.0.0.1', resolve));
        port[kind] = socket.address().port;
    }
    const to = (kind, type) => ['-f', 'rtp', '-payload_type', type, `rtp://127.0.0.1:${port[kind]}?pkt_size=1200`];
    const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-stream_loop', '-1', '-re', '-i', film,
        '-an', '-c:v', 'copy', '-bsf:v', 'h264_mp4toannexb', ...to('video', '102'),
        '-vn', '-c:a', 'libopus', ...to('audio', '111')], {stdio: ['ignore', 'ignore', 'inherit']});
    process.on('exit', () => ffmpeg.kill());
}

/** Counts pictures by their markers, and packets of sound. */
export function counter() {
    const counts = {video: 0, audio: 0};
    return {counts, count: (kind, marker) => {
        counts[kind] += kind === 'audio' || marker ? 1 : 0;
    }};
}
