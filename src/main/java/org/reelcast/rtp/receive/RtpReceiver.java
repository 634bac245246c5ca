package org.reelcast.rtp.receive;

import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.RtcpHandler;
import org.reelcast.rtp.RtcpReader;

/**
 * One publisher's whole receive side: packets in, frames out, reports and feedback back. Does no I/O and asks no clock;
 * all calls come from one thread and carry the time, in microseconds on the loops' monotonic clock.
 *
 * <p>The caller polls after each batch of packets and at the moment that the last {@link #poll} named.
 */
public final class RtpReceiver {
    private static final long REPORT_US = 500_000;
    private static final long KEY_REQUEST_US = 500_000;
    private static final long MIN_BITRATE_BPS = 100_000;

    private final ReceiveTrack video;
    private final ReceiveTrack audio;
    private final VideoFrames videoFrames;
    private final Clocks clocks;
    private final RateEstimator estimator;
    private final RtpPacket packet = new RtpPacket();
    private final FeedbackCompound feedback;
    private final Reports reports = new Reports();
    private long reportUs = Long.MAX_VALUE;
    private long keyRequestUs = Long.MIN_VALUE;
    private boolean goodbye;
    private long rtcpUs;
    private long broken;

    public RtpReceiver(RtpReceiverConfig config, RtpReceiverListener listener) {
        this(config, listener, Clocks.of(listener));
    }

    /**
     * Receives a further track of who sends to {@code beside}, by a way of its own, and keeps both in step; used by the
     * same thread as that.
     */
    public RtpReceiver(RtpReceiverConfig config, RtpReceiverListener listener, RtpReceiver beside) {
        this(config, listener, beside.clocks);
    }

    private RtpReceiver(RtpReceiverConfig config, RtpReceiverListener listener, Clocks clocks) {
        this.clocks = clocks;
        videoFrames = new VideoFrames(clocks.video(), listener);
        video = config.video() == null ? null : new ReceiveTrack(config.video(), videoFrames, clocks.video());
        audio = config.audio() == null
                ? null
                : new ReceiveTrack(config.audio(), new AudioFrames(clocks.audio(), listener), clocks.audio());
        estimator = config.maxBitrateBps() == 0
                ? null
                : new RateEstimator(config.startBitrateBps(), MIN_BITRATE_BPS, config.maxBitrateBps());
        feedback = new FeedbackCompound(config.ssrc(), config.cname(), config.reducedSize());
    }

    /** Takes an RTP packet; returns false when it is none, or of no track of ours. */
    public boolean onRtp(byte[] b, int offset, int length, long nowUs) {
        if (!packet.read(b, offset, length)) {
            broken++;
            return false;
        }
        if (estimator != null) {
            estimator.bytes(length);
        }
        return take(video, nowUs) || take(audio, nowUs);
    }

    /** Takes a compound RTCP packet; garbage is counted and otherwise ignored. */
    public void onRtcp(byte[] b, int offset, int length, long nowUs) {
        rtcpUs = nowUs;
        if (!RtcpReader.read(b, offset, length, reports)) {
            broken++;
        }
    }

    /**
     * Asks the publisher for a key frame, for a new viewer or a new recording, until one comes; twice a second at most.
     */
    public void requestKeyFrame() {
        videoFrames.wantKey();
    }

    /**
     * Gives up what did not come and sends reports and feedback that are due.
     *
     * @return when to poll again, {@link Long#MAX_VALUE} when not before the next packet
     */
    public long poll(long nowUs, PacketSink sink) {
        if (video != null) {
            video.poll(nowUs);
        }
        if (audio != null) {
            audio.poll(nowUs);
        }
        clocks.lipSync().followDrift(nowUs);
        if (nowUs >= reportUs) {
            report(nowUs);
        }
        if (isKeyRequestDue(nowUs)) {
            keyRequestUs = nowUs;
            video.keyRequested();
            feedback.pictureLoss(video.ssrc());
        }
        if (video != null && video.config().nack()) {
            feedback.nack(video, nowUs);
        }
        if (audio != null && audio.config().nack()) {
            feedback.nack(audio, nowUs);
        }
        if (feedback.send(sink)) {
            sink.flush();
        }
        return Math.max(nowUs + 1, dueUs(nowUs));
    }

