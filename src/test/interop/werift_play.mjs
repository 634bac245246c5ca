// Plays a stream by werift: werift_play.mjs WEBSOCKET NAME SECONDS, in a folder with werift in node_modules. Counts
// pictures by their markers, and packets of sound; werift has no decoder.
import {createRequire} from 'node:module';
import {randomUUID} from 'node:crypto';

const require = createRequire(process.cwd() + '/');
const {RTCPeerConnection, RTCRtpCodecParameters} = require('werift');
const WebSocket = require('ws');
const [url, name, seconds] = process.argv.slice(2);

const peer = new RTCPeerConnection({codecs: {
    video: [new RTCRtpCodecParameters({mimeType: 'video/H264', clockRate: 90000, payloadType: 102,
        rtcpFeedback: [{type: 'nack'}, {type: 'nack', parameter: 'pli'}],
        parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'})],
    audio: [new RTCRtpCodecParameters({mimeType: 'audio/opus', clockRate: 48000, channels: 2, payloadType: 111})],
}});
const counts = {video: 0, audio: 0};
peer.onTrack.subscribe(track => track.onReceiveRtp.subscribe(packet => {
    counts[track.kind] += track.kind === 'audio' || packet.header.marker ? 1 : 0;
}));
peer.addTransceiver('audio', {direction: 'recvonly'});
peer.addTransceiver('video', {direction: 'recvonly'});
await peer.setLocalDescription(await peer.createOffer());

const socket = new WebSocket(url);
const mediaSessionId = randomUUID();
const send = (message, data) => socket.send(JSON.stringify({message, data: [data ?? null]}));
const waiting = new Map();
const told = what => new Promise(resolve => waiting.set(what, resolve));
socket.on('message', text => {
    const {message, data} = JSON.parse(text);
    const over = message === 'notifyStreamStatusEvent' && ['STOPPED', 'FAILED'].includes(data[0].status);
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
send('playStream', {mediaSessionId, name, published: false, hasVideo: true, hasAudio: true, status: 'PENDING',
    record: false, mediaProvider: 'WebRTC', sdp: peer.localDescription.sdp});
const first = await Promise.race([answered, ended]);
let end = first;
if (Array.isArray(first)) {
    await peer.setRemoteDescription({type: 'answer', sdp: first[1]});
    const enough = new Promise(resolve => setTimeout(resolve, seconds * 1000));
    end = await Promise.race([ended, enough]);
    if (!end) {
        send('stopStream', {mediaSessionId, name, published: false, status: 'PLAYING'});
        end = await ended;
    }
}
console.log(JSON.stringify({...counts, status: end.status, info: end.info}));
process.exit(0);
