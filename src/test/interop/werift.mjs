// Plays or publishes a stream by werift, which has no codecs: werift.mjs play WEBSOCKET NAME SECONDS, or
// werift.mjs publish WEBSOCKET NAME SECONDS FILM; in a folder with werift and ws in node_modules.
import {counter, filmAsRtp, require, run} from './wcs.mjs';

const {MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters} = require('werift');
const [what, url, name, seconds, film] = process.argv.slice(2);
const published = what === 'publish';

const peer = new RTCPeerConnection({codecs: {
    video: [new RTCRtpCodecParameters({mimeType: 'video/H264', clockRate: 90000, payloadType: 102,
        rtcpFeedback: [{type: 'nack'}, {type: 'nack', parameter: 'pli'}],
        parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f'})],
    audio: [new RTCRtpCodecParameters({mimeType: 'audio/opus', clockRate: 48000, channels: 2, payloadType: 111})],
}});
const {counts, count} = counter();
const tracks = {};
for (const kind of ['audio', 'video']) {
    tracks[kind] = new MediaStreamTrack({kind});
    peer.addTransceiver(published ? tracks[kind] : kind, {direction: published ? 'sendonly' : 'recvonly'});
}
peer.onTrack.subscribe(track => track.onReceiveRtp.subscribe(packet => count(track.kind, packet.header.marker)));
await peer.setLocalDescription(await peer.createOffer());
await run({url, name, seconds, published}, peer.localDescription.sdp, async sdp => {
    await peer.setRemoteDescription({type: 'answer', sdp});
    if (published) {
        await peer.connectionStateChange.watch(state => state === 'connected');
        await filmAsRtp(film, (packet, kind) => {
            count(kind, packet[1] & 0x80);
            tracks[kind].writeRtp(packet);
        });
    }
}, counts);
