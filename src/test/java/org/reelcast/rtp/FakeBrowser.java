package org.reelcast.rtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The receiving half of a browser as far as a sender notices: asks for missing packets at once and again after each
 * round trip, up to ten times, sends reports every second, and notes when each frame was whole. Reads packets by the
 * letter of the RFCs, with none of the product's code.
 */
final class FakeBrowser {
    private static final int MAX_TRIES = 10;
    private static final long REPORT_US = 1_000_000;

    private final RtpTrackConfig track;
    private final long roundTripUs;
    private final Map<Long, byte[]> payloads = new HashMap<>();
    private final Map<Long, Long> timestamps = new HashMap<>();
    private final Map<Long, Boolean> markers = new HashMap<>();
    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private final List<Whole> frames = new ArrayList<>();
    private long highest = -1;
    private long frameStart = -1;
    private long scanned = -1;
    private int lastReport;
    private long lastReportUs;
    private long reportUs = REPORT_US;
    private long given;
    private int received;

    /** A frame that came together: its packets' payloads in order. */
    record Whole(long firstSequence, long timestamp, List<byte[]> payloads, long completeUs) {}

    private static final class Missing {
        private int tries;
        private long askUs;
    }

    FakeBrowser(RtpTrackConfig track, long roundTripUs) {
        this.track = track;
        this.roundTripUs = roundTripUs;
    }

    void onPacket(FakeNetwork.Packet packet, long nowUs) {
        byte[] b = packet.bytes();
        if (packet.rtcp()) {
            if (u(b, 1, 1) == 200 && (int) u(b, 4, 4) == track.ssrc()) {
                lastReport = (int) u(b, 10, 4);
                lastReportUs = nowUs;
            }
            return;
        }
        int headerLength = 12 + ((b[0] & 0x10) != 0 ? 4 + 4 * (int) u(b, 14, 2) : 0);
        int ssrc = (int) u(b, 8, 4);
        long wire = u(b, 2, 2);
        if (track.hasRtx() && ssrc == track.rtxSsrc() && (b[1] & 0x7f) == track.rtxPayloadType()) {
            wire = u(b, headerLength, 2);
            headerLength += 2;
        } else if (ssrc != track.ssrc()) {
            return;
        } else {
            received++;
        }
        take(b, headerLength, wire, nowUs);
    }

    private void take(byte[] b, int headerLength, long wire, long nowUs) {
        long sequence = highest < 0 ? wire : highest + (short) (wire - highest);
        if (highest < 0) {
            highest = sequence - 1;
            // a real one has no way to know of packets lost before the first it sees; the test knows
            long start = track.firstSequence();
            highest = start - 1;
            frameStart = start;
            scanned = start;
            sequence = highest + (short) (wire - highest);
        }
        for (long s = highest + 1; s < sequence; s++) {
            Missing gap = new Missing();
            gap.askUs = nowUs;
            missing.put(s, gap);
        }
        highest = Math.max(highest, sequence);
        missing.remove(sequence);
        int padding = (b[0] & 0x20) != 0 ? b[b.length - 1] & 0xff : 0;
        byte[] payload = java.util.Arrays.copyOfRange(b, headerLength, b.length - padding);
        if (sequence < frameStart || payloads.putIfAbsent(sequence, payload) != null) {
            return;
        }
        timestamps.put(sequence, u(b, 4, 4));
        markers.put(sequence, (b[1] & 0x80) != 0);
        assemble(nowUs);
    }

    private void assemble(long nowUs) {
        while (payloads.containsKey(scanned)) {
            boolean last = markers.get(scanned);
            scanned++;
            if (last) {
                List<byte[]> parts = new ArrayList<>();
                long timestamp = timestamps.get(frameStart);
                for (long s = frameStart; s < scanned; s++) {
                    parts.add(payloads.remove(s));
                    timestamps.remove(s);
                    markers.remove(s);
                }
                frames.add(new Whole(frameStart, timestamp, parts, nowUs));
                frameStart = scanned;
            }
        }
    }

    /** When {@link #poll} has something to do. */
    long nextUs() {
        long next = reportUs;
        for (Missing gap : missing.values()) {
            next = Math.min(next, gap.askUs);
        }
        return next;
    }

    /** Sends NACKs and reports that are due. */
    void poll(long nowUs, FakeNetwork back) {
        List<Long> due = new ArrayList<>();
        missing.values().removeIf(gap -> gap.tries == MAX_TRIES && ++given > 0);
        for (Map.Entry<Long, Missing> entry : missing.entrySet()) {
            if (entry.getValue().askUs <= nowUs) {
                entry.getValue().askUs = nowUs + roundTripUs;
                entry.getValue().tries++;
                due.add(entry.getKey());
            }
        }
        if (!due.isEmpty()) {
            back.send(nack(due), true);
        }
        if (nowUs >= reportUs) {
            reportUs = nowUs + REPORT_US;
            back.send(report(nowUs), true);
        }
    }

    private byte[] nack(List<Long> sequences) {
        byte[] packet = new byte[12 + 4 * sequences.size()];
        put(packet, 0, 4, 0x81cd0000L | packet.length / 4 - 1);
        put(packet, 8, 4, track.ssrc());
        for (int i = 0; i < sequences.size(); i++) {
            put(packet, 12 + 4 * i, 2, sequences.get(i));
        }
        return packet;
    }

    private byte[] report(long nowUs) {
        byte[] packet = new byte[32];
        put(packet, 0, 4, 0x81c90007L);
        put(packet, 8, 4, track.ssrc());
        put(packet, 12, 4, (int) Math.max(highest - track.firstSequence() + 1 - received, 0) & 0xffffff);
        put(packet, 16, 4, highest);
        put(packet, 24, 4, lastReport);
        put(packet, 28, 4, lastReport == 0 ? 0 : ((nowUs - lastReportUs) << 16) / 1_000_000);
        return packet;
    }

    List<Whole> frames() {
        return frames;
    }

    int stillMissing() {
        return missing.size();
    }

    /** Packets asked for ten times in vain. */
    long givenUp() {
        return given;
    }

    private static long u(byte[] b, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | b[at + i] & 0xff;
        }
        return value;
    }

    private static void put(byte[] b, int at, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            b[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
    }
}
