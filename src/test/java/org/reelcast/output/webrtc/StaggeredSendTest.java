package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;

class StaggeredSendTest {
    private static final long PICTURE_US = 33_333;
    private static final int FIRST = SendSlots.FIRST_FULL;
    private static final int TWO_ROWS = FIRST + SendSlots.FULL;
    private static final int MEMBERS = FIRST + 4 * SendSlots.FULL;

    private final FakeLoop loop = new FakeLoop();
    private final StaggeredSend<Integer> waves = new StaggeredSend<>(loop);
    private final List<String> log = new ArrayList<>();
    private final long startUs = loop.nowUs();

    private static SendSlots<Integer> rows(int members) {
        SendSlots<Integer> rows = SendSlots.none(32);
        for (int i = 0; i < members; i++) {
            rows = rows.with(i);
        }
        return rows;
    }

    private static int rowOf(int member) {
        return member < FIRST ? 0 : 1 + (member - FIRST) / SendSlots.FULL;
    }

    /** Notes who got what when, in ms from the start. */
    private Consumer<Integer> note(String what) {
        return member -> log.add(what + " to " + member + " at " + (loop.nowUs() - startUs) / 1000);
    }

    private long count(String part) {
        return log.stream().filter(line -> line.contains(part)).count();
    }

    @Test
    void start_servesTheFirstRowNowAndEachOtherAStepLater() {
        waves.start(rows(MEMBERS), startUs, note("picture"));
        assertEquals(FIRST, log.size());
        loop.run(1_000_000);
        assertEquals(MEMBERS, log.size());
        for (int i = 0; i < MEMBERS; i++) {
            assertEquals("picture to " + i + " at " + 4 * rowOf(i), log.get(i));
        }
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void few_areServedAtOnceWithoutATimer() {
        waves.start(rows(FIRST), startUs, note("picture"));
        assertEquals(FIRST, log.size());
        assertEquals(0, loop.pendingTimers());
    }

    /** Pictures overtake nothing: with 32 rows, four are under way at a time. */
    @Test
    void wavesLongerThanAPicture_everybodyGetsAllInOrderAtEvenTimes() {
        int members = FIRST + 31 * SendSlots.FULL;
        SendSlots<Integer> rows = rows(members);
        for (int i = 0; i < 30; i++) {
            loop.runUntil(startUs + i * PICTURE_US);
            int number = i;
            waves.start(
                    rows,
                    startUs + i * PICTURE_US,
                    member -> log.add(member + ":" + number + ":" + (loop.nowUs() - startUs - number * PICTURE_US)));
        }
        loop.run(1_000_000);
        for (int member = 0; member < members; member++) {
            int of = member;
            List<String> got =
                    log.stream().filter(line -> line.startsWith(of + ":")).toList();
            for (int i = 0; i < 30; i++) {
                assertEquals(member + ":" + i + ":" + rowOf(member) * StaggeredSend.STEP_US, got.get(i));
            }
        }
    }

    @Test
    void lateStart_laterRowsKeepTheirTimes() {
        loop.runUntil(startUs + 10_000);
        waves.start(rows(MEMBERS), startUs, note("picture"));
        assertEquals(FIRST + 2 * SendSlots.FULL, log.size());
        loop.run(1_000_000);
        assertEquals(SendSlots.FULL, count("at 12"));
        assertEquals(SendSlots.FULL, count("at 16"));
    }

    @Test
    void whatHasNoTimeOfItsOwn_isDueNow() {
        loop.runUntil(startUs + 10_000);
        waves.start(rows(TWO_ROWS), Long.MAX_VALUE, note("sound"));
        loop.run(1_000_000);
        assertEquals(FIRST, count("at 10"));
        assertEquals(SendSlots.FULL, count("at 14"));
    }

    /** Sound that went out early, then a picture that is late: it starts no sooner than the sound did. */
    @Test
    void laterWave_neverStartsBeforeAnEarlierOne() {
        loop.runUntil(startUs + 8_000);
        waves.start(rows(TWO_ROWS), Long.MAX_VALUE, note("sound"));
        waves.start(rows(TWO_ROWS), startUs, note("picture"));
        loop.run(1_000_000);
        for (int i = 0; i < TWO_ROWS; i++) {
            int sound = log.indexOf("sound to " + i + " at " + (8 + 4 * rowOf(i)));
            int picture = log.indexOf("picture to " + i + " at " + (8 + 4 * rowOf(i)));
            assertTrue(sound >= 0 && sound < picture, log.toString());
        }
    }

    /** What is for one alone comes after what is on its way to it, and before what starts later. */
    @Test
    void oneAlone_keepsItsPlace() {
        SendSlots<Integer> rows = rows(MEMBERS);
        int last = MEMBERS - 1;
        waves.start(rows, startUs, note("first"));
        waves.start(rows.only(last), Long.MAX_VALUE, note("repair"));
        loop.run(3_000);
        waves.start(rows, Long.MAX_VALUE, note("second"));
        loop.run(1_000_000);
        assertEquals(
                List.of("first to " + last + " at 16", "repair to " + last + " at 16", "second to " + last + " at 19"),
                log.stream().filter(line -> line.contains("to " + last)).toList());
    }

    @Test
    void whoJoinsOnTheWay_getsOnlyWhatStartsLater() {
        SendSlots<Integer> rows = rows(MEMBERS);
        waves.start(rows, startUs, note("first"));
        loop.run(2_000);
        waves.start(rows.with(999), Long.MAX_VALUE, note("second"));
        loop.run(1_000_000);
        assertEquals(1, count("to 999"));
        assertEquals(1, count("second to 999"));
    }

    @Test
    void finish_servesAllAtOnceInOrder() {
        waves.start(rows(MEMBERS), startUs, note("picture"));
        waves.start(rows(MEMBERS), startUs, note("end"));
        waves.finish();
        assertEquals(2 * MEMBERS, count("at 0"));
        for (int i = 0; i < MEMBERS; i++) {
            assertTrue(log.indexOf("picture to " + i + " at 0") < log.indexOf("end to " + i + " at 0"));
        }
        loop.run(1_000_000);
        assertEquals(2 * MEMBERS, log.size());
    }
}
