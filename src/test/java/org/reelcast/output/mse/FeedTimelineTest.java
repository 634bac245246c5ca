package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Frame;

class FeedTimelineTest {
    private static final long UNIT_US = Film.SOUND.lengthUs(1);

    private final List<MediaUnit> pictures = new ArrayList<>();
    private final List<MediaUnit> sounds = new ArrayList<>();
    private FeedTimeline line = new FeedTimeline(true, Film.SOUND, this::take);

    private void take(MediaUnit unit) {
        (unit.isPicture() ? pictures : sounds).add(unit);
    }

    private void play(List<Frame> frames) {
        frames.forEach(line::take);
    }

    private static long silent(List<MediaUnit> sounds) {
        return sounds.stream()
                .filter(unit -> Arrays.equals(unit.body(), Film.SOUND.silence()))
                .count();
    }

    /** Nothing is missing and nothing is there twice. */
    private void assertWhole(long untilUs) {
        for (int i = 1; i < sounds.size(); i++) {
            assertEquals(UNIT_US, sounds.get(i).timeUs() - sounds.get(i - 1).timeUs(), UNIT_US / 2.0, "sound " + i);
        }
        for (int i = 1; i < pictures.size(); i++) {
            long stepUs = pictures.get(i).timeUs() - pictures.get(i - 1).timeUs();
            assertTrue(stepUs > 0 && stepUs <= 2 * Film.PICTURE_US, "picture " + i + " after " + stepUs);
        }
        assertTrue(pictures.get(pictures.size() - 1).timeUs() >= untilUs - Film.PICTURE_US, "pictures end");
        assertTrue(sounds.get(sounds.size() - 1).timeUs() >= untilUs - 2 * UNIT_US, "sound ends");
    }

    @Test
    void filmPassesAsItIs() {
        play(Film.frames(0, 3_000_000, 3_000_000));
        assertEquals(75, pictures.size());
        assertEquals(0, silent(sounds));
        assertEquals(Film.soundUs(100), sounds.get(100).timeUs(), 1);
        assertEquals(3 * Film.PICTURE_US, pictures.get(3).timeUs());
        assertWhole(3_000_000);
    }

    @Test
    void nothingComesBeforeTheFirstKeyFrame_soundOfItsTimeDoes() {
        line.take(Film.sound(900_000));
        line.take(Film.sound(1_005_000));
        line.take(Film.picture(24));
        assertTrue(pictures.isEmpty() && sounds.isEmpty());
        line.take(Film.picture(25));
        assertEquals(1_000_000, pictures.get(0).timeUs());
        assertEquals(List.of(1_005_000L), sounds.stream().map(MediaUnit::timeUs).toList());
    }

    @Test
    void soundThatIsShorter_goesOnInSilence() {
        play(Film.frames(0, 5_000_000, 2_000_000));
        line.end();
        assertWhole(5_000_000);
        assertTrue(silent(sounds) * UNIT_US > 2_900_000, "silence");
    }

    @Test
    void soundThatBeginsLater_isPrecededBySilence() {
        play(Film.frames(0, 5_000_000, 5_000_000).stream()
                .filter(frame -> frame.isVideo() || frame.presentationTimeUs() > 2_000_000)
                .toList());
        assertWhole(5_000_000);
        assertEquals(0, sounds.get(0).timeUs());
        MediaUnit first = sounds.stream()
                .filter(unit -> unit.body().length == 4)
                .findFirst()
                .orElseThrow();
        assertEquals(2_000_000, first.timeUs(), UNIT_US);
    }

    @Test
    void pictureThatIsShorter_isHeld() {
        play(Film.frames(0, 2_000_000, 5_000_000));
        line.end();
        assertWhole(5_000_000);
        assertTrue(pictures.get(pictures.size() - 1).body().length < 30, "the last one is a held one");
    }

