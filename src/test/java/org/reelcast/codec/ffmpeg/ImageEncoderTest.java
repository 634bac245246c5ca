package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;
import org.reelcast.media.Slice;
import org.reelcast.rendition.GeneratedMedia;

/** Images are what the ffmpeg command makes of the same picture. */
class ImageEncoderTest {
    /** Below this colours are visibly wrong: limited range taken for full is 25 dB, BT.601 for BT.709 29. */
    private static final double SAME_DB = 40;

    private static final String EXACT = "flags=bicubic+accurate_rnd+full_chroma_int";
    private static final Colour BT709 = new Colour(1, 1, 1, false);

    /** One picture of many colours, as a byte stream. */
    private static Path stream(String size, String filter, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=" + size + ":r=25",
                "-frames:v",
                "1",
                "-vf",
                filter,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-crf",
                "16",
                "-pix_fmt",
                "yuv420p"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-f", "h264"));
        return GeneratedMedia.make("picture.h264", arguments.toArray(String[]::new));
    }

    private static Slice[] units(Path stream) throws IOException {
        return StartCodes.split(Files.readAllBytes(stream));
    }

    private static RawPicture decode(Path stream, Colour described) throws IOException {
        try (H264Decoder decoder = H264Decoder.open(1)) {
            assertEquals(0, decoder.send(units(stream), 0));
            decoder.end();
            assertTrue(decoder.receive());
            return RawPicture.copyOf(decoder, PictureArea.all(decoder.width(), decoder.height()), described);
        }
    }

    private static byte[] reference(Path stream, String filter) throws IOException {
        return Files.readAllBytes(GeneratedMedia.make(
                "reference.png",
                "-i",
                stream.toString(),
                "-vf",
                filter,
                "-frames:v",
                "1",
                "-c:v",
                "png",
                "-f",
                "image2"));
    }

    private static void assertSame(Path stream, Colour described, String in) throws IOException {
        RawPicture picture = decode(stream, described);
        byte[] reference = reference(stream, "scale=" + in + ":" + EXACT);
        double png = Psnr.of(ImageEncoder.PNG.encode(picture, picture.width(), picture.height(), 0), reference);
        double jpeg = Psnr.of(ImageEncoder.JPEG.encode(picture, picture.width(), picture.height(), 0), reference);
        assertTrue(png > SAME_DB, "PNG: " + png + " dB");
        assertTrue(jpeg > SAME_DB, "JPEG: " + jpeg + " dB");
    }

    @ParameterizedTest
    @CsvSource({
        "640x360, bt601, tv, smpte170m, yuv420p",
        "1280x720, bt601, tv, smpte170m, yuv420p",
        "640x360, bt709, tv, bt709, yuv420p",
        "1280x720, bt709, tv, bt709, yuv420p",
        "640x360, bt601, pc, smpte170m, yuv420p",
        "640x360, bt709, pc, bt709, yuvj420p",
        "640x360, smpte240m, tv, smpte240m, yuv420p",
        "640x360, bt2020, tv, bt2020nc, yuv420p10le",
        "640x360, bt709, tv, bt709, yuv422p",
        "640x360, bt709, tv, bt709, yuv444p"
    })
    void coloursAreThoseThatTheStreamSays(String size, String matrix, String range, String said, String format)
            throws IOException {
        Path stream = stream(
                size,
                "scale=out_color_matrix=" + matrix + ":out_range=" + range,
                "-colorspace",
                said,
                "-color_range",
                range,
                "-pix_fmt",
                format);
        // what a container says otherwise does not count
        assertSame(stream, new Colour(1, 1, 7, true), "in_color_matrix=" + matrix + ":in_range=" + range);
    }

    @ParameterizedTest
    @CsvSource({"640x360, bt601", "720x576, bt601", "1280x534, bt709", "1280x720, bt709", "1920x1080, bt709"})
    void coloursThatNobodySaysAreThoseOfTheSize(String size, String matrix) throws IOException {
        assertSame(stream(size, "scale=out_color_matrix=" + matrix), Colour.UNSPECIFIED, "in_color_matrix=" + matrix);
    }

    @Test
    void coloursThatTheContainerSaysHoldWhereTheStreamDoesNot() throws IOException {
        assertSame(stream("640x360", "scale=out_color_matrix=bt709"), BT709, "in_color_matrix=bt709");
        assertSame(
                stream("640x360", "scale=out_color_matrix=bt709:out_range=pc,format=yuv420p"),
                BT709.withFullRange(),
                "in_color_matrix=bt709:in_range=pc");
    }

