package org.reelcast.output.webrtc;

import org.reelcast.stream.StreamEnd;

/**
 * What somebody who asked to play a stream learns, in this order: the answer, playing, sizes, the end. Or the end at
 * once. Calls come one at a time, from any thread, and must not block.
 */
public interface PlaybackListener {

    /** The SDP answer, complete with candidates. */
    void onAnswer(String sdp);

    /** The transport stands and media flows. */
    void onPlaying(PlaybackFormat format);

    /** The picture has this size from here on, in pixels. */
    void onResize(int width, int height);

    /**
     * The viewer's link is too narrow, and pictures are left out; again every ten seconds while it lasts.
     *
     * @param mediaBps what all of the stream would take, bits a second
     * @param linkBps  what the link carries, bits a second
     */
    void onNotEnoughBandwidth(long mediaBps, long linkBps);

    /** The last call, and the only one that always comes. */
    void onEnd(StreamEnd end);
}
