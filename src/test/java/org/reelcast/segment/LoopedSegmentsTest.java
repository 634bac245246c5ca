package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;

/** A film played over and over: one timeline without a gap, on which sound stays near its picture for ever. */
class LoopedSegmentsTest {
    private static final SegmentLengths TWO_SECONDS = SegmentLengths.of(2_000_000);
    private static final long OFFSET_US = LoopedSegments.OFFSET_US;

    private record Loop(GeneratedTrack video, GeneratedTrack sound, SegmentPlan plan, LoopedSegments segments) {

        static Loop of(GeneratedTrack video, GeneratedTrack sound) throws IOException {
            long durationUs = Math.max(video.durationUs(), sound.durationUs());
            SegmentPlan plan = SegmentPlan.of(Optional.of(video), Optional.of(sound), durationUs, TWO_SECONDS);
            return new Loop(
                    video,
                    sound,
                    plan,
                    new LoopedSegments(
                            new FilmSegments(Optional.of(video), Optional.of(sound), plan),
                            durationUs,
                            Optional.of((AacFormat) sound.format()),
                            sound.frames().stream()
                                    .mapToLong(Frame::presentationTimeUs)
                                    .filter(us -> us >= 0)
                                    .findFirst()
                                    .orElseThrow()));
        }

        double unitUs() {
            return 1024e6 / ((AacFormat) sound.format()).sampleRate();
        }

        SegmentFrames pass(long pass) throws IOException {
            List<Frame> pictures = new ArrayList<>();
            List<Frame> units = new ArrayList<>();
            long videoEndUs = 0;
            long audioEndUs = 0;
            for (int i = 0; i < plan.count(); i++) {
                SegmentFrames read = segments.read(pass, i);
                pictures.addAll(read.video());
                units.addAll(read.audio());
                videoEndUs = read.videoEndUs();
                audioEndUs = read.audioEndUs();
            }
            return new SegmentFrames(pictures, videoEndUs, units, audioEndUs);
        }
    }

    /** Films of which a pass is no whole number of units; sound that is longer, shorter and later than the picture. */
    @ParameterizedTest
    @CsvSource({
        "48000, 10, 10, 0",
        "44100, 10, 10, 0",
        "48000, 10, 10.02, 0",
        "48000, 10, 9.9, 0",
        "44100, 7.32, 7, 0",
        "48000, 10, 10, 300000",
        "48000, 10, 10, 5000",
        "44100, 10, 6, 1000000",
        "48000, 10, 9.99, 10000"
    })
    void soundIsOneGridWithoutGapOrOverlap_nearItsPicture(int rate, double picture, double sound, long firstUs)
            throws Exception {
        Loop loop = Loop.of(
                GeneratedTrack.videoWithKeysEvery(1, 25, picture), GeneratedTrack.sound(rate, sound, firstUs, 2));
        for (long first : new long[] {0, 99_998, 100_000L * 1000}) {
            Frame last = null;
            for (long pass = first; pass < first + 3; pass++) {
                SegmentFrames all = loop.pass(pass);
                for (Frame unit : all.audio()) {
                    if (last != null) {
                        assertEquals(
                                loop.unitUs(),
                                unit.presentationTimeUs() - last.presentationTimeUs(),
                                1.01,
                                "pass " + pass + " at " + unit.presentationTimeUs());
                    }
                    last = unit;
                    if (!isSilence(unit)) {
                        assertNear(loop, pass, unit);
                    }
                }
                assertEquals(all.audioEndUs(), last.presentationTimeUs() + loop.unitUs(), 1.01);
            }
        }
    }

    private static boolean isSilence(Frame unit) {
        return unit.size() == SilentUnit.of(2).length;
    }

    private static void assertNear(Loop loop, long pass, Frame unit) {
        int number = GeneratedTrack.number(unit);
        long filmUs = loop.sound().frames().stream()
                .filter(frame -> GeneratedTrack.number(frame) == number)
                .findFirst()
                .orElseThrow()
                .presentationTimeUs();
        double apart = unit.presentationTimeUs() - (loop.segments().shiftUs(pass) + filmUs);
        assertTrue(Math.abs(apart) <= loop.unitUs() / 2 + 1, "pass " + pass + ", unit " + number + ": " + apart);
    }

    /** At most one unit of a film that sounds to its end is left out, at the seam. */
    @Test
    void unitsAreTheFilmsOwn() throws Exception {
        Loop loop = Loop.of(GeneratedTrack.videoWithKeysEvery(1, 25, 10), GeneratedTrack.sound(48_000, 10, 0, 2));
        for (long pass = 0; pass < 5; pass++) {
            List<Integer> numbers =
                    loop.pass(pass).audio().stream().map(GeneratedTrack::number).toList();
            assertTrue(numbers.size() == 468 || numbers.size() == 469, "units " + numbers.size());
            for (int i = 0; i < numbers.size(); i++) {
                assertEquals(i, numbers.get(i));
            }
        }
    }

    /** Complaint 23: nothing is at a negative time, with priming and reordered pictures. */
    @Test
    void picturesGoOnOverTheSeam() throws Exception {
        Loop loop = Loop.of(
                GeneratedTrack.pictures(80_000, i -> i * 40_000, 250, 0, 1.4, 3, 6.2, 8),
                GeneratedTrack.sound(48_000, 10, 0, 2));
        long next = OFFSET_US - 80_000;
        for (long pass = 0; pass < 3; pass++) {
            int number = 0;
            SegmentFrames all = loop.pass(pass);
            for (Frame picture : all.video()) {
                assertEquals(next, picture.decodeTimeUs());
                assertEquals(next + 80_000, picture.presentationTimeUs());
                assertEquals(number++, GeneratedTrack.number(picture));
                next += 40_000;
            }
            assertEquals(250, number);
            assertEquals(next, all.videoEndUs());
            assertTrue(all.audio().get(0).decodeTimeUs() > 0);
        }
    }

    /** A picture that is shorter than the film stands until the next pass. */
    @Test
    void soundLonger_picturesWaitForThePass() throws Exception {
        Loop loop = Loop.of(GeneratedTrack.videoWithKeysEvery(1, 25, 10), GeneratedTrack.sound(48_000, 10.3, 0, 2));
        SegmentFrames first = loop.pass(0);
        assertEquals(OFFSET_US + 10_300_000, first.videoEndUs());
        assertEquals(OFFSET_US + 10_300_000, loop.pass(1).video().get(0).decodeTimeUs());
    }

    @Test
    void anyOrder_givesTheSame() throws Exception {
        Loop loop = Loop.of(GeneratedTrack.videoWithKeysEvery(1, 25, 10), GeneratedTrack.sound(44_100, 9.7, 0, 2));
        for (int segment = loop.plan().count() - 1; segment >= 0; segment--) {
            SegmentFrames late = loop.segments().read(7, segment);
            loop.segments().read(3, 0);
            SegmentFrames again = loop.segments().read(7, segment);
            assertEquals(told(late.audio()), told(again.audio()));
            assertEquals(told(late.video()), told(again.video()));
            assertEquals(late.audioEndUs(), again.audioEndUs());
        }
    }

    private static List<String> told(List<Frame> frames) {
        return frames.stream()
                .map(frame -> GeneratedTrack.number(frame) + "@" + frame.presentationTimeUs())
                .toList();
    }
}
