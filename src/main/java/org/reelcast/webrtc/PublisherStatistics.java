package org.reelcast.webrtc;

import org.reelcast.rtp.receive.ReceiveStatistics;

/**
 * One publisher's connection at a glance.
 *
 * @param broken             packets that were authentic but could not be read
 * @param bitrateEstimateBps what REMB says last, 0 without REMB
 */
public record PublisherStatistics(
        TrafficStatistics traffic,
        ReceiveStatistics video,
        ReceiveStatistics audio,
        long broken,
        long bitrateEstimateBps) {

    /** The same with the sound that has a connection of its own. */
    public PublisherStatistics with(PublisherStatistics sound) {
        return new PublisherStatistics(traffic, video, sound.audio, broken + sound.broken, bitrateEstimateBps);
    }
}
