package org.reelcast.rendition.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;

public class PassThroughTest {
    @TempDir
    Path folder;

    private static Path film(String... encoding) {
        return GeneratedMedia.make(
                "video.mp4",
                Stream.concat(
                                Stream.of(
                                        "-f",
                                        "lavfi",
                                        "-i",
                                        "testsrc2=size=320x240:rate=25:duration=4",
                                        "-pix_fmt",
                                        "yuv420p"),
                                Stream.of(encoding))
                        .toArray(String[]::new));
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                Arguments.of("baseline", film("-c:v", "libx264", "-profile:v", "baseline", "-g", "25")),
                Arguments.of("slices", film("-c:v", "libx264", "-bf", "0", "-g", "50", "-x264-params", "slices=4")),
                Arguments.of(
                        "delimiters",
                        film(
                                "-c:v",
                                "libx264",
                                "-bf",
                                "0",
                                "-x264-params",
                                "aud=1:nal-hrd=cbr:filler=1",
                                "-b:v",
                                "400k",
                                "-maxrate",
                                "400k",
                                "-bufsize",
                                "400k")),
                Arguments.of(
                        "in-band", film("-c:v", "libx264", "-bf", "0", "-g", "20", "-x264-params", "repeat-headers=1")),
                Arguments.of(
                        "avc3",
                        film(
                                "-c:v",
                                "libx264",
                                "-bf",
                                "0",
                                "-g",
                                "20",
                                "-x264-params",
                                "repeat-headers=1",
                                "-tag:v",
                                "avc3")),
                Arguments.of("faststart", film("-c:v", "libx264", "-bf", "0", "-movflags", "+faststart")));
    }

    @Test
    void readersAtTheSamePlace_shareTheBytes() throws Exception {
        try (Film film = Film.open(film("-c:v", "libx264", "-bf", "0"));
                FrameReader one = film.video().reader();
                FrameReader other = film.video().reader()) {
            Frame first = one.next();
            for (Frame frame = first, same = other.next(); frame != null; frame = one.next(), same = other.next()) {
                assertSame(bytes(frame), bytes(same));
            }
            other.seek(0);
            assertSame(bytes(first), bytes(other.next()));
        }
    }

    private static byte[] bytes(Frame frame) {
        return frame.slice(frame.slices() - 1).array();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void everyPicture_decodesAsFfmpegDecodesTheFile(String name, Path file) throws Exception {
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, frames);

            assertEquals(AnnexB.picturesOf(file), AnnexB.pictures(stream));
            assertEquals(100, frames.size());
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = frames.get(i);
                List<Integer> types = AnnexB.types(frame);
                assertEquals(i * 40_000L, frame.presentationTimeUs());
                assertEquals(types.contains(5), frame.isKey());
                int sets = frame.isKey() ? 1 : 0;
                assertEquals(sets, types.stream().filter(type -> type == 7).count(), "SPS in " + types);
                assertEquals(sets, types.stream().filter(type -> type == 8).count(), "PPS in " + types);
                assertFalse(types.contains(9) || types.contains(12), "delimiter or filler in " + types);
                if (frame.isKey()) {
                    assertEquals(List.of(7, 8), types.subList(0, 2));
                }
            }
            assertTrue(frames.get(0).isKey());
            assertEquals(320, frames.get(0).format().width());
            assertEquals(240, frames.get(0).format().height());
        }
    }

    @Test
    void seek_goesToTheLastKeyFrameBefore() throws Exception {
        Path file = film("-c:v", "libx264", "-bf", "0", "-g", "25", "-sc_threshold", "0");
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            for (long[] wanted : new long[][] {
                {2_500_000, 2_000_000}, {999_999, 0}, {1_000_000, 1_000_000}, {-5, 0}, {99_000_000, 3_000_000}
            }) {
                reader.seek(wanted[0]);
                Frame frame = reader.next();
                assertEquals(wanted[1], frame.presentationTimeUs());
                assertTrue(frame.isKey());
                assertFalse(reader.next().isKey());
            }
        }
    }

    /** With a normal pyramid P pictures may refer to B pictures: what is left decodes, but is not as it was. */
    @ParameterizedTest
    @CsvSource({"none,true", "strict,true", "normal,false"})
    void dropped_leavesOutPicturesWithBSlicesAndTheRestDecodes(String pyramid, boolean same) throws Exception {
        Path file = film("-c:v", "libx264", "-bf", "3", "-x264-params", "b-pyramid=" + pyramid + ":keyint=50");
        try (Film film = Film.open(file, "vod_bframes", "drop");
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, Integer.MAX_VALUE);
            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, frames);
            List<String> whole = AnnexB.picturesOf(file);
            List<String> left = AnnexB.pictures(stream);

            assertEquals(frames.size(), left.size());
            assertTrue(left.size() > 20 && left.size() < 60, left.size() + " of " + whole.size());
            assertTrue(!same || whole.containsAll(left), "a picture that is left is not as it was");
            long last = -1;
            for (Frame frame : frames) {
                assertTrue(frame.presentationTimeUs() > last);
                assertEquals(frame.presentationTimeUs(), frame.decodeTimeUs());
                last = frame.presentationTimeUs();
            }
        }
    }

    @Test
    void passed_comesAsItIs() throws Exception {
        Path file = film("-c:v", "libx264", "-bf", "3", "-x264-params", "b-pyramid=normal:keyint=50");
        try (Film film = Film.open(file, "vod_bframes", "pass");
                FrameReader reader = film.video().reader()) {
            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, AnnexB.frames(reader, Integer.MAX_VALUE));
            assertEquals(AnnexB.picturesOf(file), AnnexB.pictures(stream));
        }
    }

    @Test
    void brokenLength_isASentenceAfterThePicturesBefore() throws Exception {
        Path file = film("-c:v", "libx264", "-bf", "0", "-g", "25");
        byte[] bytes = Files.readAllBytes(file);
        try (Film film = Film.open(file)) {
            int at = (int) film.movie().video().orElseThrow().samples().position(60);
            bytes[at] = 0x7f;
        }
        Path broken = folder.resolve("broken.mp4");
        Files.write(broken, bytes);
        try (Film film = Film.open(broken);
                FrameReader reader = film.video().reader()) {
            assertEquals(60, AnnexB.frames(reader, 60).size());
            IOException e = assertThrows(IOException.class, reader::next);
            assertTrue(e.getMessage().startsWith("Sample 60 of " + broken.toAbsolutePath()), e.getMessage());
        }
    }

    /** Two sizes one behind the other, the second one's parameter sets in the samples only. */
    public static Path twoSizes(String bFrames) {
        Path[] parts = new Path[2];
        String[] sizes = {"320x240", "480x272"};
        for (int i = 0; i < 2; i++) {
            parts[i] = GeneratedMedia.make(
                    "part.h264",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=size=" + sizes[i] + ":rate=25:duration=2",
                    "-pix_fmt",
                    "yuv420p",
                    "-c:v",
                    "libx264",
                    "-bf",
                    bFrames,
                    "-g",
                    "25");
        }
        return GeneratedMedia.make(
                "sizes.mp4", "-r", "25", "-i", "concat:" + parts[0] + "|" + parts[1], "-c", "copy", "-tag:v", "avc3");
    }

    @Test
    void sizeThatChangesMidway_isANewFormatAtAKeyFrameWithItsParameterSets() throws Exception {
        try (Film film = Film.open(twoSizes("0"));
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(100, frames.size());
            assertEquals(320, frames.get(49).format().width());
            assertEquals(480, frames.get(50).format().width());
            assertEquals(272, frames.get(50).format().height());
            assertTrue(frames.get(50).isKey());
            assertSame(frames.get(50).format(), frames.get(99).format());
            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, frames);
            assertEquals(100, AnnexB.pictures(stream).size());
            reader.seek(3_100_000);
            assertEquals(480, reader.next().format().width());
        }
    }

    @Test
    void slicesOfNeighbours_shareTheBlockThatWasRead() throws Exception {
        Path file = film("-c:v", "libx264", "-bf", "0", "-g", "25");
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            List<Frame> frames = AnnexB.frames(reader, 50);
            long blocks = frames.stream()
                    .map(f -> f.slice(f.slices() - 1).array())
                    .distinct()
                    .count();
            assertTrue(blocks <= 10, blocks + " reads for 50 frames");
        }
    }
}