    @Test
    void pictureThatStandsLong_isHeldUntilTheNext() {
        play(Film.frames(0, 1_000_000, 1_000_000));
        FeedTimeline both = line;
        assertTrue(both.take(Film.picture(7_000_000, false)));
        assertTrue(pictures.stream().anyMatch(unit -> unit.timeUs() == 7_000_000));
        assertWhole(6_700_000);
    }

    @Test
    void loopsSeam_hasNoHoleAndNothingTwice_andSoundKeepsItsTime() {
        long passUs = 2_010_000;
        for (int pass = 0; pass < 5; pass++) {
            for (Frame frame : Film.frames(0, 2_000_000, 2_040_000)) {
                line.take(frame.shifted(pass * passUs));
            }
        }
        assertWhole(4 * passUs + 2_000_000);
        for (MediaUnit sound : sounds) {
            assertEquals(sound.dueUs(), sound.timeUs(), UNIT_US / 2.0 + 1);
        }
    }

    @Test
    void whatAFilmWaited_isTakenOut() {
        play(Film.frames(0, 2_000_000, 2_000_000));
        line.waited(7_000_000);
        Film.frames(2_000_000, 4_000_000, 4_000_000).forEach(frame -> line.take(frame.shifted(7_000_000)));
        assertEquals(100, pictures.size());
        assertEquals(0, silent(sounds));
        assertWhole(4_000_000);
    }

    @Test
    void pictureThatComesTooEarly_followsAtOnce_farTooEarlyItIsLeftOutUpToAKeyFrame() {
        play(Film.frames(0, 2_000_000, 2_000_000));
        assertTrue(line.take(Film.picture(1_900_000, false)));
        assertEquals(1_961_000, pictures.get(pictures.size() - 1).timeUs());
        assertFalse(line.take(Film.picture(1_000_000, false)));
        assertFalse(line.take(Film.picture(2_000_000, false)));
        assertTrue(line.take(Film.picture(2_040_000, true)));
        assertEquals(2_040_000, pictures.get(pictures.size() - 1).timeUs());
    }

    @Test
    void endOfAFilm_isFollowedByHeldPicturesAndSilence_aShortOneByMore() {
        play(Film.frames(0, 4_000_000, 4_000_000));
        line.end();
        assertWhole(4_000_000 + FeedTimeline.TAIL_US);
        pictures.clear();
        sounds.clear();
        line = new FeedTimeline(true, Film.SOUND, this::take);
        play(Film.frames(0, 1_000_000, 1_000_000));
        line.end();
        assertWhole(FeedTimeline.SHORTEST_US);
    }

    @Test
    void endOfASlowFilm_isFollowedByAsManyPicturesAsThatOfAQuickOne() {
        for (int i = 0; i < 30; i++) {
            line.take(Film.picture(i * 200_000L, i % 5 == 0));
            line.take(Film.sound(i * 200_000L));
        }
        int before = pictures.size();
        line.end();
        assertTrue(pictures.size() - before >= FeedTimeline.TAIL_US / 40_000, (pictures.size() - before) + " held");
    }

    @Test
    void oneMediumAlone() {
        FeedTimeline silentFilm = new FeedTimeline(true, null, this::take);
        Film.frames(0, 3_000_000, 0).forEach(silentFilm::take);
        silentFilm.end();
        assertEquals(
                75,
                pictures.stream()
                        .filter(unit -> unit.dueUs() < 3_000_000 && unit.dueUs() >= 0)
                        .count(),
                1);
        FeedTimeline radio = new FeedTimeline(false, Film.SOUND, this::take);
        Film.frames(0, 0, 3_000_000).forEach(radio::take);
        radio.end();
        assertTrue(sounds.get(sounds.size() - 1).timeUs() >= 3_200_000);
    }

    @Test
    void holeWithoutBounds_isFilledToABound() {
        play(Film.frames(0, 1_000_000, 1_000_000));
        line.take(Film.picture(3_600_000_000L, true));
        assertTrue(pictures.size() < 2000, pictures.size() + " pictures");
        assertEquals(
                1_000_000 + FeedTimeline.MAX_FILL_US,
                pictures.get(pictures.size() - 1).timeUs(),
                50_000);
    }
}
