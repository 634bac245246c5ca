package org.reelcast.rtp;

import java.nio.charset.StandardCharsets;

/**
 * One viewer's send side.
 *
 * @param video          null when the viewer takes no video
 * @param audio          null when the viewer takes no audio
 * @param cname          names the pair of tracks (RFC 3550 section 6.5.1), 1 to 64 bytes; the same for both, so that
 *                       they are played in sync
 * @param wallClockAtZeroUs microseconds since 1970 at the moment that the loops' clock calls 0: wall clock minus
 *                       {@code nowUs} at any one moment
 * @param limits         pacing, queue and retransmission
 * @param thins          whether video is left out when the viewer's link is too narrow for all of it
 */
public record RtpSessionConfig(
        RtpTrackConfig video,
        RtpTrackConfig audio,
        String cname,
        long wallClockAtZeroUs,
        RtpLimits limits,
        boolean thins) {

    public RtpSessionConfig {
        int length = cname.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > 64) {
            throw new IllegalArgumentException("A CNAME of " + length + " bytes");
        }
        if (video != null && !video.codec().isVideo()
                || audio != null && audio.codec().isVideo()) {
            throw new IllegalArgumentException("Audio and video are mixed up");
        }
    }

    public RtpSessionConfig(
            RtpTrackConfig video, RtpTrackConfig audio, String cname, long wallClockAtZeroUs, RtpLimits limits) {
        this(video, audio, cname, wallClockAtZeroUs, limits, true);
    }

    public RtpSessionConfig(RtpTrackConfig video, RtpTrackConfig audio, String cname, long wallClockAtZeroUs) {
        this(video, audio, cname, wallClockAtZeroUs, RtpLimits.DEFAULT);
    }
}
