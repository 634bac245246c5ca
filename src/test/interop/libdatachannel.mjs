// Plays or publishes a stream by libdatachannel, which has no codecs: libdatachannel.mjs play WEBSOCKET NAME SECONDS,
// or libdatachannel.mjs publish WEBSOCKET NAME SECONDS FILM; in a folder with node-datachannel and ws in node_modules.
import {counter, filmAsRtp, require, run} from './wcs.mjs';

const {Audio, PeerConnection, RtcpReceivingSession, Video} = require('node-datachannel');
const [what, url, name, seconds, film] = process.argv.slice(2);
const published = what === 'publish';
const SSRC = {audio: 1001, video: 1002};

const peer = new PeerConnection('peer', {iceServers: [], disableAutoNegotiation: true});
const {counts, count} = counter();
const tracks = {};
for (const kind of ['audio', 'video']) {
    const media = kind === 'audio' ? new Audio(kind, published ? 'SendOnly' : 'RecvOnly')
        : new Video(kind, published ? 'SendOnly' : 'RecvOnly');
    if (kind === 'audio') {
        media.addOpusCodec(111);
    } else {
        media.addH264Codec(102, 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f');
    }
    if (published) {
        media.addSSRC(SSRC[kind], 'film', 'film', kind);
    }
    const track = tracks[kind] = peer.addTrack(media);
    if (!published) {
        track.setMediaHandler(new RtcpReceivingSession());
        // RTCP comes here, too (RFC 5761 section 4)
        track.onMessage(packet => (packet[1] & 0x7f) >= 64 && (packet[1] & 0x7f) < 96 || count(kind, packet[1] & 0x80));
    }
}
const gathered = new Promise(resolve => peer.onGatheringStateChange(state => state === 'complete' && resolve()));
const connected = new Promise(resolve => peer.onStateChange(state => state === 'connected' && resolve()));
peer.setLocalDescription('Offer');
await gathered;
await run({url, name, seconds, published}, peer.localDescription().sdp, async sdp => {
    peer.setRemoteDescription(sdp, 'Answer');
    if (published) {
        await connected;
        await filmAsRtp(film, (packet, kind) => {
            count(kind, packet[1] & 0x80);
            packet.writeUInt32BE(SSRC[kind], 8);
            if (tracks[kind].isOpen()) {
                tracks[kind].sendMessageBinary(packet);
            }
        });
    }
}, counts);
