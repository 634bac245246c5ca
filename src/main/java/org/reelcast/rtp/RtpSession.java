package org.reelcast.rtp;

/**
 * One viewer's whole send side: frames in, packets out, the viewer's RTCP in. Does no I/O and asks no clock; all calls
 * come from one thread and carry the time, in microseconds on the loops' monotonic clock.
 *
 * <p>After {@link #enqueue} and {@link #onRtcp} the caller polls; {@link #poll} sends what may leave and names the
 * moment at which to poll again. Audio leaves at once; what was asked for again and then video leave as the
 * {@link Pacer} lets them; then sender reports. Audio goes behind the longer packets of video that leave with it: there
 * it is the last, shorter datagram of their segmented send, and costs next to nothing.
 */
public final class RtpSession {
    /** A flag of {@link #onRtcp}: packets were asked for again; poll. */
    public static final int RESEND = 1;
    /** A flag of {@link #onRtcp}: the viewer needs a key frame (PLI or FIR). */
    public static final int KEY_FRAME = 2;
    /** A flag of {@link #onRtcp}: the viewer said goodbye. */
    public static final int BYE = 4;
    /** A flag of {@link #onRtcp}: the viewer's link is too narrow; see {@link #link()}. Again while it lasts. */
    public static final int SHORTAGE = 8;
    /** A flag of {@link #onRtcp}: the viewer is sent more again, from the next key frame on. */
    public static final int RECOVERY = 16;
    /** A flag of {@link #onRtcp}: the viewer's link is too narrow, and the film is to be had smaller ({@link #rungs}). */
    public static final int SMALLER = 32;
    /** A flag of {@link #onRtcp}: the viewer's link may carry a larger one. */
    public static final int LARGER = 64;

    private static final long KEY_FRAME_INTERVAL_US = 300_000;
    private static final long MAX_ROUND_TRIP_US = 10_000_000;

    private final SendTrack video;
    private final SendTrack audio;
    private final Pacer pacer;
    /** Null when all frames are sent whatever the link. */
    private final Thinning thinning;

    private final RtcpHandler handler = new Feedback();
    private final long wallClockAtZeroUs;
    private int flags;
    private long rtcpUs;
    private long keyFrameAfterUs = Long.MIN_VALUE;
    private long roundTripUs;
    private long bitrateEstimate;
    private long brokenRtcp;
    private boolean closed;

    public RtpSession(RtpSessionConfig config) {
        video = config.video() == null ? null : new SendTrack(config.video(), config);
        audio = config.audio() == null ? null : new SendTrack(config.audio(), config);
        pacer = new Pacer(config.limits());
        thinning = video == null || !config.thins() ? null : new Thinning();
        wallClockAtZeroUs = config.wallClockAtZeroUs();
    }

    /**
     * Takes a frame that is due. Frames of a track the viewer does not take are passed over.
     *
     * @param timeUs when it is to be shown; gives the RTP timestamp
     * @return false when the frame was dropped: video before the first key frame, or while the queue is full, or
     *         because the link is too narrow
     */
    public boolean enqueue(RtpFrame frame, long timeUs, long nowUs) {
        SendTrack track = frame.isVideo() ? video : audio;
        if (track == null || closed) {
            return true;
        }
        if (!admits(frame, nowUs) || !track.enqueue(frame, timeUs, nowUs)) {
            return false;
        }
        pacer.added(frame.bytes(), video == null ? 0 : video.ring().waitingBytes(), nowUs);
        return true;
    }

    /**
     * Takes a compound RTCP packet from the viewer; garbage is counted and otherwise ignored.
     *
     * @return flags: {@link #RESEND}, {@link #KEY_FRAME} (not more than about three a second), {@link #BYE},
     *         {@link #SHORTAGE}, {@link #RECOVERY}, {@link #SMALLER}, {@link #LARGER}
     */
    public int onRtcp(byte[] b, int offset, int length, long nowUs) {
        if (closed) {
            return 0;
        }
        flags = 0;
        rtcpUs = nowUs;
        if (!RtcpReader.read(b, offset, length, handler)) {
            brokenRtcp++;
        }
        return flags;
    }

