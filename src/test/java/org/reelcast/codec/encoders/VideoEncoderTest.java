package org.reelcast.codec.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.FfmpegEncoderKind;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.Resident;
import org.reelcast.codec.ffmpeg.TestPictures;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.codec.openh264.SystemOpenH264;
import org.reelcast.media.Colour;
import org.reelcast.media.Slice;

/** What every kind of encoder does: the bundled one and the machine's OpenH264, which the build installs. */
class VideoEncoderTest {
    private static final int FPS = TestPictures.FRAMES_PER_SECOND;
    private static final int BITRATE = 1_000_000;
    private static final List<Integer> WANTED = List.of(0, 1, 20, 59);

    static Stream<VideoEncoder.Kind> kinds() {
        return Stream.of(FfmpegEncoderKind.OPENH264, new SystemOpenH264());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void proof_ofAKindThatWorks_findsNoProblem(VideoEncoder.Kind kind) {
        assertNull(EncoderProof.problem(kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void encode_withABitrate_keepsItWithinATenth(VideoEncoder.Kind kind) throws Exception {
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(bitrate(BITRATE))) {
            bits(pictures, encoder, 0, FPS);
            assertWithinATenth(BITRATE, bits(pictures, encoder, FPS, 5 * FPS) / 4);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bitrate_changedUnderWay_isKeptFromTheNextSecondOn(VideoEncoder.Kind kind) throws Exception {
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(bitrate(BITRATE))) {
            bits(pictures, encoder, 0, FPS);
            encoder.bitrate(BITRATE / 2);
            bits(pictures, encoder, FPS, 3 * FPS);
            assertWithinATenth(BITRATE / 2, bits(pictures, encoder, 3 * FPS, 7 * FPS) / 4);
        }
    }

    private static void assertWithinATenth(int wanted, long bits) {
        assertTrue(Math.abs(bits - wanted) <= wanted / 10, bits + " bit/s instead of " + wanted);
    }

    private static long bits(TestPictures pictures, VideoEncoder encoder, int from, int to) throws Exception {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits += pictures.encode(i, encoder, i == 0).length * 8L;
        }
        return bits;
    }

    private static EncoderSettings bitrate(int bitrate) {
        return EncoderSettings.bitrate(TestPictures.WIDTH, TestPictures.HEIGHT, FPS, bitrate);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void encode_askedForKeyFrames_makesThemThere(VideoEncoder.Kind kind) throws Exception {
        assertTrue(keys(kind, WANTED).containsAll(WANTED));
    }

    @Test
    void encode_withoutSceneCuts_makesNoOtherKeyFrames() throws Exception {
        assertEquals(WANTED, keys(new SystemOpenH264(), WANTED));
    }

    private static List<Integer> keys(VideoEncoder.Kind kind, List<Integer> wanted) throws Exception {
        List<Integer> keys = new ArrayList<>();
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(bitrate(BITRATE))) {
            for (int i = 0; i < 60; i++) {
                if (isKey(pictures.encode(i, encoder, wanted.contains(i)))) {
                    keys.add(i);
                }
            }
        }
        return keys;
    }

    private static boolean isKey(byte[] unit) {
        boolean idr = false;
        boolean sets = false;
        for (Slice slice : StartCodes.split(unit)) {
            idr |= NalType.of(slice.array()[slice.offset()]) == NalType.IDR;
            sets |= NalType.of(slice.array()[slice.offset()]) == NalType.SPS;
        }
        assertEquals(sets, idr, "parameter sets come with key frames");
        return idr;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void encode_withConstantQuality_looksTheSame(VideoEncoder.Kind kind) throws Exception {
        assertTrue(worstPsnr(kind, quality(26)) > 36);
        assertTrue(worstPsnr(kind, quality(20).withThreads(2)) > 40);
    }

    private static EncoderSettings quality(int quantizer) {
        return EncoderSettings.quality(TestPictures.WIDTH, TestPictures.HEIGHT, FPS, quantizer);
    }

    private static double worstPsnr(VideoEncoder.Kind kind, EncoderSettings settings) throws Exception {
        double worst = Double.MAX_VALUE;
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(settings);
                H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int i = 0; i < 12; i++) {
                Slice[] units = StartCodes.split(pictures.encode(i, encoder, i == 0));
                assertEquals(0, decoder.send(units, pictures.timeUs(i)));
                assertTrue(decoder.receive());
                worst = Math.min(worst, pictures.psnr(i, decoder));
            }
        }
        return worst;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void open_withColour_describesItInTheParameterSet(VideoEncoder.Kind kind) throws Exception {
        Colour wide = new Colour(9, 14, 9, true);
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(quality(26).withColour(wide))) {
            byte[] unit = pictures.encode(0, encoder, true);
            Slice set = Stream.of(StartCodes.split(unit))
                    .filter(slice -> NalType.of(slice.array()[slice.offset()]) == NalType.SPS)
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    wide, Sps.parse(set.array(), set.offset(), set.length()).colour());
        }
    }

    /** RFC 6184 section 6.2: a packet holds one of them whole. */
    @ParameterizedTest
    @MethodSource("kinds")
    void encode_inShortUnits_keepsThemShort_inConstrainedBaseline(VideoEncoder.Kind kind) throws Exception {
        int most = 1176;
        int units = 0;
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(bitrate(4 * BITRATE).withUnitBytes(most));
                H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int i = 0; i < FPS; i++) {
                Slice[] made = StartCodes.split(pictures.encode(i, encoder, i % 10 == 0));
                for (Slice unit : made) {
                    assertTrue(unit.length() <= most, "picture " + i + " has a unit of " + unit.length() + " bytes");
                    if (NalType.of(unit.array()[unit.offset()]) == NalType.SPS) {
                        int set = Sps.parse(unit.array(), unit.offset(), unit.length())
                                .profileLevelId();
                        assertEquals(0x42, set >> 16);
                        assertEquals(0x40, set >> 8 & 0x40, "constraint_set1_flag");
                    }
                }
                units += made.length;
                assertEquals(0, decoder.send(made, pictures.timeUs(i)));
                assertTrue(decoder.receive());
                assertTrue(pictures.psnr(i, decoder) > 30);
            }
        }
        assertTrue(units > 5 * FPS, units + " units");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void open_manyTimes_leavesNoMemoryBehind(VideoEncoder.Kind kind) throws Exception {
        try (TestPictures pictures = TestPictures.draw()) {
            openAndClose(kind, pictures, 20);
            long before = Resident.kb();
            openAndClose(kind, pictures, 100);
            assertTrue(Resident.kb() - before < 100 * 200, "an encoder leaves more than 200 kB behind");
        }
    }

    private static void openAndClose(VideoEncoder.Kind kind, TestPictures pictures, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (VideoEncoder encoder = kind.open(bitrate(BITRATE))) {
                pictures.encode(0, encoder, true);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void encode_manySizes_isRightForEach(VideoEncoder.Kind kind) throws Exception {
        for (int[] size : new int[][] {{16, 16}, {18, 34}, {1922, 1080}, {320, 4096}}) {
            kind.open(EncoderSettings.bitrate(size[0], size[1], 30, BITRATE)).close();
        }
        assertThrows(IllegalArgumentException.class, () -> EncoderSettings.bitrate(641, 360, 30, BITRATE));
        assertThrows(IllegalArgumentException.class, () -> EncoderSettings.bitrate(10_000, 10_000, 30, BITRATE));
    }
}
