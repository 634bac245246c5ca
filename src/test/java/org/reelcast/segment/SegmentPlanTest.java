package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Where segments begin and end. What players need of it is asked of any plan; the rest of single ones. */
class SegmentPlanTest {
    private static final SegmentLengths TWO_SECONDS = SegmentLengths.of(2_000_000);

    private static SegmentPlan plan(SeekableTrack video, SegmentLengths lengths) throws IOException {
        return SegmentPlan.of(Optional.of(video), Optional.empty(), video.durationUs(), lengths);
    }

    private static long[] lengths(SegmentPlan plan) {
        return IntStream.range(0, plan.count()).mapToLong(plan::lengthUs).toArray();
    }

    /** What holds for each plan: outputs.md 2.4. */
    static void assertSound(SegmentPlan plan, SeekableTrack leading) {
        assertEquals(0, plan.startUs(0));
        assertEquals(plan.durationUs(), Arrays.stream(lengths(plan)).sum());
        for (int i = 0; i < plan.count(); i++) {
            int segment = i;
            assertTrue(plan.lengthUs(i) >= 500_000 || plan.count() == 1, "segment " + i + ": " + plan.lengthUs(i));
            assertTrue(Math.round(plan.lengthUs(i) / 1e6) <= plan.targetSeconds());
            assertEquals(i, plan.at(plan.startUs(i)));
            assertEquals(i, plan.at(plan.startUs(i + 1) - 1));
            if (i > 0) {
                assertTrue(((GeneratedTrack) leading)
                        .frames().stream()
                                .anyMatch(frame -> frame.isKey()
                                        && frame.presentationTimeUs() == plan.startUs(segment)
                                        && frame.decodeTimeUs() == plan.decodeUs(segment)));
            }
        }
    }

    @Test
    void keyFramesOften_areCutAtTheWantedLength() throws Exception {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(1, 25, 11);
        SegmentPlan plan = plan(film, TWO_SECONDS);
        assertSound(plan, film);
        assertEquals("[2000000, 2000000, 2000000, 2000000, 2000000, 1000000]", Arrays.toString(lengths(plan)));
        assertEquals(2, plan.targetSeconds());
    }

    /** Complaint 21: irregular key frames leave no segment below half a second, and none empty. */
    @Test
    void anyKeyFrames_giveASoundPlan() throws Exception {
        Random random = new Random(1);
        for (int film = 0; film < 200; film++) {
            double[] keys = random.doubles(40, 0, 60).sorted().toArray();
            GeneratedTrack video = GeneratedTrack.video(25, 20 + random.nextInt(42) + random.nextInt(25) / 25.0, keys);
            SegmentPlan plan;
            try {
                plan = plan(video, SegmentLengths.of(500_000 + random.nextInt(6_000_000)));
            } catch (Refusal tooFarApart) {
                continue;
            }
            assertSound(plan, video);
        }
    }

    /** Complaint 13. */
    @ParameterizedTest
    @ValueSource(doubles = {3.84, 4.5, 5.76, 1.92, 2.4})
    void groupsOfOddLength_neverRoundAboveTheTarget(double seconds) throws Exception {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(seconds, 50, 60);
        assertSound(plan(film, TWO_SECONDS), film);
        assertSound(plan(film, SegmentLengths.WHOLE_FILM), film);
    }

    /** Complaint 32: an initialization segment tells of one size alone. */
    @Test
    void pictureThatChangesItsSize_isCutThere() throws Exception {
        GeneratedTrack film = GeneratedTrack.video(25, 20, 0, 2, 4, 4.8, 6, 7, 7.4, 8, 10, 12, 14, 16, 18, 19.6)
                .larger(4.8, 7.4);
        SegmentPlan plan = plan(film, SegmentLengths.of(4_000_000));
        assertEquals("[4000000, 800000, 2600000, 4600000, 4000000, 4000000]", Arrays.toString(lengths(plan)));
        assertEquals(
                List.of(0, 0, 1, 0, 0, 0),
                IntStream.range(0, plan.count()).mapToObj(plan::format).toList());
        assertEquals(film.formats().get(1), film.frames().get(120).format());
    }

    /** A shorter rest would be joined to what is coded otherwise. */
    @Test
    void sizeOfTheLastMoment_hasASegmentOfItsOwn() throws Exception {
        GeneratedTrack film = GeneratedTrack.video(25, 10.2, 0, 2, 4, 6, 8, 10).larger(10, 11);
        SegmentPlan plan = plan(film, TWO_SECONDS);
        assertEquals(200_000, plan.lengthUs(plan.count() - 1));
        assertEquals(1, plan.format(plan.count() - 1));
    }

    @Test
    void pictureThatStartsLate_belongsToASegmentFromTheStart() throws Exception {
        GeneratedTrack film = GeneratedTrack.pictures(0, i -> 1_200_000 + i * 40_000, 200, 1.2, 3.2, 5.2, 7.2);
        SegmentPlan plan = plan(film, TWO_SECONDS);
        assertSound(plan, film);
        assertEquals(3_200_000, plan.lengthUs(0));
        assertEquals(9_200_000, plan.durationUs());
    }

    @Test
    void shortRest_isJoined_andAFilmIsNotRefusedForIt() throws Exception {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(2, 25, 8.4);
        SegmentPlan plan = plan(film, TWO_SECONDS);
        assertSound(plan, film);
        assertEquals(2_400_000, plan.lengthUs(3));
        GeneratedTrack slow = GeneratedTrack.videoWithKeysEvery(20, 25, 60.4);
        SegmentPlan longest = plan(slow, TWO_SECONDS);
        assertSound(longest, slow);
        assertEquals("[20000000, 20000000, 20400000]", Arrays.toString(lengths(longest)));
    }

