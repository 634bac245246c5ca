package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Live streams whose picture stands for long, cut into segments and parts. */
class HeldVideoTest {
    private static final Format VIDEO = Format.video(Codec.H264, 1280, 720, 0);
    private static final byte[] SPS = HexFormat.of().parseHex("6764001facd9405005bb0110000003001000000303c0f1831960");
    private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
    private static final byte[] KEY = HexFormat.of().parseHex("65888400ff");
    private static final byte[] INTER = HexFormat.of().parseHex("419a2100ff");
    private static final long UNIT_US = 21_333;
    private static final long PICTURE_US = 40_000;

    private final Cuts cuts = new Cuts();
    private final Segmenter segmenter = new Segmenter(true, true, 2_000_000, 4_000_000, cuts);
    private final TimeOrder order = new TimeOrder(true, new HeldVideo(segmenter::take)::take);
    private int wanted = -1;
    private int pictures;
    private long soundUs;

    /** A camera that sends a key frame when it is asked. */
    private void picture(long timeUs) {
        boolean key = cuts.keyFramesWanted > wanted;
        wanted = cuts.keyFramesWanted;
        pictures++;
        order.take(
                key
                        ? new Frame(VIDEO, timeUs, timeUs, true, Slice.of(SPS), Slice.of(PPS), Slice.of(KEY))
                        : new Frame(VIDEO, timeUs, timeUs, false, Slice.of(INTER)));
    }

    private void sound(long untilUs) {
        for (; soundUs <= untilUs; soundUs += UNIT_US) {
            order.take(SegmenterTest.unit(soundUs));
        }
    }

    private void play(long fromUs, long untilUs, long spacingUs) {
        for (long timeUs = fromUs; timeUs < untilUs; timeUs += spacingUs) {
            sound(timeUs);
            picture(timeUs);
        }
    }

    private void finish() {
        order.finish();
        segmenter.finish();
    }

    private List<Frame> shown() {
        return cuts.all.stream().flatMap(cut -> cut.pictures().stream()).toList();
    }

    private static boolean isHeld(Frame picture) {
        return picture.slice(0).array()[0] == 1;
    }

    /** By the rules of HLS, and the media follow each other. */
    private void assertWhole() {
        long atUs = cuts.all.get(0).startUs();
        for (Cuts.Cut segment : cuts.all) {
            assertFalse(segment.discontinuous());
            assertTrue(Math.round(segment.lengthUs() / 1e6) <= 4, "EXTINF " + segment.lengthUs());
            for (LivePart part : segment.parts()) {
                assertEquals(atUs, part.startUs());
                assertTrue(part.lengthUs() > 0 && part.lengthUs() <= Segmenter.PART_TARGET_US, "" + part.lengthUs());
                assertEquals(part.startUs(), part.pictures().get(0).decodeTimeUs());
                atUs += part.lengthUs();
            }
            for (LivePart part : segment.parts().subList(0, segment.parts().size() - 1)) {
                assertTrue(part.lengthUs() >= Segmenter.PART_TARGET_US * 85 / 100, "" + part.lengthUs());
            }
        }
        List<Frame> shown = shown();
        for (int i = 1; i < shown.size(); i++) {
            assertTrue(shown.get(i).decodeTimeUs() > shown.get(i - 1).decodeTimeUs());
        }
        List<Long> sound = cuts.all.stream()
                .flatMap(cut -> cut.sound().stream())
                .map(Frame::decodeTimeUs)
                .toList();
        for (int i = 1; i < sound.size(); i++) {
            assertEquals(UNIT_US, sound.get(i) - sound.get(i - 1), 2);
        }
    }

    /** What is shared of a screen. */
    @ParameterizedTest
    @CsvSource({"400000, true", "600000, true", "1000000, true", "2500000, true", "600000, false", "2500000, false"})
    void picturesThatAreFarApart_areHeldBetween(long spacingUs, boolean withSound) {
        for (long timeUs = 0; timeUs < 60_000_000; timeUs += spacingUs) {
            sound(withSound ? timeUs : 0);
            picture(timeUs);
        }
        finish();
        assertWhole();
        assertEquals(
                pictures, shown().stream().filter(picture -> !isHeld(picture)).count());
    }

    @Test
    void picturesThatAreNear_passAsTheyAre() {
        play(0, 20_000_000, 250_000);
        finish();
        assertEquals(pictures, shown().size());
    }

    @Test
    void parameterSetOfHeldPictures_isInTheConfiguration_andInKeyFrames() throws CodecConfigException {
        play(0, 3_000_000, 1_000_000);
        finish();
        AvcConfig config =
                AvcConfig.parse(cuts.all.get(0).video().orElseThrow().config().bytes());
        assertEquals(2, config.pps().size());
        Frame key = shown().get(0);
        assertEquals(4, key.slices());
        assertEquals(Slice.of(config.pps().get(1)).length(), key.slice(2).length());
    }

    @Test
    void pictureOfACameraThatIsSwitchedOff_standsWhileItsSoundGoesOn() {
        play(0, 5_000_000, PICTURE_US);
        sound(30_000_000);
        assertTrue(cuts.all.get(cuts.all.size() - 1).startUs() > 24_000_000, "it goes on meanwhile");
        play(30_000_000, 40_000_000, PICTURE_US);
        finish();
        assertWhole();
        assertEquals(
                pictures, shown().stream().filter(picture -> !isHeld(picture)).count());
    }

    @Test
    void pictureThatComesLate_followsTheHeldOneAtOnce() {
        play(0, 5_000_000, PICTURE_US);
        sound(8_000_000);
        play(6_000_000, 10_000_000, PICTURE_US);
        finish();
        assertWhole();
        assertEquals(
                pictures, shown().stream().filter(picture -> !isHeld(picture)).count());
    }

    @Test
    void holeOfBoth_staysOne() {
        play(0, 5_000_000, PICTURE_US);
        soundUs = 25_000_000;
        sound(26_000_000);
        play(26_000_000, 30_000_000, PICTURE_US);
        finish();
        assertEquals(1, cuts.all.stream().filter(Cuts.Cut::discontinuous).count());
        assertEquals(pictures, shown().size());
    }
}
