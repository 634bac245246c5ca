package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerTimelineTest {
    private static final long UNIT_US = Film.SOUND.lengthUs(1);
    private static final long NOW_US = 100_000_000;

    private record Written(boolean picture, long timeUs, byte[] body) {
        boolean isConfig() {
            return picture ? body[0] == 0x17 && body[1] == 0 : body[0] == 0;
        }
    }

    private final List<MediaUnit> units = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private long pictureEndUs;
    private long soundEndUs;

    private ViewerTimeline line(boolean picture, boolean mayHurry) {
        return new ViewerTimeline(picture, Film.SOUND, mayHurry, (isPicture, timeUs, endUs, body) -> {
            written.add(new Written(isPicture, timeUs, body));
            if (isPicture) {
                pictureEndUs = endUs;
            } else {
                soundEndUs = endUs;
            }
        });
    }

    /** A film whose time 0 is due at {@code zeroUs}. */
    private List<MediaUnit> units(long zeroUs, long fromUs, long toUs) {
        units.clear();
        FeedTimeline feed = new FeedTimeline(true, Film.SOUND, units::add);
        Film.frames(0, toUs, toUs).forEach(frame -> feed.take(frame.shifted(zeroUs)));
        return units.stream().filter(unit -> unit.timeUs() >= zeroUs + fromUs).toList();
    }

    private List<Written> pictures() {
        return written.stream()
                .filter(each -> each.picture() && !each.isConfig())
                .toList();
    }

    private List<Written> sounds() {
        return written.stream()
                .filter(each -> !each.picture() && !each.isConfig())
                .toList();
    }

    private List<Long> configTimes() {
        return written.stream()
                .filter(each -> each.picture() && each.isConfig())
                .map(Written::timeUs)
                .toList();
    }

    private void assertNoHole() {
        for (int i = 1; i < sounds().size(); i++) {
            assertEquals(UNIT_US, sounds().get(i).timeUs() - sounds().get(i - 1).timeUs(), UNIT_US / 2.0, "sound " + i);
        }
        for (int i = 1; i < pictures().size(); i++) {
            long stepUs = pictures().get(i).timeUs() - pictures().get(i - 1).timeUs();
            assertTrue(stepUs > 0 && stepUs <= 2 * Film.PICTURE_US, "picture " + i + " after " + stepUs);
        }
        assertEquals(0, pictures().get(0).timeUs());
        assertEquals(0, sounds().get(0).timeUs(), UNIT_US);
    }

    @Test
    void firstComesHowSoundIsDecoded_thenHowThePictureIs_thenTheKeyFrame() {
        ViewerTimeline line = line(true, true);
        units(NOW_US - ViewerTimeline.BURST_US, 0, 1_000_000).forEach(unit -> line.take(unit, NOW_US));
        assertTrue(!written.get(0).picture() && written.get(0).isConfig());
        assertTrue(written.get(1).picture() && written.get(1).isConfig());
        assertTrue(written.get(2).picture() && !written.get(2).isConfig());
        assertEquals(0, written.get(2).timeUs());
        assertNoHole();
    }

    @Test
    void filmThatBegan_isAsItIs() {
        ViewerTimeline line = line(true, false);
        units(NOW_US - 5_000_000, 0, 5_000_000).forEach(unit -> line.take(unit, NOW_US));
        assertEquals(125, pictures().size());
        assertEquals(124 * Film.PICTURE_US, pictures().get(124).timeUs());
        assertNoHole();
    }

    @Test
    void withLessOfThePastThanBrowsersNeed_theFirstPictureStands() {
        ViewerTimeline line = line(true, true);
        // a key frame 1 s ago is all there is
        units(NOW_US - 1_000_000, 0, 1_000_000).forEach(unit -> line.take(unit, NOW_US));
        assertNoHole();
        assertEquals(
                ViewerTimeline.BURST_US, pictures().get(pictures().size() - 1).timeUs() + Film.PICTURE_US);
        assertEquals(ViewerTimeline.BURST_US, sounds().get(sounds().size() - 1).timeUs(), 2 * UNIT_US);
        long silent = sounds().stream()
                .filter(each -> Arrays.equals(each.body(), Film.SOUND.silence()))
                .count();
        assertEquals(1_300_000, silent * UNIT_US, UNIT_US);
    }

    @Test
    void whatIsTooOld_isHurriedThrough() {
        List<MediaUnit> past = units(NOW_US - 9_000_000, 0, 9_000_000).stream()
                .filter(unit -> !unit.isPicture() || !unit.key() || unit.timeUs() == NOW_US - 9_000_000)
                .toList();
        ViewerTimeline line = line(true, true);
        past.forEach(unit -> line.take(unit, NOW_US));
        assertNoHole();
        assertTrue(pictures().size() > 210, "all but the key frames of the test");
        long endUs = pictures().get(pictures().size() - 1).timeUs();
        assertEquals(ViewerTimeline.BURST_US + 165_000, endUs, 100_000);
        assertEquals(1_000, pictures().get(10).timeUs() - pictures().get(9).timeUs());
    }

    @Test
    void parameterSetsComeOnceASecond_andBeforeTheFirst() {
        ViewerTimeline line = line(true, false);
        FeedTimeline feed = new FeedTimeline(true, null, unit -> line.take(unit, NOW_US));
        for (int i = 0; i < 100; i++) {
            // all-intra
            feed.take(Film.picture(NOW_US - 5_000_000 + i * Film.PICTURE_US, true));
        }
        assertEquals(List.of(0L, 1_000_000L, 2_000_000L, 3_000_000L), configTimes());
        assertEquals(100, pictures().size());
    }

    @Test
    void whatIsLeftOut_shortensTheLine() {
        ViewerTimeline line = line(true, false);
        List<MediaUnit> all = units(NOW_US - 9_000_000, 0, 9_000_000);
        long leftOutUs = NOW_US - 9_000_000 + 3_000_000;
        long keptEndUs = 0;
        boolean out = false;
        for (MediaUnit unit : all) {
            if (unit.timeUs() > leftOutUs + 1_500_000 && !out) {
                out = true;
                // what was placed after 3 s is thrown away
                written.removeIf(each -> each.timeUs() >= 3_000_000);
                keptEndUs = 3_000_000;
                line.goOnFrom(keptEndUs, sounds().get(sounds().size() - 1).timeUs() + UNIT_US);
            }
            line.take(unit, NOW_US);
        }
        assertNoHole();
        // 4.5 s were reached, the key frame at 5 s goes on at 3 s
        assertEquals(
                9_000_000 - 2_000_000, pictures().get(pictures().size() - 1).timeUs() + Film.PICTURE_US, 100_000);
        assertTrue(configTimes().stream().anyMatch(us -> Math.abs(us - 3_000_000) < 100_000), configTimes()::toString);
    }

    @Test
    void soundAlone_beginsWithSilenceForWhatIsMissing() {
        ViewerTimeline line = line(false, true);
        for (int i = 0; i < 50; i++) {
            line.take(
                    new MediaUnit(null, true, NOW_US + Film.soundUs(i), Film.soundUs(i), new byte[] {1, 9}, null),
                    NOW_US);
        }
        assertEquals(0, sounds().get(0).timeUs(), UNIT_US);
        assertEquals(
                ViewerTimeline.BURST_US + Film.soundUs(49),
                sounds().get(sounds().size() - 1).timeUs(),
                1);
    }
}
