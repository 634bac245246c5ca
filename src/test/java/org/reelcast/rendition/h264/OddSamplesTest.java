package org.reelcast.rendition.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.mp4.read.GeneratedFilm;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.film.OriginalFilms;

/** Samples that are not one access unit of NAL units with their lengths in front: all their pictures come. */
class OddSamplesTest {
    private static final byte[] PREFIX = {0x6e, (byte) 0x80, 0x0f};

    @TempDir
    Path folder;

    private static List<Frame> frames(Film film) throws IOException {
        try (FrameReader reader = film.video().reader()) {
            return AnnexB.frames(reader, 10_000);
        }
    }

    private List<String> decoded(List<Frame> frames) throws IOException {
        Path stream = folder.resolve("out.h264");
        AnnexB.write(stream, frames);
        return AnnexB.pictures(stream);
    }

    /** Frames of two fields and single ones of a stream in field pictures. */
    private GeneratedH264 fields(boolean apart) {
        GeneratedH264 made = new GeneratedH264(true, 0, 2, 0);
        if (apart) {
            made.fieldsApart();
        }
        for (int i = 0; i < 50; i++) {
            made.picture(i % 25 == 0 ? 'I' : 'P', i % 25, i % 25 % 3 != 1);
        }
        return made;
    }

    @Test
    void fieldsThatAreSamplesOfTheirOwn_comeAsOnePictureAtTheTimeOfTheFirst() throws Exception {
        Path together = fields(false).film(folder.resolve("together.mp4"), false);
        Path apart = fields(true).film(folder.resolve("apart.mp4"), false);
        try (Film whole = Film.open(together);
                Film halves = Film.open(apart)) {
            List<Frame> frames = frames(halves);
            assertEquals(
                    LongStream.range(0, 50).map(i -> i * 80_000).boxed().toList(),
                    frames.stream().map(Frame::presentationTimeUs).toList());
            assertEquals(
                    frames(whole).stream().map(AnnexB::types).toList(),
                    frames.stream().map(AnnexB::types).toList());
            assertEquals(decoded(frames(whole)), decoded(frames));
        }
    }

    @Test
    void fieldsApart_whosePicturesAreReordered_areReencodedEachOnce() throws Exception {
        GeneratedH264 made = new GeneratedH264(true, 0, 2, 1).fieldsApart();
        for (int i = 0; i < 50; i += 25) {
            made.picture('I', 0, true);
            for (int order = 2; order < 25; order += 2) {
                made.picture('P', order, true).picture('B', order - 1, false);
            }
        }
        try (Film film = Film.open(made.film(folder.resolve("b.mp4"), false))) {
            List<Frame> frames = frames(film);
            assertEquals(
                    LongStream.range(0, 50).map(i -> i * 80_000).boxed().toList(),
                    frames.stream().map(Frame::presentationTimeUs).toList());
        }
    }

    @Test
    void fieldWithoutItsOther_comesAlone() throws Exception {
        GeneratedH264 made = new GeneratedH264(true, 0, 2, 0).fieldsApart();
        for (int i = 0; i < 25; i++) {
            made.picture(i == 0 ? 'I' : 'P', i, true);
        }
        made.loseSample(21);
        try (Film film = Film.open(made.film(folder.resolve("lost.mp4"), false))) {
            assertEquals(25, frames(film).size());
        }
    }

    /** The film with other bytes for each of its frames' samples. */
    private Path reframed(Function<Frame, byte[]> sample, boolean config) throws Exception {
        Path original =
                OriginalFilms.film("-vf", "scale=160:128,setsar=1", "-an", "-x264-params", "slices=2:scenecut=0");
        List<byte[]> samples = new ArrayList<>();
        List<Integer> syncs = new ArrayList<>();
        try (Film from = Film.open(original);
                FrameReader reader = from.video().reader()) {
            for (Frame frame : AnnexB.frames(reader, 1000)) {
                if (frame.isKey()) {
                    syncs.add(samples.size());
                }
                samples.add(sample.apply(frame));
            }
            AvcConfig sets = AvcConfig.parse(from.renditions()
                    .originals()
                    .video()
                    .orElseThrow()
                    .format()
                    .config()
                    .bytes());
            return Files.write(
                    folder.resolve("reframed.mp4"),
                    config
                            ? GeneratedFilm.of(sets.sps().get(0), sets.pps().get(0), samples, syncs, null)
                            : GeneratedFilm.withoutConfig(samples, syncs));
        }
    }

    private void assertWhole(Path file) throws Exception {
        Path original =
                OriginalFilms.film("-vf", "scale=160:128,setsar=1", "-an", "-x264-params", "slices=2:scenecut=0");
        try (Film film = Film.open(file)) {
            assertInstanceOf(PassThrough.class, film.video());
            List<Frame> frames = frames(film);
            assertEquals(AnnexB.picturesOf(original), decoded(frames));
            assertEquals(4, frames.stream().filter(Frame::isKey).count());
            assertEquals(160, frames.get(0).format().width());
            assertFalse(frames.get(0).format().profileLevelId() == 0);
        }
    }

    private static byte[] stream(Frame frame, int codeLength, int from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = from; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            bytes.write(new byte[] {0, 0, 0, 1}, 4 - codeLength, codeLength);
            bytes.write(slice.array(), slice.offset(), slice.length());
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void samplesWithStartCodes_withAndWithoutConfiguration_play(boolean config) throws Exception {
        assertWhole(reframed(frame -> stream(frame, 4, 0), config));
        assertWhole(reframed(frame -> stream(frame, 3, 0), config));
    }

    @Test
    void lengthsWithoutConfiguration_play() throws Exception {
        assertWhole(reframed(frame -> OriginalFilms.sample(frame, 4), false));
    }

    /** As encoders with temporal layers make them: the length of all in front, and only the prefix behind it. */
    @Test
    void unitsBehindAStartCodeWithinAnother_come() throws Exception {
        assertWhole(reframed(
                frame -> {
                    byte[] rest = stream(frame, 4, 0);
                    return ByteBuffer.allocate(4 + PREFIX.length + rest.length)
                            .putInt(PREFIX.length + rest.length)
                            .put(PREFIX)
                            .put(rest)
                            .array();
                },
                true));
    }

    @Test
    void slicesBehindAStartCodeWithinAnother_come() throws Exception {
        assertWhole(reframed(
                frame -> {
                    byte[] all = stream(frame, 3, 0);
                    return ByteBuffer.allocate(4 + all.length - 3)
                            .putInt(all.length - 3)
                            .put(all, 3, all.length - 3)
                            .array();
                },
                true));
    }
}
