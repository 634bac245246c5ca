/** The bodies of the stream messages, field by field as WCS's browser SDK sends them. */

/** The wish for sound and picture: `constraints`, or the older `receiveAudio` and `receiveVideo`. */
export function playWish({constraints, receiveAudio, receiveVideo}) {
    return constraints ?? {audio: receiveAudio, video: receiveVideo};
}

export function playStream(id, options, sdp) {
    const wish = playWish(options);
    return {
        ...common(id, options, sdp), published: false, record: false,
        hasVideo: wish.video !== false, hasAudio: wish.audio !== false,
        width: number(options.playWidth), height: number(options.playHeight),
        bitrate: number(wish.video?.bitrate), quality: number(wish.video?.quality)
    };
}

/** @param {LocalMedia} media what is really sent */
export function publishStream(id, options, sdp, media) {
    return {
        ...common(id, options, sdp), published: true, record: Boolean(options.record), rtmpUrl: options.rtmpUrl,
        hasVideo: media.has('video'), hasAudio: media.has('audio')
    };
}

export function stopStream(id, options, published, status) {
    return {
        mediaSessionId: id, name: options.name, published, status, hasVideo: true, hasAudio: true,
        record: Boolean(options.record)
    };
}

function common(id, {name, constraints, custom, transport, cvoExtension, mediaProvider = 'WebRTC'}, sdp) {
    return {
        mediaSessionId: id, name, status: 'PENDING', mediaProvider, sdp,
        minBitrate: number(constraints?.video?.minBitrate), maxBitrate: number(constraints?.video?.maxBitrate),
        constraints: plain(constraints), custom, transport, cvoExtension
    };
}

function number(value) {
    return Number(value) || 0;
}

/** The page's wishes without what JSON cannot carry. */
function plain(constraints) {
    if (!constraints) {
        return undefined;
    }
    const {customStream, ...rest} = constraints;
    return rest;
}
