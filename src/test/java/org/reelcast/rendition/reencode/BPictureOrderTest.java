package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.h264.PassThrough;

/** B pictures that are shown in the order of decoding, and parameter sets that say so of others. */
class BPictureOrderTest {
    private static final int PICTURES = 100;

    @TempDir
    Path folder;

    private static List<Long> everyPicture() {
        return LongStream.range(0, PICTURES).map(i -> i * 40_000).boxed().toList();
    }

    private static List<Long> times(List<Frame> frames) {
        return frames.stream().map(Frame::presentationTimeUs).toList();
    }

    private Path inOrder(int orderType, int reorderFrames) throws IOException {
        GeneratedH264 made = new GeneratedH264(false, orderType, 1, reorderFrames);
        for (int i = 0; i < PICTURES; i++) {
            made.picture(i % 25 == 0 ? 'I' : 'B', i % 25, true);
        }
        return made.film(folder.resolve("in-order.mp4"), false);
    }

    /** I P B P B ... */
    private Path reordered(boolean fields, boolean offsets, int reorderFrames) throws IOException {
        GeneratedH264 made = new GeneratedH264(fields, 0, 2, reorderFrames);
        for (int i = 0; i < PICTURES; i += 25) {
            made.picture('I', 0, true);
            for (int order = 2; order < 25; order += 2) {
                made.picture('P', order, true).picture('B', order - 1, false);
            }
        }
        return made.film(folder.resolve("reordered.mp4"), offsets);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "2,0", "2,-1"})
    void inTheOrderOfDecoding_goAsTheyAre(int orderType, int reorderFrames) throws Exception {
        Path file = inOrder(orderType, reorderFrames);
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(PassThrough.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            assertEquals(everyPicture(), times(frames));
            Path stream = folder.resolve("out.h264");
            AnnexB.write(stream, frames);
            assertEquals(AnnexB.picturesOf(file), AnnexB.pictures(stream));
        }
    }

    @Test
    void inTheOrderOfDecoding_whereTheSetsLeaveItOpen_areReencoded() throws Exception {
        try (Film film = Film.open(inOrder(0, -1));
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            assertEquals(everyPicture(), times(AnnexB.frames(reader, 1000)));
        }
    }

    /** Of order count 0 to 255 and then from 0 on again. */
    @Test
    void orderThatStartsOver_isNoReordering() throws Exception {
        GeneratedH264 made = new GeneratedH264(false, 0, 1, 0);
        for (int i = 0; i < 400; i++) {
            made.picture(i == 0 ? 'I' : 'B', i, true);
        }
        try (Film film = Film.open(made.film(folder.resolve("long.mp4"), false));
                FrameReader reader = film.video().reader()) {
            assertEquals(400, AnnexB.frames(reader, 1000).size());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,0", "false,0", "true,-1", "false,-1", "true,1", "false,1"})
    void inAnotherOrder_whateverTheSetsSay_areReencodedWhole(boolean offsets, int reorderFrames) throws Exception {
        assertReencodedWhole(false, offsets, reorderFrames);
    }

    @ParameterizedTest
    @CsvSource({"true,1", "false,1", "true,0", "true,-1"})
    void fields_areReencodedWhole(boolean offsets, int reorderFrames) throws Exception {
        assertReencodedWhole(true, offsets, reorderFrames);
    }

    /** All pictures, each at its time: the same as of the film that tells the truth. */
    private void assertReencodedWhole(boolean fields, boolean offsets, int reorderFrames) throws IOException {
        List<Frame> frames = reencoded(reordered(fields, offsets, reorderFrames));
        assertEquals(everyPicture(), times(frames));
        List<Frame> honest = reencoded(reordered(fields, true, 1));
        for (int i = 0; i < PICTURES; i++) {
            assertArrayEquals(bytes(honest.get(i)), bytes(frames.get(i)), "picture " + i);
        }
    }

    private static List<Frame> reencoded(Path file) throws IOException {
        try (Film film = Film.open(file);
                FrameReader reader = film.video().reader()) {
            assertInstanceOf(ReencodedRendition.class, film.video());
            List<Frame> frames = AnnexB.frames(reader, 1000);
            reader.seek(2_500_000);
            assertEquals(PICTURES - 50, AnnexB.frames(reader, 1000).size());
            return frames;
        }
    }

    private static byte[] bytes(Frame frame) {
        Slice picture = frame.slice(frame.slices() - 1);
        return Arrays.copyOfRange(picture.array(), picture.offset(), picture.offset() + picture.length());
    }
}
