package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.Frame;

/** A whole film whose sound ends long before its picture: silence follows, and the film's own frames stay as they are. */
class SilentEndTest {
    @ParameterizedTest
    @CsvSource({"48000, 20, 7", "44100, 20, 7", "44100, 20, 0.5", "48000, 20, 19.4", "48000, 19.99, 10"})
    void soundGoesOnToTheEnd(int rate, double pictureS, double soundS) throws Exception {
        GeneratedTrack video = GeneratedTrack.videoWithKeysEvery(1, 25, pictureS);
        GeneratedTrack sound = GeneratedTrack.sound(rate, soundS, 0, 2);
        List<Frame> units = read(video, sound);
        double unitUs = 1024e6 / rate;
        assertEquals(sound.frames(), units.subList(0, sound.frames().size()));
        for (Frame unit : units.subList(sound.frames().size(), units.size())) {
            assertEquals(SilentUnit.of(2).length, unit.size());
        }
        for (int i = 1; i < units.size(); i++) {
            double step = units.get(i).presentationTimeUs() - units.get(i - 1).presentationTimeUs();
            // the last of the film's own may end a little later than its track
            assertEquals(unitUs, step, i == sound.frames().size() ? unitUs : 1.01, "at " + i);
        }
        long endUs = units.get(units.size() - 1).presentationTimeUs();
        assertTrue(Math.abs(pictureS * 1e6 - endUs) <= unitUs + 1, endUs + " of " + pictureS);
    }

    /** A moment does no harm, and other players' packets are the film's. */
    @ParameterizedTest
    @CsvSource({"48000, 20, 20", "44100, 20, 19.7", "48000, 10, 20"})
    void soundThatEndsAboutWithThePicture_staysAlone(int rate, double pictureS, double soundS) throws Exception {
        GeneratedTrack sound = GeneratedTrack.sound(rate, soundS, 0, 2);
        assertEquals(sound.frames(), read(GeneratedTrack.videoWithKeysEvery(1, 25, pictureS), sound));
    }

    /** Backwards, as each segment is read for itself. */
    private static List<Frame> read(GeneratedTrack video, GeneratedTrack sound) throws Exception {
        SegmentPlan plan = SegmentPlan.of(
                Optional.of(video),
                Optional.of(sound),
                Math.max(video.durationUs(), sound.durationUs()),
                SegmentLengths.WHOLE_FILM);
        FilmSegments segments = new FilmSegments(Optional.of(video), Optional.of(sound), plan);
        List<Frame> units = new ArrayList<>();
        for (int i = plan.count() - 1; i >= 0; i--) {
            SegmentFrames read = segments.read(i);
            if (!read.audio().isEmpty()) {
                long lastUs = read.audio().get(read.audio().size() - 1).presentationTimeUs();
                assertTrue(read.audioEndUs() > lastUs && read.audioEndUs() - lastUs < 50_000);
            }
            units.addAll(0, read.audio());
        }
        return units;
    }
}
