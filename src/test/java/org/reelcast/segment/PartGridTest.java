package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Frame;

/** Partial segments as draft-pantos-hls-rfc8216bis wants them: rules 2.2 of what players insist on. */
class PartGridTest {
    private static final SegmentLengths TWO_SECONDS = SegmentLengths.of(2_000_000);

    /** A film, its plan, and the target of its parts. */
    private record Cut(
            Optional<GeneratedTrack> video, Optional<GeneratedTrack> audio, SegmentPlan plan, long targetUs) {

        static Cut of(GeneratedTrack video, GeneratedTrack audio) throws IOException {
            Optional<GeneratedTrack> pictures = Optional.ofNullable(video);
            Optional<GeneratedTrack> sound = Optional.ofNullable(audio);
            long durationUs = Math.max(video == null ? 0 : video.durationUs(), audio == null ? 0 : audio.durationUs());
            SegmentPlan plan = SegmentPlan.of(pictures.map(any -> any), sound.map(any -> any), durationUs, TWO_SECONDS);
            return new Cut(pictures, sound, plan, plan.spacing().partTargetUs());
        }

        PartGrid grid(int segment) throws IOException {
            return PartGrid.of(video.or(() -> audio).orElseThrow(), plan, segment, targetUs);
        }

        LoopedSegments looped() {
            FilmSegments film = new FilmSegments(video.map(any -> any), audio.map(any -> any), plan);
            return new LoopedSegments(
                    film,
                    plan.durationUs(),
                    audio.map(
                            track -> GeneratedTrack.aac(((org.reelcast.media.AacFormat) track.format()).sampleRate())),
                    audio.map(track -> track.frames().stream()
                                    .filter(frame -> frame.presentationTimeUs() >= 0)
                                    .findFirst()
                                    .orElseThrow()
                                    .presentationTimeUs())
                            .orElse(0L));
        }
    }

    /** Complaints 2 and 7: lengths as listed, none above the target, none missing, none empty, times that touch. */
    private static void assertRules(Cut cut) throws IOException {
        assertTrue(cut.targetUs() > 0 && cut.targetUs() % 1000 == 0, "target " + cut.targetUs());
        LoopedSegments looped = cut.looped();
        for (int pass = 0; pass < 3; pass++) {
            for (int segment = 0; segment < cut.plan().count(); segment++) {
                PartGrid grid = cut.grid(segment);
                List<SegmentFrames> parts =
                        grid.cut(looped.read(pass, segment), looped.shiftUs(pass), looped.soundShiftUs(pass));
                assertEquals(grid.count(), parts.size());
                String where = "pass " + pass + ", segment " + segment;
                long sum = 0;
                List<Frame> leading = new ArrayList<>();
                for (int i = 0; i < grid.count(); i++) {
                    String part = where + ", part " + i;
                    sum += grid.lengthUs(i);
                    assertEquals(sum, grid.endUs(i));
                    assertTrue(grid.lengthUs(i) <= cut.targetUs(), part + ": " + grid.lengthUs(i));
                    assertTrue(
                            i == 0 || i == grid.count() - 1 || grid.lengthUs(i) >= cut.targetUs() * 85 / 100,
                            part + ": " + grid.lengthUs(i) + " of " + cut.targetUs());
                    boolean video = cut.video().isPresent();
                    List<Frame> frames =
                            video ? parts.get(i).video() : parts.get(i).audio();
                    assertFalse(frames.isEmpty(), part);
                    long endUs =
                            video ? parts.get(i).videoEndUs() : parts.get(i).audioEndUs();
                    long lengthUs = endUs - frames.get(0).decodeTimeUs();
                    // what comes late comes with the first part, and units at both ends may be moved by half their
                    // length
                    assertTrue(lengthUs <= grid.lengthUs(i) + (video ? 0 : 23_300), part + ": " + lengthUs);
                    assertTrue(
                            segment + i == 0 || lengthUs >= grid.lengthUs(i) - (video ? 0 : 23_300),
                            part + ": " + lengthUs + " of " + grid.lengthUs(i));
                    assertTrue(lengthUs <= cut.targetUs(), part + ": " + lengthUs);
                    leading.addAll(frames);
                }
                assertEquals(cut.plan().lengthUs(segment), sum, cut.video().isPresent() ? 0 : 2, where);
                SegmentFrames whole = looped.read(pass, segment);
                List<Frame> frames = cut.video().isPresent() ? whole.video() : whole.audio();
                assertEquals(
                        frames.stream().map(GeneratedTrack::number).toList(),
                        leading.stream().map(GeneratedTrack::number).toList());
            }
        }
    }

