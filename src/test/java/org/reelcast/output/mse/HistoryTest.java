package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History(true);
    private final FeedTimeline feed = new FeedTimeline(true, Film.SOUND, history::add);

    private void play(long toUs) {
        Film.frames(0, toUs, toUs).forEach(feed::take);
    }

    @Test
    void beginsWithTheLastKeyFrameThatIsOldEnough() {
        play(10_000_000);
        List<MediaUnit> past = history.from(10_000_000);
        assertEquals(7_000_000, past.get(0).dueUs());
        assertTrue(past.get(0).key() && past.get(0).isPicture());
        assertEquals(75, past.stream().filter(MediaUnit::isPicture).count());
        assertTrue(past.stream().anyMatch(unit -> !unit.isPicture() && unit.dueUs() > 9_900_000));
    }

    @Test
    void beginsWithTheFirstOneWhereNoneIsOldEnough() {
        play(1_500_000);
        assertEquals(0, history.from(1_500_000).get(0).dueUs());
    }

    @Test
    void keepsNoMoreThanIsNeeded() {
        play(100_000_000);
        assertTrue(history.from(100_000_000).size() < 5 * (25 + 47));
        // as seen long ago it is all that is kept
        assertTrue(history.from(0).get(0).dueUs() >= 96_000_000);
    }

    @Test
    void whatHasNoKeyFrameForTooLong_isLetGo() {
        byte[] large = new byte[1 << 20];
        MediaUnit.Look look = new MediaUnit.Look(new byte[0], 1, 1);
        for (int i = 0; i < 40; i++) {
            history.add(new MediaUnit(look, i == 0, i, i, large, null));
        }
        assertTrue(history.from(100).isEmpty());
        history.add(new MediaUnit(look, true, 50, 50, large, null));
        assertEquals(1, history.from(100).size());
    }
}
