package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.mp4.index.Timeline.Edit;
import org.reelcast.refusal.Refusal;

class TimelineTest {

    private static Timeline timeline(Edit... edits) throws Refusal {
        return Timeline.of(List.of(edits), 1000, 48_000, false);
    }

    private static Edit show(long durationMs, long mediaTime) {
        return new Edit(durationMs, mediaTime, false);
    }

    @Test
    void noEdits_showAllAsItIs() throws Exception {
        Timeline timeline = timeline();
        assertEquals(1_000_000, timeline.presentationUs(48_000));
        assertFalse(timeline.isCut(0, 1024));
        assertEquals(2_000_000, timeline.endUs(96_000));
    }

    @Test
    void mediaTime_cutsThePriming() throws Exception {
        Timeline timeline = timeline(show(1000, 2112));
        assertTrue(timeline.isCut(0, 1024));
        assertTrue(timeline.isCut(1024, 1024));
        assertFalse(timeline.isCut(2048, 1024));
        assertEquals(0, timeline.presentationUs(2112));
        assertEquals(-44_000, timeline.presentationUs(0));
        assertEquals(1_000_000, timeline.endUs(100_000));
    }

    @Test
    void emptyEditsAndDwells_arePauses() throws Exception {
        Timeline timeline = timeline(show(100, -1), new Edit(50, 0, true), show(0, 0));
        assertEquals(150_000, timeline.presentationUs(0));
        assertEquals(1_150_000, timeline.endUs(48_000));
    }

    @Test
    void editEnd_cutsWhatComesAfter() throws Exception {
        Timeline timeline = timeline(show(1000, 0));
        assertFalse(timeline.isCut(47_999, 1024));
        assertTrue(timeline.isCut(48_000, 1024));
        assertEquals(1_000_000, timeline.endUs(96_000));
        assertEquals(500_000, timeline.endUs(24_000));
    }

    @Test
    void coarseMovieTimescale_doesNotCostTheLastSecond() throws Exception {
        Timeline timeline = Timeline.of(List.of(show(10, 0)), 1, 48_000, false);
        assertFalse(timeline.isCut(10 * 48_000 + 40_000, 1024));
        assertTrue(timeline.isCut(11 * 48_000, 1024));
    }

    @Test
    void editThatGoesBack_endsTheList() throws Exception {
        Timeline timeline = timeline(show(1000, 48_000), show(1000, 0), show(1000, 96_000));
        assertTrue(timeline.isCut(0, 1024));
        assertFalse(timeline.isCut(50_000, 1024));
        assertTrue(timeline.isCut(96_000, 1024));
        assertEquals(1_000_000, timeline.endUs(200_000));
    }

    /** 1001 of 30 000 ticks are 20.02 of 600, written as 21, which are 1050. */
    @Test
    void piecesThatOnlyRoundingMakesOverlap_followEachOther() throws Exception {
        Timeline timeline = Timeline.of(List.of(show(21, 0), show(21, 1001), show(20, 2002)), 600, 30_000, false);
        assertEquals(0, timeline.presentationUs(0));
        assertEquals(35_000, timeline.presentationUs(1001));
        assertEquals(70_000, timeline.presentationUs(2002));
        assertFalse(timeline.isCut(2002, 1001));
        assertEquals(103_333, timeline.endUs(10_000));
        Timeline back = Timeline.of(List.of(show(21, 0), show(21, 999)), 600, 30_000, false);
        assertTrue(back.isCut(1050, 1001), "more than a tick is going back");
    }

    @Test
    void fragmentedMovie_isNotEndedByItsEditList() throws Exception {
        Timeline timeline = Timeline.of(List.of(show(1, 1024)), 1000, 48_000, true);
        assertFalse(timeline.isCut(48_000_000, 1024));
        assertEquals(0, timeline.presentationUs(1024));
    }

    @Test
    void mediaTime_isNeverBeforeWhatIsShown() throws Exception {
        Timeline timeline = timeline(show(100, -1), show(100, 4800), show(100, -1), show(0, 48_000));
        for (long media = 4800; media < 9600; media += 7) {
            assertTrue(timeline.mediaTime(timeline.presentationUs(media)) >= media);
        }
        for (long media = 48_000; media < 100_000; media += 7) {
            long found = timeline.mediaTime(timeline.presentationUs(media));
            assertTrue(found >= media && found <= media + 2, "found " + found + " for " + media);
        }
    }

    @Test
    void absurdEdits_areRefused() {
        assertThrows(Refusal.class, () -> timeline(show(Long.MAX_VALUE, -1), show(0, 0)));
        assertThrows(Refusal.class, () -> timeline(show(0, Long.MAX_VALUE)));
    }
}