    /** hls.js and Shaka leave out a part at whose start the segment is nearly at its end, and stand still at the hole. */
    @ParameterizedTest
    @ValueSource(doubles = {23.976, 24, 25, 29.97, 30, 50, 60, 10, 5})
    void lastPart_isNoMoment(double rate) throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            double[] keys = random.doubles(12, 0, 30).sorted().toArray();
            Cut cut = Cut.of(GeneratedTrack.video(rate, 30.3, keys), GeneratedTrack.sound(48_000, 30.3, 0, 1));
            assertRules(cut);
            for (int segment = 0; segment < cut.plan().count(); segment++) {
                PartGrid grid = cut.grid(segment);
                assertTrue(grid.lengthUs(grid.count() - 1) >= PartGrid.SHORTEST_LAST_US, segment + " of " + i);
            }
        }
    }

    /** As files of a coarse timescale have times. */
    private static long rounded(double us, int timescale) {
        return Math.round(Math.round(us * timescale / 1e6) * 1e6 / timescale);
    }

    /** As many whole frames as half a second holds. */
    @ParameterizedTest
    @CsvSource({
        "25, 480",
        "24, 500",
        "23.976, 459",
        "29.97, 468",
        "30, 500",
        "50, 500",
        "59.94, 484",
        "60, 500",
        "15, 467",
        "12.5, 480",
        "10, 500",
        "5, 400",
        "3, 334",
        "2, 500",
        "1.5, 667",
        "1, 1000"
    })
    void regularFilm(double rate, long targetMs) throws Exception {
        GeneratedTrack video = GeneratedTrack.videoWithKeysEvery(4, rate, 20);
        Cut cut = Cut.of(video, GeneratedTrack.sound(48_000, 20, 0, 1));
        assertEquals(targetMs, cut.targetUs() / 1000, 2.1);
        assertRules(cut);
    }

    /** Complaint 1: neither the container's rounding nor where a segment begins changes the target. */
    @ParameterizedTest
    @CsvSource({"23.976, 1000", "29.97, 1000", "24, 600", "59.94, 1000", "7.3, 1000", "2.9, 1000"})
    void roundedTimes(double rate, int timescale) throws Exception {
        int count = (int) (30 * rate);
        GeneratedTrack video = GeneratedTrack.pictures(
                rounded(2e6 / rate, timescale),
                i -> rounded(i * 1e6 / rate, timescale),
                count,
                0,
                2.1,
                3.4,
                7,
                9.99,
                12,
                14.2,
                19.9,
                24);
        assertRules(Cut.of(video, GeneratedTrack.sound(44_100, video.durationUs() / 1e6, 0, 2)));
    }

    /** A telephone's pictures: 30 a second in the light, 20 in the dark. */
    @Test
    void variableRate_hasPartsOfASecond() throws Exception {
        Random random = new Random(2);
        long[] times = new long[600];
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + 33_000 + random.nextInt(17_000);
        }
        GeneratedTrack video =
                GeneratedTrack.pictures(0, i -> times[(int) i], times.length - 1, 0, 2, 4.5, 6, 9, 12, 15, 19);
        Cut cut = Cut.of(video, GeneratedTrack.sound(48_000, video.durationUs() / 1e6, 0, 1));
        assertEquals(1_000_000, cut.targetUs());
        assertRules(cut);
    }

    /** A recorded screen: no parts of any target could all be 85 % of it. */
    @Test
    void picturesThatStandNowAndThen_haveNoParts() throws Exception {
        GeneratedTrack video =
                GeneratedTrack.pictures(0, i -> i * 40_000 + i / 10 * 400_000, 200, 0, 2, 4, 6, 8, 10, 12);
        assertEquals(0, Cut.of(video, null).targetUs());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.5, 0.1})
    void lessThanAPictureASecond_hasNoParts(double rate) throws Exception {
        assertEquals(
                0,
                Cut.of(GeneratedTrack.videoWithKeysEvery(10, rate, 100), null).targetUs());
    }

    /** Complaint 3: sound alone has parts too. */
    @ParameterizedTest
    @CsvSource({"48000, 491", "44100, 488"})
    void soundAlone(int rate, long targetMs) throws Exception {
        Cut cut = Cut.of(null, GeneratedTrack.sound(rate, 20, 0, 2));
        assertEquals(targetMs, cut.targetUs() / 1000, 2.1);
        assertRules(cut);
    }

    /** The picture comes late and ends early: no part is longer for it. */
    @ParameterizedTest
    @CsvSource({"300000, 10.6", "0, 10.3", "700000, 10.1", "0, 10.9"})
    void soundAroundThePicture(long firstUs, double soundSeconds) throws Exception {
        GeneratedTrack video =
                GeneratedTrack.pictures(0, i -> firstUs + i * 40_000, (int) (250 - firstUs / 40_000), 0, 2, 4, 6, 8);
        Cut cut = Cut.of(video, GeneratedTrack.sound(48_000, soundSeconds, 0, 1));
        assertRules(cut);
    }

    @Test
    void soundFarBeyondThePicture_leavesNoPlaceForParts() throws Exception {
        assertEquals(
                0,
                Cut.of(GeneratedTrack.videoWithKeysEvery(2, 25, 10), GeneratedTrack.sound(48_000, 13, 0, 1))
                        .targetUs());
    }

    @Test
    void oneFrame_hasNoParts() throws Exception {
        assertEquals(0, Cut.of(GeneratedTrack.video(1, 1), null).targetUs());
    }
}
