/*
 * Runs before any script of the page. Notes what the page's sockets and peer connections do, without changing it, and
 * samples each peer connection's statistics until it closes (a closed one has none: a
 * receiver closes when no more pictures have come for 300 ms, so that its last ones count, on a busy machine too).
 *
 * window.reelcastMeasure.measured(): promises [{
 *     marks: {offer, playStream, answer, ice, dtls, playing, packet, frame},
 *     video: {...inbound-rtp}, audio: {...inbound-rtp}, skewsMs: [], soundLateMs,
 *     sentVideo: {...outbound-rtp}, sentAudio: {...outbound-rtp}, path: {...candidate-pair}, soundFirst }]
 * marks are performance.now() in ms; soundLateMs: by how much later than sound came the browser began to play it;
 * soundFirst: packets of sound that were sent before the first picture was seen to be.
 */
(() => {
    'use strict';
    const SAMPLE_MS = 100;
    const LAST_MS = 150;
    const MOST_LOOKS = 10;
    const peers = [];
    const measured = async () => {
        await Promise.all(peers.map(peer => peer.ended));
        return peers.map(peer => Object.assign({}, peer, { ended: undefined }));
    };
    window.reelcastMeasure = { measured, errors: [] };
    window.addEventListener('error', e => window.reelcastMeasure.errors.push(String(e.message)));
    window.addEventListener('unhandledrejection', e => window.reelcastMeasure.errors.push(String(e.reason)));

    const mark = (peer, name) => {
        if (peer && !(name in peer.marks)) {
            peer.marks[name] = performance.now();
        }
    };
    const newest = () => peers[peers.length - 1];

    const watchTransport = (peer, pc) => {
        const receiver = pc.getReceivers().find(r => r.transport);
        if (!receiver) {
            return;
        }
        const dtls = receiver.transport;
        const onDtls = () => dtls.state === 'connected' && mark(peer, 'dtls');
        const onIce = () => /connected|completed/.test(dtls.iceTransport.state) && mark(peer, 'ice');
        dtls.addEventListener('statechange', onDtls);
        dtls.iceTransport.addEventListener('statechange', onIce);
        onDtls();
        onIce();
    };

    const sample = async (peer, pc) => {
        const report = await pc.getStats();
        const now = {};
        report.forEach(entry => {
            if (entry.type === 'inbound-rtp') {
                now[entry.kind] = entry;
            } else if (entry.type === 'outbound-rtp') {
                peer[entry.kind === 'video' ? 'sentVideo' : 'sentAudio'] = entry;
            } else if (entry.type === 'candidate-pair' && entry.nominated) {
                peer.path = entry;
            }
        });
        if (peer.soundFirst === undefined && peer.sentVideo && peer.sentVideo.framesSent > 0) {
            peer.soundFirst = peer.sentAudio ? peer.sentAudio.packetsSent : 0;
        }
        if (now.video) {
            peer.video = Object.assign({}, peer.video, now.video);
        }
        if (now.audio) {
            peer.audio = Object.assign({}, peer.audio, now.audio);
        }
        /* since sound came, less what the output has asked for; up to 100 ms more than it says, never less */
        if (now.audio && now.audio.packetsReceived > 0) {
            peer.soundCame = peer.soundCame || now.audio.lastPacketReceivedTimestamp;
            peer.soundLateMs = now.audio.timestamp - peer.soundCame - 1000 * now.audio.totalSamplesDuration;
        }
        /* while the picture stands still, its time is not that of the sound's moment */
        const decoded = now.video ? now.video.framesDecoded : 0;
        const moves = decoded > (peer.decodedBefore || 0);
        const moved = peer.moved;
        peer.decodedBefore = decoded;
        peer.moved = moves;
        const picture = now.video?.estimatedPlayoutTimestamp;
        const sound = now.audio?.estimatedPlayoutTimestamp;
        if (moves && moved && picture && sound) {
            peer.skewsMs.push(sound - picture);
        }
    };

    /* the last packets may still be in the decoder, and statistics are up to 50 ms old */
    const lastPictures = async (peer, pc) => {
        for (let same = 0, looks = 0; same < 2 && looks < MOST_LOOKS; looks++) {
            await new Promise(resolve => setTimeout(resolve, LAST_MS));
            const { framesReceived, framesDecoded } = peer.video;
            (await pc.getStats()).forEach(entry => {
                if (entry.type === 'inbound-rtp' && entry.kind === 'video') {
                    peer.video = Object.assign({}, peer.video, entry);
                }
            });
            const more = peer.video.framesReceived !== framesReceived || peer.video.framesDecoded !== framesDecoded;
            same = more ? 0 : same + 1;
        }
    };

    const NativePeer = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends NativePeer {
        constructor(...args) {
            super(...args);
            const peer = { marks: {}, video: null, audio: null, sentVideo: null, sentAudio: null, path: null,
                skewsMs: [], soundLateMs: 0 };
            peers.push(peer);
            mark(peer, 'offer');
            this.addEventListener('track', event => {
                mark(peer, 'answer');
                watchTransport(peer, this);
                if (event.track.kind === 'video') {
                    event.track.addEventListener('unmute', () => mark(peer, 'packet'));
                }
                event.streams.forEach(stream => { stream.reelcastPeer = peer; });
            });
            this.reelcastPeer = peer;
            this.reelcastSample = () => sample(peer, this);
            this.reelcastTimer = setInterval(this.reelcastSample, SAMPLE_MS);
        }

        close() {
            clearInterval(this.reelcastTimer);
            this.reelcastSample();
            const peer = this.reelcastPeer;
            if (!peer.video) {
                super.close();
            } else if (!peer.ended) {
                peer.ended = lastPictures(peer, this).finally(() => super.close());
            }
        }
    };

    const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
    Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
        configurable: true,
        get: source.get,
        set(stream) {
            source.set.call(this, stream);
            const peer = stream && stream.reelcastPeer;
            if (peer && this.requestVideoFrameCallback) {
                this.requestVideoFrameCallback(() => mark(peer, 'frame'));
            }
        }
    });

    const NativeSocket = window.WebSocket;
    window.WebSocket = class extends NativeSocket {
        constructor(...args) {
            super(...args);
            this.addEventListener('message', event => {
                if (typeof event.data === 'string' && event.data.includes('"PLAYING"')) {
                    mark(newest(), 'playing');
                }
            });
        }

        send(data) {
            super.send(data);
            if (typeof data === 'string' && data.startsWith('{"message":"playStream"')) {
                mark(newest(), 'playStream');
            }
        }
    };
})();
