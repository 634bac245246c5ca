package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.storage.SourceId;

class BroadcastTimelineTest {
    private static final long START_US = 1_764_500_000_123_456L;
    private static final long PASS_US = 10_006_667;
    private static final SourceId FILM = new SourceId("/films/a.mp4", 123_456_789, "2026-11-30T06:25:42.123456789Z");
    private static final BroadcastTimeline LOOPED = BroadcastTimeline.of(FILM, PASS_US, true, START_US, 2_500_000, 1);

    @Test
    void positionAndTimeAreEachOthersInverse_alsoAfterAYearOfLoops() {
        long yearUs = 365L * 86_400 * 1_000_000;
        assertEquals(2_500_000, LOOPED.positionUs(START_US));
        long position = LOOPED.positionUs(START_US + yearUs);
        assertEquals(START_US + yearUs, LOOPED.whenDueUs(position));
        assertEquals((2_500_000 + yearUs) / PASS_US, LOOPED.pass(position));
        assertEquals((2_500_000 + yearUs) % PASS_US, LOOPED.inPassUs(position));
    }

    @Test
    void filmThatIsNotLoopedIsOverAtItsEnd() {
        BroadcastTimeline once = BroadcastTimeline.of(FILM, PASS_US, false, START_US, 0, 1);
        assertFalse(once.isOver(START_US + PASS_US - 1));
        assertTrue(once.isOver(START_US + PASS_US));
        assertEquals(0, once.pass(PASS_US * 3));
        assertFalse(LOOPED.isOver(START_US + PASS_US * 3));
    }

    @Test
    void timesOfDayThatTurnOutToBeLaterMoveThePictureNot() {
        BroadcastTimeline moved = LOOPED.movedBy(3_600_000_000L);
        assertEquals(LOOPED.positionUs(START_US + 5), moved.positionUs(START_US + 3_600_000_005L));
        assertEquals(2, moved.epoch());
    }

    @Test
    void jsonIsReadAsItWasWritten_andIsShort() {
        BroadcastTimeline longest = BroadcastTimeline.of(
                new SourceId("x", Long.MAX_VALUE, "\"é".repeat(500)),
                Long.MAX_VALUE,
                false,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE);
        BroadcastTimeline longVersion = BroadcastTimeline.of(
                new SourceId("x", Long.MAX_VALUE, "a".repeat(64)),
                Long.MAX_VALUE,
                false,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE);
        for (BroadcastTimeline timeline : new BroadcastTimeline[] {LOOPED, longest, longVersion}) {
            String json = timeline.toJson().toString();
            assertEquals(timeline, BroadcastTimeline.parse(json));
            int bytes = json.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes <= BroadcastTimeline.MAX_JSON_BYTES, bytes + " bytes: " + json);
        }
    }

    @Test
    void anotherFileOfTheSameNameIsToldApart() {
        assertTrue(LOOPED.isOf(FILM));
        assertTrue(LOOPED.isOf(new SourceId("elsewhere", FILM.size(), FILM.version())));
        assertFalse(LOOPED.isOf(new SourceId(FILM.location(), FILM.size() + 1, FILM.version())));
        assertFalse(LOOPED.isOf(new SourceId(FILM.location(), FILM.size(), "\"etag\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"size\":1}",
                "{\"size\":1,\"version\":\"v\",\"passUs\":1,\"loop\":true,\"startUs\":1,\"positionUs\":1,\"rate\":2,\"epoch\":1}",
                "{\"size\":1,\"version\":\"v\",\"passUs\":-1,\"loop\":true,\"startUs\":1,\"positionUs\":1,\"rate\":1,\"epoch\":1}",
                "{\"size\":1,\"version\":\"v\",\"passUs\":1,\"loop\":true,\"startUs\":1,\"positionUs\":-1,\"rate\":1,"
                        + "\"epoch\":1}",
                "{\"size\":1.5,\"version\":\"v\",\"passUs\":1,\"loop\":true,\"startUs\":1,\"positionUs\":1,\"rate\":1,"
                        + "\"epoch\":1}",
                "{\"size\":1,\"version\":7,\"passUs\":1,\"loop\":true,\"startUs\":1,\"positionUs\":1,\"rate\":1,\"epoch\":1}",
                "{\"size\":1,\"version\":\"v\",\"passUs\":1,\"loop\":true,\"startUs\":1e40,\"positionUs\":1,\"rate\":1,"
                        + "\"epoch\":1}"
            })
    void whatIsNoTimelineIsRefused(String text) {
        assertThrows(JsonException.class, () -> BroadcastTimeline.parse(text));
    }
}
