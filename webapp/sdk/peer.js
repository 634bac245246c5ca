/** Builds the browser's peer connections. The server wants the offer whole and at once: candidates are not awaited. */

/**
 * @param {function(MediaStream)} show called for each track that comes, with the stream that it is in
 * @returns {RTCPeerConnection} ready to make an offer that receives what `wish` asks for (default: both)
 */
export function receiver(configuration, wish, stripCodecs, show) {
    const pc = new RTCPeerConnection(configuration);
    for (const kind of ['audio', 'video']) {
        if (wish[kind] !== false) {
            prefer(pc.addTransceiver(kind, {direction: 'recvonly'}), kind, 'receiver', stripCodecs);
        }
    }
    let loose = null; // for tracks that the answer puts in no stream
    pc.ontrack = ({streams, track}) => {
        if (streams[0]) {
            show(streams[0]);
        } else {
            loose ??= new MediaStream();
            loose.addTrack(track);
            show(loose);
        }
    };
    return pc;
}

/** @returns {RTCPeerConnection} ready to make an offer that sends the tracks of `media`, H.264 before other codecs */
export function sender(configuration, media, stripCodecs) {
    const pc = new RTCPeerConnection(configuration);
    for (const track of media.getTracks()) {
        const transceiver = pc.addTransceiver(track, {direction: 'sendonly', streams: [media]});
        prefer(transceiver, track.kind, 'sender', stripCodecs);
    }
    return pc;
}

/**
 * Puts H.264 first and takes out what the page does not want.
 * @param {string=} stripCodecs names with commas, e.g. "vp8,av1"
 */
function prefer(transceiver, kind, side, stripCodecs = '') {
    const capabilities = globalThis[side === 'sender' ? 'RTCRtpSender' : 'RTCRtpReceiver']?.getCapabilities?.(kind);
    if (!capabilities || !transceiver.setCodecPreferences) {
        return;
    }
    const unwanted = new Set(stripCodecs.toLowerCase().split(',').map((name) => name.trim()).filter(Boolean));
    const name = (codec) => codec.mimeType.toLowerCase().split('/')[1];
    const codecs = capabilities.codecs.filter((codec) => !unwanted.has(name(codec)));
    const rank = (codec) => (name(codec) === 'h264' ? 0 : 1);
    codecs.sort((a, b) => rank(a) - rank(b)); // stable: the browser's order within each
    try {
        transceiver.setCodecPreferences(codecs);
    } catch {
        // an old browser that knows better: its own order does, too
    }
}

/** Applies `constraints.video.maxBitrate` and `constraints.audio.maxBitrate` (kbit/s) to what is sent. */
export async function limitBitrate(pc, constraints) {
    for (const rtpSender of pc.getSenders?.() ?? []) {
        const limitKbps = Number(constraints?.[rtpSender.track?.kind]?.maxBitrate);
        if (limitKbps > 0) {
            const parameters = rtpSender.getParameters();
            parameters.encodings?.forEach((encoding) => { encoding.maxBitrate = limitKbps * 1000; });
            await rtpSender.setParameters(parameters);
        }
    }
}
