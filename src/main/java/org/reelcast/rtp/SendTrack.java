package org.reelcast.rtp;

import org.reelcast.bitstream.BigEndian;

/** One track on its way to one viewer: its queue, its packets, their retransmission, its reports. */
final class SendTrack {
    private static final long MIN_HISTORY_US = 500_000;
    private static final int HISTORY_ROUND_TRIPS = 5;

    private final RtpTrackConfig config;
    private final RtpLimits limits;
    private final FrameRing ring = new FrameRing();
    private final HeaderTemplate header;
    private final HeaderTemplate rtxHeader;
    private final RetransmissionQueue retransmissions;
    private final SenderReports reports;
    private final ReceiverView view;
    private final int historyPackets;
    private long sequence;
    private int rtxSequence;
    private boolean awaitingKey;
    private long framesSent;
    private long framesDropped;
    private long packetsSent;
    private long bytesSent;
    private long packetsResent;
    private long bytesResent;
    private long packetsNacked;
    private long nacksIgnored;

    SendTrack(RtpTrackConfig config, RtpSessionConfig session) {
        this.config = config;
        this.limits = session.limits();
        header = HeaderTemplate.media(config);
        rtxHeader = HeaderTemplate.retransmission(config);
        retransmissions = new RetransmissionQueue(limits);
        reports = new SenderReports(config, RtcpWriter.cnameBytes(session.cname()), session.wallClockAtZeroUs());
        view = new ReceiverView(config.codec().clockRate());
        historyPackets = config.nack() ? limits.historyPackets() : 0;
        sequence = config.firstSequence();
        rtxSequence = config.rtxFirstSequence();
        awaitingKey = config.codec().isVideo();
    }

    int ssrc() {
        return config.ssrc();
    }

    FrameRing ring() {
        return ring;
    }

    RetransmissionQueue retransmissions() {
        return retransmissions;
    }

    SenderReports reports() {
        return reports;
    }

    ReceiverView view() {
        return view;
    }

    /** Returns whether the frame was taken: not so up to the first key frame and, on overflow, up to the next. */
    boolean enqueue(RtpFrame frame, long timeUs, long nowUs) {
        if (frame.packets() == 0) {
            return true;
        }
        if (ring.hasWaiting() && isFull(frame, nowUs)) {
            if (config.codec().isVideo() && !frame.isKey()) {
                awaitingKey = true;
            } else {
                framesDropped += ring.dropWaiting();
            }
        }
        if (awaitingKey && !frame.isKey()) {
            framesDropped++;
            return false;
        }
        awaitingKey = false;
        ring.add(frame, RtpTime.timestamp(config, timeUs), nowUs);
        return true;
    }

    private boolean isFull(RtpFrame frame, long nowUs) {
        return ring.waitingBytes() + frame.bytes() > limits.maxQueueBytes()
                || nowUs - ring.waitingSinceUs() > limits.maxQueueUs();
    }

    /** Sends the next packet that waits; returns its bytes. */
    int sendNext(PacketSink sink, long nowUs) {
        RtpFrame frame = ring.frame();
        int packet = ring.packet();
        int headerLength = header.length(frame);
        int payload = frame.payloadLength(packet);
        int length = headerLength + payload + frame.padding(packet);
        int at = sink.reserve(length);
        byte[] target = sink.array();
        header.write(target, at, frame, packet, (int) sequence, ring.timestamp());
        frame.copyPayload(packet, target, at + headerLength);
        frame.writePadding(packet, target, at + headerLength + payload);
        sink.commitRtp(length);
        reports.start(nowUs);
        packetsSent++;
        bytesSent += payload;
        if (ring.sent(sequence++, nowUs)) {
            framesSent++;
        }
        return length;
    }

    /** Bytes of the next packet that waits. */
    int nextLength() {
        RtpFrame frame = ring.frame();
        return header.length(frame) + frame.payloadLength(ring.packet()) + frame.padding(ring.packet());
    }

