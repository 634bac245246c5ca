package org.reelcast.rendition.film;

import org.reelcast.mp4.read.TrackInfo;

/**
 * How one track of a film plays.
 *
 * @param looks    size and rate of pictures, channels and rate of sound, in words; empty when not known
 * @param webrtc   by WebRTC
 * @param segments by HLS, DASH and MSE
 */
public record TrackReport(TrackInfo track, String looks, Delivery webrtc, Delivery segments) {

    /** {@code video H264 1280x720}. */
    public String name() {
        return (track.kind().isVideo() ? "video " : "audio ") + track.codec() + (looks.isEmpty() ? "" : " " + looks);
    }
}