    /** Says goodbye. */
    public void close(long nowUs, PacketSink sink) {
        feedback.report(video, audio, nowUs);
        feedback.goodbye();
        feedback.send(sink);
        sink.flush();
    }

    /** Whether the publisher said goodbye to one of its sources. */
    public boolean saidGoodbye() {
        return goodbye;
    }

    public ReceiveStatistics videoStatistics() {
        return video == null ? ReceiveStatistics.NONE : video.statistics();
    }

    public ReceiveStatistics audioStatistics() {
        return audio == null ? ReceiveStatistics.NONE : audio.statistics();
    }

    /** What REMB says, bits a second; 0 without REMB. */
    public long bitrateEstimate() {
        return estimator == null ? 0 : estimator.estimateBps();
    }

    /** Packets, RTP and RTCP, that could not be read. */
    public long broken() {
        return broken;
    }

    private boolean take(ReceiveTrack track, long nowUs) {
        if (track == null) {
            return false;
        }
        if (track.config().hasPayloadType(packet.payloadType())) {
            if (!track.rtp(packet, nowUs)) {
                return false;
            }
            if (reportUs == Long.MAX_VALUE) {
                reportUs = nowUs + REPORT_US / 5;
            }
            // audio alone when there is no video: the larger packets tell more
            if (estimator != null && (track == video || video == null)) {
                if (track.knowsSendTime(packet)) {
                    estimator.transit(track.transitUs(packet, nowUs), nowUs);
                } else if (track.beganFrame()) {
                    // packets behind the first one tell how the sender paces, not how the way is
                    estimator.transit(track.transitUs(nowUs, packet.timestamp()), nowUs);
                }
            }
            return true;
        }
        return packet.payloadType() == track.config().rtxPayloadType() && track.rtx(packet, nowUs);
    }

    private void report(long nowUs) {
        reportUs = nowUs + REPORT_US;
        feedback.report(video, audio, nowUs);
        ReceiveTrack measured = video == null ? audio : video;
        if (estimator != null && measured.reception().isStarted()) {
            estimator.update(
                    measured.reception().received(), measured.reception().lost(), nowUs);
            feedback.bitrateEstimate(measured.ssrc(), estimator.estimateBps());
        }
    }

    private boolean isKeyRequestDue(long nowUs) {
        return video != null
                && video.reception().isStarted()
                && videoFrames.awaitsKey()
                && nowUs >= keyRequestUs + KEY_REQUEST_US;
    }

    private long dueUs(long nowUs) {
        long due = reportUs;
        if (video != null) {
            due = Math.min(due, video.dueUs(nowUs));
            if (video.reception().isStarted() && videoFrames.awaitsKey()) {
                due = Math.min(due, keyRequestUs + KEY_REQUEST_US);
            }
        }
        return audio == null ? due : Math.min(due, audio.dueUs(nowUs));
    }

    /** The times of sound and picture, and what keeps them in step. */
    private record Clocks(TrackClock video, TrackClock audio, LipSync lipSync) {

        static Clocks of(RtpReceiverListener listener) {
            TrackClock video = new TrackClock(90_000);
            TrackClock audio = new TrackClock(48_000);
            return new Clocks(video, audio, new LipSync(audio, video, listener::onInStep));
        }
    }

    /** The publisher's reports. */
    private final class Reports implements RtcpHandler {

        @Override
        public void onSenderReport(int ssrc, long ntp, int timestamp, long packets, long octets) {
            ReceiveTrack track = video != null && video.ssrc() == ssrc
                    ? video
                    : audio != null && audio.ssrc() == ssrc ? audio : null;
            if (track != null && track.reception().isStarted()) {
                track.report(ntp, timestamp, rtcpUs);
                clocks.lipSync().reported();
            }
        }

        @Override
        public void onBye(int ssrc) {
            goodbye = true;
        }
    }
}
