package org.reelcast.rtp;

/**
 * What one viewer may take of the network and of memory.
 *
 * @param paceFloorBps     what is queued is sent at least this fast, bits a second
 * @param paceMultiple     and at least so many times as fast as the media runs
 * @param paceBurstUs      what that rate carries in this time leaves at once
 * @param drainUs          the rate is raised so that no queue lasts longer than this
 * @param maxQueueBytes    video that waits beyond this is dropped up to the next key frame
 * @param maxQueueUs       so is video when the oldest has waited this long
 * @param historyPackets   packets kept for retransmission; the power of two below 32768 that is not smaller counts
 * @param historyUs        and for how long at most, less where the round trip is short
 * @param resendFloorBps   retransmissions: at least this rate, bits a second
 * @param resendPercent    and at least this part of the rate of the media
 * @param resendBurstUs    what that rate carries in this time may be sent again at once
 */
public record RtpLimits(
        long paceFloorBps,
        int paceMultiple,
        long paceBurstUs,
        long drainUs,
        int maxQueueBytes,
        long maxQueueUs,
        int historyPackets,
        long historyUs,
        long resendFloorBps,
        int resendPercent,
        long resendBurstUs) {

    /**
     * 20 Mbit/s and 8 ms let 20 KB leave at once: an ordinary frame of a film of up to 4 Mbit/s. A key frame of 300
     * packets takes some 140 ms, two seconds of an 8 Mbit/s film for one who joins take half a second.
     */
    public static final RtpLimits DEFAULT =
            new RtpLimits(20_000_000, 5, 8_000, 500_000, 8_000_000, 2_000_000, 2048, 1_500_000, 2_000_000, 50, 500_000);
}