    /** Complaint 20. */
    @Test
    void oneKeyFrame_isRefusedWithASentence_whenTheFilmIsLong() throws Exception {
        Refusal refused = assertThrows(Refusal.class, () -> plan(GeneratedTrack.video(25, 25), TWO_SECONDS));
        assertEquals(StatusText.FILE_CANNOT_BE_CUT, refused.status());
        assertTrue(refused.getMessage().contains("key frames lie 25 s apart"), refused.getMessage());
        assertTrue(refused.getMessage().contains("ffmpeg"), refused.getMessage());
        assertEquals(1, plan(GeneratedTrack.video(25, 15), TWO_SECONDS).count());
    }

    @Test
    void soundThatGoesOnFarBeyondThePicture_isNotBlamedOnKeyFrames() {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(2, 25, 10);
        Refusal refused = assertThrows(
                Refusal.class,
                () -> SegmentPlan.of(
                        Optional.of(film),
                        Optional.of(GeneratedTrack.sound(48_000, 60, 0, 1)),
                        60_000_000,
                        TWO_SECONDS));
        assertTrue(refused.getMessage().contains("picture ends"), refused.getMessage());
    }

    @Test
    void nothingToPlay_isRefused() {
        assertThrows(
                Refusal.class,
                () -> plan(new GeneratedTrack(GeneratedTrack.H264, java.util.List.of(), 0), TWO_SECONDS));
        assertThrows(Refusal.class, () -> SegmentPlan.of(Optional.empty(), Optional.empty(), 10_000_000, TWO_SECONDS));
    }

    @Test
    void filmWithoutPicture_isCutAtAnyFrame() throws Exception {
        GeneratedTrack sound = GeneratedTrack.sound(48_000, 20, 0, 2);
        SegmentPlan plan = SegmentPlan.of(Optional.empty(), Optional.of(sound), 20_000_000, TWO_SECONDS);
        assertSound(plan, sound);
        for (int i = 0; i + 1 < plan.count(); i++) {
            assertEquals(1_800_000, plan.lengthUs(i), 30_000);
        }
    }

    @Test
    void wholeFilm_startsWithShortSegments() throws Exception {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(1, 25, 30);
        SegmentPlan plan = plan(film, SegmentLengths.WHOLE_FILM);
        assertSound(plan, film);
        assertEquals("[2000000, 2000000, 4000000, 6000000, 6000000, 6000000, 4000000]", Arrays.toString(lengths(plan)));
    }

    /** The first picture is decoded before the film's start: the last one's time ends when the next pass's is decoded. */
    @Test
    void endOfDecoding_isWhereTheNextPassBegins() throws Exception {
        GeneratedTrack film = GeneratedTrack.pictures(80_000, i -> i * 40_000, 250, 0, 2, 4, 6, 8);
        SegmentPlan plan = plan(film, TWO_SECONDS);
        assertEquals(-80_000, plan.decodeUs(0));
        assertEquals(10_000_000 - 80_000, plan.decodeUs(plan.count()));
    }

    /** BANDWIDTH and AVERAGE-BANDWIDTH are within a tenth of what is sent (Apple 1.26, 1.27). */
    @Test
    void bitrates_areThoseOfTheSegments() throws Exception {
        GeneratedTrack video = GeneratedTrack.video(25, 10, 0, 1, 2, 3, 4, 5, 6, 6.2, 6.4, 6.6, 6.8, 7, 8, 9);
        GeneratedTrack sound = GeneratedTrack.sound(48_000, 10, 0, 1);
        SegmentPlan plan = SegmentPlan.of(Optional.of(video), Optional.of(sound), 10_000_000, TWO_SECONDS);
        org.reelcast.mp4.write.MediaSegmentWriter writer = new org.reelcast.mp4.write.MediaSegmentWriter(
                Optional.of(GeneratedTrack.H264), Optional.of(GeneratedTrack.aac(48_000)));
        FilmSegments segments = new FilmSegments(Optional.of(video), Optional.of(sound), plan);
        double peak = 0;
        long all = 0;
        for (int i = 0; i < plan.count(); i++) {
            SegmentFrames frames = segments.read(i).shifted(LoopedSegments.OFFSET_US);
            long bytes =
                    writer.fragment(i, frames.video(), frames.videoEndUs(), frames.audio(), frames.audioEndUs()).length;
            assertEquals(bytes, plan.bytes(i), bytes * 0.02);
            peak = Math.max(peak, bytes * 8e6 / plan.lengthUs(i));
            all += bytes;
        }
        assertEquals(peak, plan.peakBitrate(), peak * 0.02);
        assertEquals(all * 8 / 10.0, plan.averageBitrate(), all * 0.02);
    }

    /** Complaint 19: nine hours are planned to the last segment, in memory that tells of segments alone. */
    @Test
    void nineHours() throws Exception {
        GeneratedTrack film = GeneratedTrack.videoWithKeysEvery(2, 1, 9 * 3600);
        SegmentPlan plan = plan(film, SegmentLengths.WHOLE_FILM);
        assertSound(plan, film);
        assertEquals(9 * 600 + 1, plan.count(), 2);
        assertTrue(plan.heapBytes() < 300_000, "bytes " + plan.heapBytes());
    }
}