    /**
     * Sends what may leave and flushes the sink when anything did.
     *
     * @return when to poll again; {@link Long#MAX_VALUE} when not before the next enqueue or RTCP
     */
    public long poll(long nowUs, PacketSink sink) {
        if (closed) {
            return Long.MAX_VALUE;
        }
        boolean audioFirst = audioFirst();
        boolean audioSent = audioFirst && pollAudio(nowUs, sink);
        boolean videoSent = pollWaiting(nowUs, sink);
        audioSent |= !audioFirst && pollAudio(nowUs, sink);
        boolean roomForReport = videoSent && !audioSent;
        boolean reported = pollReport(audio, roomForReport, nowUs, sink);
        reported |= pollReport(video, roomForReport && !reported, nowUs, sink);
        if (videoSent || audioSent || reported) {
            sink.flush();
        }
        long next = Math.min(reportDueUs(audio), reportDueUs(video));
        return waits() ? Math.min(next, pacer.openAtUs(waitingBytes(), nowUs)) : next;
    }

    /** Says goodbye and lets go of all frames. Nothing is sent after it. */
    public void close(long nowUs, PacketSink sink) {
        if (closed) {
            return;
        }
        closed = true;
        if (audio != null) {
            audio.close(sink, nowUs);
        }
        if (video != null) {
            video.close(sink, nowUs);
        }
        sink.flush();
    }

    /**
     * In which sizes the film is to be had, from now on; each is said once to be wanted.
     *
     * @param smaller whether there is a smaller one than that which is sent
     * @param larger  whether there is a larger one
     * @param changed whether the one that is sent is another one from now on
     */
    public void rungs(boolean smaller, boolean larger, boolean changed, long nowUs) {
        if (thinning != null) {
            thinning.rungs(smaller, larger, changed, nowUs);
            pacer.limit(thinning.ceiling());
            video.limitResends(thinning.resendCeiling());
        }
    }

    /** What the viewer's link carries. */
    public LinkStatistics link() {
        return thinning == null ? LinkStatistics.NONE : thinning.statistics();
    }

    public RtpStatistics statistics() {
        return new RtpStatistics(
                video == null ? TrackStatistics.NONE : video.statistics(),
                audio == null ? TrackStatistics.NONE : audio.statistics(),
                roundTripUs,
                bitrateEstimate,
                video == null ? 0 : video.ring().waitingBytes(),
                brokenRtcp,
                link());
    }

    /** Whether the next packet of video is shorter than that of audio, and so rides behind it. */
    private boolean audioFirst() {
        return audio != null
                && audio.ring().hasWaiting()
                && video != null
                && video.ring().hasWaiting()
                && video.nextLength() < audio.nextLength();
    }

    private boolean pollAudio(long nowUs, PacketSink sink) {
        if (audio == null) {
            return false;
        }
        boolean any = false;
        while (audio.ring().hasWaiting()) {
            pacer.spend(audio.sendNext(sink, nowUs));
            any = true;
        }
        audio.evict(roundTripUs, nowUs);
        return any;
    }

    private boolean pollWaiting(long nowUs, PacketSink sink) {
        boolean any = false;
        if (waits() && pacer.open(waitingBytes(), nowUs)) {
            any = resend(audio, sink) | resend(video, sink);
            while (video != null && video.ring().hasWaiting() && pacer.hasBudget()) {
                pacer.spend(video.sendNext(sink, nowUs));
                any = true;
            }
            if (!waits()) {
                pacer.drained();
            }
        }
        if (video != null) {
            video.evict(roundTripUs, nowUs);
        }
        return any;
    }

    private boolean resend(SendTrack track, PacketSink sink) {
        boolean any = false;
        while (track != null && track.retransmissions().hasWaiting() && pacer.hasBudget()) {
            int bytes = track.resendNext(sink);
            pacer.spend(bytes);
            any |= bytes > 0;
        }
        return any;
    }

    private boolean pollReport(SendTrack track, boolean rides, long nowUs, PacketSink sink) {
        if (track == null || !track.reports().isDue(rides, nowUs)) {
            return false;
        }
        track.report(sink, nowUs);
        return true;
    }

    private boolean waits() {
        return video != null
                        && (video.ring().hasWaiting() || video.retransmissions().hasWaiting())
                || audio != null && audio.retransmissions().hasWaiting();
    }

