package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.bitstream.h264.SliceHeader;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.h264.PassThrough;

/** Films whose B-frames come long after their first pictures. */
class LateBFramesTest {
    private static final String FRAGMENTS = "+frag_keyframe+empty_moov+default_base_moof";

    @TempDir
    Path folder;

    private static Path part(String... encoding) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=3",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "25"));
        arguments.addAll(Arrays.asList(encoding));
        return GeneratedMedia.make("part.mp4", arguments.toArray(String[]::new));
    }

    /** Three seconds without B-frames, whose parameter sets rule them out, and three with, joined without encoding. */
    private Path joined(String flags) throws IOException {
        Path list = Files.write(
                folder.resolve("list.txt"),
                List.of(
                        "file '" + part("-bf", "0").toAbsolutePath() + "'",
                        "file '" + part("-bf", "3", "-x264-params", "b-adapt=0").toAbsolutePath() + "'"));
        Path file = folder.resolve("joined.mp4");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-loglevel",
                "error",
                "-f",
                "concat",
                "-safe",
                "0",
                "-i",
                list.toString(),
                "-c",
                "copy",
                "-movflags",
                flags,
                file.toString()));
        return file;
    }

    private static void assertWithoutB(List<Frame> frames) {
        long last = -1;
        for (Frame frame : frames) {
            for (int i = 0; i < frame.slices(); i++) {
                assertFalse(SliceHeader.isB(
                        frame.slice(i).array(),
                        frame.slice(i).offset(),
                        frame.slice(i).length()));
            }
            assertTrue(frame.presentationTimeUs() > last);
            assertEquals(frame.presentationTimeUs(), frame.decodeTimeUs());
            last = frame.presentationTimeUs();
        }
    }

    @Test
    void joinedBehindAFilmWithout_areReencoded() throws Exception {
        try (Film film = Film.open(joined("+faststart"));
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(150, frames.size());
            assertWithoutB(frames);
        }
    }

    /** Nothing in front says that they come, and the index is not known so far: better none of them than a still. */
    @Test
    void joinedInFragments_areLeftOut() throws Exception {
        Path file = joined(FRAGMENTS);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(PassThrough.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertTrue(frames.size() > 90 && frames.size() < 110, frames.size() + " pictures");
            assertWithoutB(frames);
        }
        try (Film film = Film.open(file, "vod_bframes", "pass");
                FrameReader reader = film.video().reader()) {
            assertEquals(150, AnnexB.frames(reader, 1000).size());
        }
    }

    /** The first fragment has key frames only; its parameter sets say that there is more to come. */
    @Test
    void announcedInFragments_areReencoded() throws Exception {
        Path file = part(
                "-bf", "3", "-x264-params", "b-adapt=0", "-force_key_frames", "expr:lt(t,1.5)", "-movflags", FRAGMENTS);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(75, frames.size());
            assertWithoutB(frames);
        }
    }

    /** None is known yet when the encoder starts, which looks two seconds ahead. */
    @Test
    void announcedInFragments_andComingLate_areReencoded() throws Exception {
        Path file = GeneratedMedia.make(
                "late.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=9",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "25",
                "-bf",
                "3",
                "-x264-params",
                "b-adapt=0",
                "-force_key_frames",
                "expr:lt(t,7)",
                "-movflags",
                FRAGMENTS);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(225, frames.size());
            assertWithoutB(frames);
        }
    }
}
