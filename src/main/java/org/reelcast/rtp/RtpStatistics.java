package org.reelcast.rtp;

/**
 * One viewer's send side at a glance.
 *
 * @param roundTripUs     smoothed, 0 while unknown
 * @param bitrateEstimate what the receiver says its link carries (REMB), bits a second, 0 while unknown
 * @param queuedBytes     payload that waits for the pacer
 * @param brokenRtcp      compounds that could not be read to their end
 * @param link            what the viewer's link carries, and what is left out for it
 */
public record RtpStatistics(
        TrackStatistics video,
        TrackStatistics audio,
        long roundTripUs,
        long bitrateEstimate,
        int queuedBytes,
        long brokenRtcp,
        LinkStatistics link) {}
