package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ring against a model that is too plain to be wrong. */
class FrameRingTest {

    @Test
    void anyUse_keepsWhatItShould() {
        for (long seed = 0; seed < 20; seed++) {
            use(new Random(seed));
        }
    }

    private static void use(Random random) {
        FrameRing ring = new FrameRing();
        ArrayDeque<RtpFrame> waiting = new ArrayDeque<>();
        ArrayDeque<Sent> history = new ArrayDeque<>();
        Map<Long, RtpFrame> bySequence = new HashMap<>();
        long sequence = 65_000;
        long nowUs = 0;
        for (int step = 0; step < 5_000; step++) {
            nowUs += random.nextInt(2_000);
            int what = random.nextInt(100);
            if (what < 30) {
                RtpFrame frame = TestFrames.cutVideo(true, nowUs, 1 + random.nextInt(5_000));
                ring.add(frame, step, nowUs);
                waiting.add(frame);
            } else if (what < 90 && ring.hasWaiting()) {
                assertSame(waiting.peek(), ring.frame());
                bySequence.put(sequence, ring.frame());
                if (ring.sent(sequence++, nowUs)) {
                    history.add(new Sent(waiting.remove(), nowUs));
                }
            } else if (what < 91) {
                RtpFrame underWay = ring.hasWaiting() && ring.packet() > 0 ? waiting.remove() : null;
                assertEquals(waiting.size(), ring.dropWaiting());
                waiting.clear();
                if (underWay != null) {
                    waiting.add(underWay);
                }
            } else {
                ring.evict(60, nowUs - 100_000);
                while (!history.isEmpty()
                        && (history.peek().timeUs < nowUs - 100_000
                                || packets(history) + (ring.hasWaiting() ? ring.packet() : 0) > 60)) {
                    RtpFrame gone = history.remove().frame;
                    bySequence.values().removeIf(f -> f == gone);
                }
            }
            assertEquals(!waiting.isEmpty(), ring.hasWaiting());
            int sent = waiting.isEmpty() ? 0 : ring.packet();
            assertEquals(waiting.stream().mapToInt(RtpFrame::packets).sum() - sent, ring.waitingPackets());
            long probe = sequence - 100 + random.nextInt(110);
            int place = ring.find(probe);
            assertSame(bySequence.get(probe), place < 0 ? null : ring.frameAt(place));
            assertTrue(place < 0 || probe >= ring.firstSequenceAt(place));
        }
        ring.clear();
        assertEquals(0, ring.waitingBytes());
        assertEquals(-1, ring.find(sequence - 1));
        List<RtpFrame> after = new ArrayList<>(List.of(TestFrames.cutVideo(true, 0, 10)));
        ring.add(after.get(0), 0, 0);
        assertSame(after.get(0), ring.frame());
    }

    private static int packets(ArrayDeque<Sent> history) {
        return history.stream().mapToInt(s -> s.frame.packets()).sum();
    }

    private record Sent(RtpFrame frame, long timeUs) {}
}