    /** Sends the next packet that was asked for; returns its bytes, 0 when it is no longer kept. */
    int resendNext(PacketSink sink) {
        long wanted = retransmissions.next();
        int place = ring.find(wanted);
        if (place < 0) {
            nacksIgnored++;
            return 0;
        }
        RtpFrame frame = ring.frameAt(place);
        int packet = (int) (wanted - ring.firstSequenceAt(place));
        boolean rtx = rtxHeader != null;
        HeaderTemplate template = rtx ? rtxHeader : header;
        int headerLength = template.length(frame) + (rtx ? 2 : 0);
        int payload = frame.payloadLength(packet);
        int length = headerLength + payload + (rtx ? 0 : frame.padding(packet));
        int at = sink.reserve(length);
        byte[] target = sink.array();
        if (rtx) {
            template.write(target, at, frame, packet, rtxSequence++, ring.timestampAt(place));
            // original sequence number (RFC 4588 section 4)
            BigEndian.put16(target, at + headerLength - 2, (int) wanted);
        } else {
            template.write(target, at, frame, packet, (int) wanted, ring.timestampAt(place));
            frame.writePadding(packet, target, at + headerLength + payload);
        }
        frame.copyPayload(packet, target, at + headerLength);
        sink.commitRtp(length);
        packetsResent++;
        bytesResent += payload;
        return length;
    }

    /** Takes up a NACK's packets (RFC 4585 section 6.2.1); returns whether any is to be sent again. */
    boolean nack(int first, int mask, long roundTripUs, long mediaRate, long nowUs) {
        boolean any = false;
        for (int i = 0; i <= 16; i++) {
            if (i == 0 || (mask >> i - 1 & 1) != 0) {
                packetsNacked++;
                if (requestAgain(first + i, roundTripUs, mediaRate, nowUs)) {
                    any = true;
                } else {
                    nacksIgnored++;
                }
            }
        }
        return any;
    }

    private boolean requestAgain(int wireSequence, long roundTripUs, long mediaRate, long nowUs) {
        int back = (int) sequence - wireSequence & 0xffff;
        if (!config.nack() || back == 0) {
            return false;
        }
        long wanted = sequence - back;
        int place = ring.find(wanted);
        return place >= 0
                && retransmissions.request(
                        wanted,
                        ring.frameAt(place).payloadLength((int) (wanted - ring.firstSequenceAt(place))),
                        roundTripUs,
                        mediaRate,
                        nowUs);
    }

    /** Packets sent, without retransmissions. */
    long packetsSent() {
        return packetsSent;
    }

    /** All that was sent, in bytes on the wire. */
    long wireBytes() {
        return bytesSent + bytesResent + (packetsSent + packetsResent) * FilmRate.OVERHEAD;
    }

    /** So much may be sent again, bytes a second; 0 for the usual. What waits for it is given up. */
    void limitResends(long bytesPerSecond) {
        retransmissions.limit(bytesPerSecond);
        retransmissions.clear();
    }

    /** Gives up what waits and what could be asked for again: only the next key frame is of use. */
    void startOver() {
        framesDropped += ring.dropWaiting();
        ring.evict(0, Long.MAX_VALUE);
    }

    /**
     * Forgets what is too old to be asked for again: a browser asks at once, and then once a round trip.
     *
     * @param roundTripUs 0 while unknown
     */
    void evict(long roundTripUs, long nowUs) {
        long keptUs = roundTripUs == 0
                ? limits.historyUs()
                : Math.min(limits.historyUs(), MIN_HISTORY_US + HISTORY_ROUND_TRIPS * roundTripUs);
        ring.evict(historyPackets, nowUs - keptUs);
    }

    void report(PacketSink sink, long nowUs) {
        reports.send(sink, packetsSent, bytesSent, nowUs);
    }

    void close(PacketSink sink, long nowUs) {
        if (packetsSent > 0) {
            reports.sendBye(sink, packetsSent, bytesSent, nowUs);
        }
        ring.clear();
        retransmissions.clear();
    }

    TrackStatistics statistics() {
        return new TrackStatistics(
                framesSent,
                framesDropped,
                packetsSent,
                bytesSent,
                packetsResent,
                bytesResent,
                packetsNacked,
                nacksIgnored,
                view.keyFrameRequests(),
                view.reports(),
                view.packetsLost(),
                view.fractionLost(),
                view.jitterUs());
    }
}