    /** What waits for the pacer, as far as it matters for the length of its rest. */
    private int waitingBytes() {
        boolean resends = video != null && video.retransmissions().hasWaiting()
                || audio != null && audio.retransmissions().hasWaiting();
        return (video == null ? 0 : video.ring().waitingBytes()) + (resends ? Packetizer.DEFAULT_MAX_PAYLOAD : 0);
    }

    private static long reportDueUs(SendTrack track) {
        return track == null ? Long.MAX_VALUE : track.reports().dueUs();
    }

    private SendTrack trackOf(int ssrc) {
        if (video != null && video.ssrc() == ssrc) {
            return video;
        }
        return audio != null && audio.ssrc() == ssrc ? audio : null;
    }

    private boolean admits(RtpFrame frame, long nowUs) {
        return thinning == null || thinning.admits(frame, video.ring().hasWaiting(), nowUs);
    }

    private void thin(int highest, int lost) {
        long bytes = video.wireBytes() + (audio == null ? 0 : audio.wireBytes());
        SendLevel before = thinning.level();
        int what = thinning.report(highest, lost, video.packetsSent(), bytes, rtcpUs);
        if (before != SendLevel.KEYS && thinning.level() == SendLevel.KEYS) {
            video.startOver();
        }
        if (what != 0) {
            pacer.limit(thinning.ceiling());
            video.limitResends(thinning.resendCeiling());
            flags |= (what & Thinning.SHORTAGE) != 0 ? SHORTAGE : 0;
            flags |= (what & Thinning.RECOVERY) != 0 ? RECOVERY : 0;
            flags |= (what & Thinning.SMALLER) != 0 ? SMALLER : 0;
            flags |= (what & Thinning.LARGER) != 0 ? LARGER : 0;
        }
    }

    private void requestKeyFrame() {
        if (rtcpUs >= keyFrameAfterUs) {
            keyFrameAfterUs = rtcpUs + KEY_FRAME_INTERVAL_US;
            flags |= KEY_FRAME;
        }
    }

    /** Turns the viewer's RTCP into what is to be done. */
    private final class Feedback implements RtcpHandler {

        @Override
        public void onReportBlock(
                int reporter,
                int ssrc,
                int fractionLost,
                int cumulativeLost,
                int highestSequence,
                long jitter,
                int lastReport,
                int delay) {
            SendTrack track = trackOf(ssrc);
            if (track == null) {
                return;
            }
            track.view().report(fractionLost, cumulativeLost, jitter);
            if (lastReport != 0) {
                int now = NtpTime.middle(NtpTime.fromUnixUs(wallClockAtZeroUs + rtcpUs));
                measured(NtpTime.middleToUs(now - lastReport - delay));
            }
            if (thinning != null && track == video) {
                thin(highestSequence, cumulativeLost);
            }
        }

        /** RFC 3550 section 6.4.1: on a fast link the clocks' grain may give a little less than nothing. */
        private void measured(long us) {
            if (us > -1_000 && us < MAX_ROUND_TRIP_US) {
                long sample = Math.max(us, 1);
                roundTripUs = roundTripUs == 0 ? sample : (7 * roundTripUs + sample) / 8;
                if (thinning != null) {
                    thinning.roundTrip(sample, rtcpUs);
                }
            }
        }

        @Override
        public void onNack(int ssrc, int sequence, int mask) {
            SendTrack track = trackOf(ssrc);
            if (track != null && track.nack(sequence, mask, roundTripUs, pacer.mediaRate(), rtcpUs)) {
                flags |= RESEND;
            }
        }

        @Override
        public void onPictureLoss(int ssrc) {
            if (video != null && video.ssrc() == ssrc) {
                video.view().pictureLoss();
                requestKeyFrame();
            }
        }

        @Override
        public void onFullIntraRequest(int ssrc, int count) {
            if (video != null && video.ssrc() == ssrc && video.view().fullIntra(count)) {
                requestKeyFrame();
            }
        }

        @Override
        public void onBye(int ssrc) {
            flags |= BYE;
        }

        @Override
        public void onBitrateEstimate(long bitsPerSecond) {
            bitrateEstimate = bitsPerSecond;
            if (thinning != null) {
                thinning.estimate(bitsPerSecond, rtcpUs);
            }
        }
    }
}
