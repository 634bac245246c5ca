package org.reelcast.output.hls.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No address has all the memory that segments take, however slowly it reads. */
class AnswerLimitsTest {
    private static final String SLOW = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    private final MediaCache cache = new MediaCache(1000, Runnable::run);
    private final AnswerLimits askers = new AnswerLimits(10, 500);

    private HlsAnswer media(String name, int bytes) {
        return HlsAnswer.media(
                "video/mp4",
                cache.get(name, bytes, () -> List.of(new byte[bytes])).join());
    }

    @Test
    void addressThatReadsNothing_leavesRoomForOthers() {
        AnswerLimits.Asker first = askers.enter(SLOW).orElseThrow();
        HlsAnswer one = media("one", 300);
        assertSame(one, first.take(one));
        AnswerLimits.Asker second = askers.enter(SLOW).orElseThrow();
        assertEquals(503, second.take(media("two", 300)).status());
        AnswerLimits.Asker other = askers.enter(OTHER).orElseThrow();
        assertEquals(200, other.take(media("two", 300)).status());
        first.close();
        first.close();
        assertEquals(
                200, askers.enter(SLOW).orElseThrow().take(media("two", 300)).status());
        assertEquals(300, held());
    }

    /** Whoever has a network of IPv6 has all addresses of it. */
    @Test
    void addressesOfOneNetwork_areOne() {
        AnswerLimits.Asker first = askers.enter("2001:db8::1").orElseThrow();
        assertEquals(200, first.take(media("one", 300)).status());
        AnswerLimits.Asker second = askers.enter("2001:db8::2").orElseThrow();
        assertEquals(503, second.take(media("two", 300)).status());
        first.close();
        assertEquals(200, second.take(media("two", 300)).status());
        second.close();
        assertEquals(0, askers.count());
    }

    /** What is kept from others, in the worst case. */
    private long held() {
        // what nobody is sent is forgotten for it
        cache.get("large", 350, () -> List.of(new byte[350])).join();
        return cache.bytes() - 350;
    }

    /** A thousand viewers behind one address see the same stream. */
    @Test
    void sameSegmentForMany_countsOnce() {
        AnswerLimits many = new AnswerLimits(1000, 500);
        List<AnswerLimits.Asker> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            AnswerLimits.Asker asker = many.enter(SLOW).orElseThrow();
            assertEquals(200, asker.take(media("same", 400)).status());
            all.add(asker);
        }
        assertTrue(many.enter(SLOW).isEmpty());
        assertEquals(1000, many.count());
        all.forEach(AnswerLimits.Asker::close);
        assertEquals(0, many.count());
        assertEquals(0, held());
    }

    @Test
    void whatEndedBeforeItWasThere_holdsNothing() {
        AnswerLimits.Asker gone = askers.enter(SLOW).orElseThrow();
        gone.close();
        assertEquals(200, gone.take(media("late", 400)).status());
        assertEquals(0, held());
    }

    @Test
    void textAndInitializationSegments_takeNothing() {
        AnswerLimits.Asker asker = askers.enter(SLOW).orElseThrow();
        assertEquals(
                200,
                asker.take(HlsAnswer.media("video/mp4", Media.lasting(new byte[5000])))
                        .status());
        assertEquals(
                200,
                asker.take(HlsAnswer.playlist("text/plain", "x", HlsAnswer.LIVE))
                        .status());
        asker.close();
        assertEquals(0, askers.count());
    }

    /** A proxy on this machine has all requests come from it. */
    @Test
    void thisMachine_isNotCounted() {
        for (int i = 0; i < 100; i++) {
            AnswerLimits.Asker asker = askers.enter("127.0.0.1").orElseThrow();
            assertEquals(200, asker.take(media("s" + i % 2, 300)).status());
        }
    }
}