    @ParameterizedTest
    @CsvSource({"90, transpose=clock", "180, 'transpose=clock,transpose=clock'", "270, transpose=cclock"})
    void picturesAreTurned(int degrees, String filter) throws IOException {
        for (String size : List.of("640x360", "322x182")) {
            Path stream = stream(size, "scale=out_color_matrix=bt601");
            RawPicture picture = decode(stream, Colour.UNSPECIFIED);
            int width = degrees == 180 ? picture.width() : picture.height();
            int height = degrees == 180 ? picture.height() : picture.width();
            byte[] reference = reference(stream, "scale=in_color_matrix=bt601:" + EXACT + ",format=rgb24," + filter);
            assertTrue(Psnr.of(ImageEncoder.PNG.encode(picture, width, height, degrees), reference) > SAME_DB);
            assertTrue(Psnr.of(ImageEncoder.JPEG.encode(picture, width, height, degrees), reference) > SAME_DB);
        }
    }

    @Test
    void picturesAreScaledBothWaysAtOnce() throws IOException {
        Path stream = stream("720x576", "scale=out_color_matrix=bt601,setsar=64/45");
        RawPicture picture = decode(stream, Colour.UNSPECIFIED);
        assertEquals(new AspectRatio(64, 45), picture.pixelAspect());
        byte[] wide = reference(stream, "scale=1024:576:in_color_matrix=bt601:" + EXACT);
        assertTrue(Psnr.of(ImageEncoder.PNG.encode(picture, 1024, 576, 0), wide) > SAME_DB);
        byte[] small = reference(stream, "scale=321:181:in_color_matrix=bt601:flags=area+accurate_rnd+full_chroma_int");
        assertTrue(Psnr.of(ImageEncoder.PNG.encode(picture, 321, 181, 0), small) > SAME_DB);
        assertTrue(Psnr.of(ImageEncoder.JPEG.encode(picture, 321, 181, 0), small) > SAME_DB);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16})
    void tinyImagesAreMade(int side) throws IOException {
        RawPicture picture = decode(stream("640x360", "null"), Colour.UNSPECIFIED);
        for (ImageEncoder encoder : ImageEncoder.values()) {
            assertEquals(side, Psnr.read(encoder.encode(picture, side, 1, 90)).getWidth());
        }
    }

    @Test
    void largerPicturesThanAllowedAreNotDecoded() throws IOException {
        Path stream = stream("640x360", "null");
        int macroblocks = 40 * 23;
        for (int allowed : new int[] {macroblocks - 1, macroblocks}) {
            try (H264Decoder decoder = H264Decoder.open(1, allowed)) {
                assertEquals(allowed == macroblocks, decoder.send(units(stream), 0) == 0);
                decoder.end();
                assertEquals(allowed == macroblocks, decoder.receive());
            }
        }
    }

    @Test
    void parameterSetsHiddenInOtherUnitsAreNotDecoded() throws IOException {
        Slice hiding = Slice.of(Files.readAllBytes(stream("640x360", "null")));
        Slice all = new Slice(hiding.array(), 4, hiding.length() - 4);
        try (H264Decoder decoder = H264Decoder.open(1, 1)) {
            assertTrue(decoder.send(new Slice[] {all}, 0) < 0);
            assertTrue(decoder.send(new Slice[] {Slice.of(new byte[] {9, 0, 0, 1, 0x67})}, 0) < 0);
            decoder.end();
            assertFalse(decoder.receive());
        }
    }

    @Test
    void nothingNativeIsLeftBehind() throws IOException {
        RawPicture picture = decode(stream("1280x720", "null"), Colour.UNSPECIFIED);
        for (int i = 0; i < 20; i++) {
            encodeAll(picture);
        }
        // each image left behind would be 0.6 MB at least, and there are 600; Java's heap grows now and then, and not
        // always
        long leastMb = Long.MAX_VALUE;
        for (int round = 0; round < 5 && leastMb > 100; round++) {
            long before = Pointer.physicalBytes();
            for (int i = 0; i < 100; i++) {
                encodeAll(picture);
            }
            leastMb = Math.min(leastMb, Pointer.physicalBytes() - before >> 20);
        }
        assertFalse(leastMb > 100, leastMb + " MB");
    }

    private static void encodeAll(RawPicture picture) throws IOException {
        for (ImageEncoder encoder : ImageEncoder.values()) {
            encoder.encode(picture, 640, 360, 0);
            encoder.encode(picture, 360, 640, 90);
            assertThrows(FfmpegException.class, () -> encoder.encode(picture, 0, 360, 0));
            assertThrows(FfmpegException.class, () -> encoder.encode(picture, 640, -1, 270));
        }
    }
}
