package org.reelcast.rtp.receive;

import org.reelcast.bitstream.BigEndian;
import org.reelcast.rtp.NtpTime;

/** One track of a publisher: its packets in order, what is missing of them, what is reported about them. */
final class ReceiveTrack {
    private static final long RETRY_US = 10_000;
    private static final long SILENCE_US = 500_000;
    private static final int RTX_HEADER = 2;

    private final ReceiveTrackConfig config;
    private final FrameAssembler assembler;
    private final TrackClock clock;
    private final ReceptionStatistics reception;
    private final MissingPackets missing = new MissingPackets();
    private final ReorderBuffer buffer;
    private final Unwrapper sequences = new Unwrapper(16);
    private final Unwrapper timestamps = new Unwrapper(32);
    private final Unwrapper sendTimes = new Unwrapper(24);
    private long highest = -1;
    private long highestTimestamp = -1;
    private boolean beganFrame;
    private int ssrc;
    private long lastPacketUs;
    private long waitsFor = -1;
    private long waitsSinceUs;
    private long recovered;
    private long late;
    private long gaps;
    private long keyRequests;

    ReceiveTrack(ReceiveTrackConfig config, FrameAssembler assembler, TrackClock clock) {
        this.config = config;
        this.assembler = assembler;
        this.clock = clock;
        this.reception = new ReceptionStatistics(config.codec().clockRate());
        this.buffer = new ReorderBuffer(assembler);
    }

    ReceiveTrackConfig config() {
        return config;
    }

    int ssrc() {
        return ssrc;
    }

    ReceptionStatistics reception() {
        return reception;
    }

    MissingPackets missing() {
        return missing;
    }

    /** Takes a packet of the codec; returns false when it is of a source we do not listen to. */
    boolean rtp(RtpPacket packet, long nowUs) {
        if (!reception.isStarted()) {
            ssrc = packet.ssrc();
        } else if (ssrc != packet.ssrc()) {
            if (nowUs - lastPacketUs < SILENCE_US) {
                return false;
            }
            restart(packet.ssrc());
        }
        lastPacketUs = nowUs;
        long sequence = sequences.unwrap(packet.sequence());
        reception.packet(sequence, packet.timestamp(), nowUs);
        long timestamp = timestamps.unwrap(packet.timestamp());
        beganFrame = timestamp > highestTimestamp;
        highestTimestamp = Math.max(highestTimestamp, timestamp);
        clock.arrived(timestamp, nowUs);
        take(sequence, timestamp, packet, 0, nowUs);
        return true;
    }

    /** Takes a packet of RTX: the original sequence number stands before the payload (RFC 4588 section 4). */
    boolean rtx(RtpPacket packet, long nowUs) {
        if (!reception.isStarted() || packet.payloadLength() < RTX_HEADER) {
            return false;
        }
        int original = BigEndian.u16(packet.array(), packet.payloadAt());
        recovered++;
        take(sequences.near(original), timestamps.near(packet.timestamp()), packet, RTX_HEADER, nowUs);
        return true;
    }

    /** @param skip bytes that stand before the payload: more than none means RTX */
    private void take(long sequence, long timestamp, RtpPacket packet, int skip, long nowUs) {
        assembler.at(nowUs);
        if (highest >= 0 && sequence > highest + 1 && config.nack()) {
            missing.add(highest + 1, sequence, nowUs);
        }
        highest = Math.max(highest, sequence);
        missing.came(sequence, skip > 0, nowUs);
        int orientationAt = packet.extension(config.orientationId());
        int note = orientationAt < 0 ? 0 : 1 + (packet.array()[orientationAt] & 3);
        if (!buffer.add(
                sequence,
                packet.array(),
                packet.payloadAt() + skip,
                packet.payloadLength() - skip,
                timestamp,
                packet.marker(),
                note)) {
            late++;
        }
        noteWait(nowUs);
    }

    /** A sender report came for this track. */
    void report(long ntp, int timestamp, long nowUs) {
        reception.senderReport(ntp, nowUs);
        if (timestamps.isStarted()) {
            clock.report(timestamps.near(timestamp), NtpTime.toUnixUs(ntp));
        }
    }

    /** Gives up what has been waited for long enough. */
    void poll(long nowUs) {
        assembler.at(nowUs);
        while (buffer.waiting() > 0
                && (nowUs - waitsSinceUs >= config.maxWaitUs()
                        || config.nack() && missing.isHopeless(buffer.next(), nowUs))) {
            buffer.skip();
            gaps++;
            noteWait(nowUs);
        }
    }

    /** When to poll again. */
    long dueUs(long nowUs) {
        long due = config.nack() ? missing.dueUs() : Long.MAX_VALUE;
        return buffer.waiting() == 0 ? due : Math.min(due, nowUs + RETRY_US);
    }

    /** Whether the packet says when it left the sender. */
    boolean knowsSendTime(RtpPacket packet) {
        return config.sendTimeId() > 0 && packet.extension(config.sendTimeId()) >= 0 && packet.extensionLength() == 3;
    }

    /** Arrival minus departure of a packet that says when that was, with a constant of its own. */
    long transitUs(RtpPacket packet, long nowUs) {
        int at = packet.extension(config.sendTimeId());
        int fixed = BigEndian.u16(packet.array(), at) << 8 | BigEndian.u8(packet.array(), at + 2);
        // seconds, 6 bits before the point and 18 behind
        return nowUs - (sendTimes.unwrap(fixed) * 1_000_000 >> 18);
    }

    /** Arrival minus timestamp, with a constant of its own. */
    long transitUs(long nowUs, int timestamp) {
        return nowUs - timestamps.near(timestamp) * 1000 / (config.codec().clockRate() / 1000);
    }

    /** Whether the packet that {@link #rtp} took last is the first of a later frame. */
    boolean beganFrame() {
        return beganFrame;
    }

    void keyRequested() {
        keyRequests++;
    }

    ReceiveStatistics statistics() {
        return new ReceiveStatistics(
                reception.received(),
                reception.lost(),
                recovered,
                late,
                missing.asked(),
                assembler.malformed(),
                gaps,
                assembler.frames(),
                reception.jitterUs(),
                keyRequests);
    }

    private void noteWait(long nowUs) {
        if (buffer.next() != waitsFor) {
            waitsFor = buffer.next();
            waitsSinceUs = nowUs;
            missing.forgetBefore(waitsFor);
        }
    }

    private void restart(int newSsrc) {
        ssrc = newSsrc;
        reception.reset();
        missing.clear();
        buffer.reset();
        sequences.reset();
        timestamps.reset();
        sendTimes.reset();
        highest = -1;
        highestTimestamp = -1;
        waitsFor = -1;
        assembler.reset();
    }
}
