package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.SeekableTrack;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.segment.FilmSegments;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.segment.SegmentPlan;
import org.reelcast.storage.LocalFile;

/** Films that cannot be cut at their own key frames are cut at those of the encoder, which are known before. */
class RecutTest {
    private final ReencodedVideos tracks = new ReencodedVideos(NanoClock.SYSTEM, 2);

    /** Nothing is put into the folder any more when it is deleted. */
    @AfterEach
    void awaitEncoders() {
        Encoders.awaitIdle(tracks);
    }

    @TempDir
    Path folder;

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of(
                        "one group of pictures", ReencodeTest.film("-bf", "2", "-g", "1000", "-pix_fmt", "yuv420p")),
                Arguments.of("no B-frames", ReencodeTest.film("-bf", "0", "-g", "1000", "-pix_fmt", "yuv420p")),
                Arguments.of(
                        "variable rate",
                        ReencodeTest.film(
                                "-pix_fmt",
                                "yuv420p",
                                "-bf",
                                "2",
                                "-g",
                                "60",
                                "-vf",
                                "select='not(eq(mod(n\\,7)\\,3))'",
                                "-fps_mode",
                                "vfr")),
                Arguments.of(
                        "another codec",
                        GeneratedMedia.make(
                                "mpeg4.mp4",
                                "-f",
                                "lavfi",
                                "-i",
                                "testsrc2=size=320x240:rate=25:duration=6",
                                "-c:v",
                                "mpeg4",
                                "-g",
                                "500")));
    }

    private Film open(Path file) throws IOException {
        return Film.open(LocalFile.open(file), new OpusTracks(), tracks);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void plan_isTrueOfWhatIsMade(String name, Path file) throws Exception {
        try (Film film = open(file)) {
            SeekableTrack track = film.renditions().recut().track().orElseThrow();
            assertTrue(((H264Format) track.format()).setsInFrames());
            FrameIndex index = track.index();
            long keyUs = 0;
            try (FrameReader reader = track.reader()) {
                for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                    assertTrue(index.next());
                    assertEquals(frame.presentationTimeUs(), index.presentationTimeUs());
                    assertEquals(frame.decodeTimeUs(), index.decodeTimeUs());
                    assertEquals(frame.isKey(), index.isKey(), "at " + frame.presentationTimeUs());
                    keyUs = frame.isKey() ? frame.presentationTimeUs() : keyUs;
                    assertTrue(frame.presentationTimeUs() - keyUs <= 2_000_000);
                }
            }
            assertEquals(false, index.next());
        }
    }

    /** Whichever is asked for first: each begins with its key frame, and all together are the film. */
    @Test
    void segments_areTheSameInAnyOrder() throws Exception {
        Path file = ReencodeTest.film("-bf", "2", "-g", "1000", "-pix_fmt", "yuv420p");
        try (Film film = open(file)) {
            SeekableTrack track = film.renditions().recut().track().orElseThrow();
            SegmentPlan plan = SegmentPlan.of(
                    Optional.of(track), Optional.empty(), track.durationUs(), SegmentLengths.of(2_000_000));
            assertEquals(3, plan.count());
            FilmSegments segments = new FilmSegments(Optional.of(track), Optional.empty(), plan);
            List<Frame> backwards = new ArrayList<>();
            for (int i = plan.count() - 1; i >= 0; i--) {
                List<Frame> pictures = segments.read(i).video();
                assertTrue(pictures.get(0).isKey());
                assertEquals(plan.startUs(i), pictures.get(0).presentationTimeUs());
                backwards.addAll(0, pictures);
            }
            assertEquals(150, backwards.size());
            try (FrameReader reader = track.reader()) {
                for (Frame frame : backwards) {
                    Frame again = reader.next();
                    assertEquals(again.presentationTimeUs(), frame.presentationTimeUs());
                    assertArrayEquals(again.slice(0).array(), frame.slice(0).array());
                }
            }
        }
    }

    /** Nothing is opened for those who do not ask for it, and all is given back. */
    @Test
    void closedFilm_leavesNothingOpen() throws Exception {
        Path file = ReencodeTest.film("-bf", "0", "-g", "1000", "-pix_fmt", "yuv420p");
        Film film = open(Files.copy(file, folder.resolve("own.mp4")));
        assertEquals(0, tracks.inUse());
        film.renditions().recut().track();
        assertEquals(1, tracks.inUse());
        film.close();
        assertEquals(0, tracks.inUse());
    }
}
