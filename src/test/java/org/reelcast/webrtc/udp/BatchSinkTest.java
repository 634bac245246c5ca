package org.reelcast.webrtc.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSinkTest {
    private static final InetSocketAddress TO = new InetSocketAddress("192.0.2.1", 1000);

    private final List<String> sends = new ArrayList<>();
    private final UdpStatistics statistics = new UdpStatistics();
    private boolean segments = true;
    private final BatchSink sink = new BatchSink(new Out(), statistics);
    private byte next;

    @Test
    void equalPacketsAndOneShorter_areOneSend() {
        put(1000, 1000, 1000, 200);
        assertEquals(List.of("1010x3+210 from 0"), sends);
    }

    @Test
    void longerPacket_beginsARun() {
        put(200, 1000, 1000);
        assertEquals(List.of("210 from 0", "1010x2 from 1"), sends);
    }

    @Test
    void shorterPacket_endsARun() {
        put(1000, 500, 500, 500, 100);
        assertEquals(List.of("1010+510 from 0", "510x2+110 from 2"), sends);
    }

    @Test
    void runs_endAtTheKernelsLimits() {
        int[] small = new int[65];
        Arrays.fill(small, 100);
        put(small);
        assertEquals(List.of("110x64 from 0", "110 from 64"), sends);
        sends.clear();
        int[] large = new int[60];
        Arrays.fill(large, 1190);
        put(large);
        assertEquals(List.of("1200x54 from 65", "1200x6 from 119"), sends);
    }

    @Test
    void withoutSegmentation_eachPacketIsASend() {
        segments = false;
        put(1000, 1000, 200);
        assertEquals(List.of("1010 from 0", "1010 from 1", "210 from 2"), sends);
    }

    @Test
    void refusedPacket_isLeftOutAndCounted() {
        put(1000, 0, 1000);
        assertEquals(List.of("1010x2 from 0"), sends);
        assertEquals(1, statistics.notProtected());
    }

    @Test
    void manyRounds_keepTheBytesApart() {
        for (int round = 0; round < 500; round++) {
            put(1100, 1100, 700, 1300);
        }
        assertEquals(1000, sends.size());
    }

    private void put(int... lengths) {
        sink.begin(new TenMore(), TO);
        for (int length : lengths) {
            int at = sink.reserve(length);
            byte[] b = sink.array();
            for (int i = 0; i < length; i++) {
                b[at + i] = next;
            }
            if (length > 0) {
                next++;
            }
            sink.commitRtp(length);
        }
        sink.flush();
    }

    /** Adds ten bytes, and refuses empty packets. */
    private static final class TenMore implements PacketProtection {
        @Override
        public int protectRtp(byte[] b, int off, int length) {
            for (int i = 0; i < 10 && length > 0; i++) {
                b[off + length + i] = b[off];
            }
            return length == 0 ? -1 : length + 10;
        }

        @Override
        public int protectRtcp(byte[] b, int off, int length) {
            return protectRtp(b, off, length);
        }
    }

    private final class Out implements DatagramOut {
        @Override
        public boolean segments() {
            return segments;
        }

        @Override
        public void send(byte[] b, int off, int length, InetSocketAddress to) {
            same(b, off, length);
            sends.add(length + " from " + b[off]);
        }

        @Override
        public void sendSegmented(byte[] b, int off, int length, int segment, InetSocketAddress to) {
            for (int at = 0; at < length; at += segment) {
                same(b, off + at, Math.min(segment, length - at));
                assertEquals(b[off] + at / segment, b[off + at]);
            }
            int whole = length / segment;
            int rest = length % segment;
            sends.add(segment + (whole > 1 ? "x" + whole : "") + (rest > 0 ? "+" + rest : "") + " from " + b[off]);
        }

        private void same(byte[] b, int off, int length) {
            for (int i = 1; i < length; i++) {
                assertEquals(b[off], b[off + i]);
            }
        }
    }
}
