package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.EncodingSpeed;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.ReadOptions;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.LocalFile;

class DecodingCostTest {
    private static final long HD = 8160;
    private static final H264Format FORMAT = Format.video(Codec.H264, 320, 240, 0);

    private static double of(double us, double filmed, double shown) {
        return DecodingCost.of(HD, us, filmed, shown).cores()
                / CodecCapacity.ofProcess().cost().decoding();
    }

    @Test
    void whatIsCountedElsewhere_isNotCountedAgain() {
        assertEquals(0, of(0.7, 30, 30), 1e-9);
        assertEquals(0, of(0.1, 30, 30), 1e-9);
    }

    @Test
    void dearerCodec_andPicturesThatNobodySees_costMore() {
        assertEquals(HD * 30 * 1.3e-6, of(2, 30, 30), 1e-9);
        assertEquals(HD * 60 * 0.7e-6, of(0.7, 120, 60), 1e-9);
    }

    /** A film that one encoder's machine just sustains is too much for it when its codec is a dear one. */
    @Test
    void reduction_goesByIt() {
        assertTrue(ReductionStep.FULL.isSustained(1920, 1080, 30, DecodingCost.USUAL, 1));
        assertFalse(ReductionStep.FULL.isSustained(1920, 1080, 30, new DecodingCost(0.2), 1));
        assertTrue(ReductionStep.reduction(1920, 1080, 30, new DecodingCost(0.2), 1)
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({"0.37, 1.8, 1", "0.185, 0.9, 1", "0.37, 0.715, 2", "0.74, 3.6, 2"})
    void decoding_isAsFastAsItIs_howeverFastTheEncoderIs(double decodeUs, double encodeUs, double decoding) {
        assertEquals(decoding, new EncodingSpeed.Cost(decodeUs, encodeUs).decoding(), 1e-9);
    }

    /** By the track's codec, its colours and its rate. */
    @ParameterizedTest
    @CsvSource({
        "mp4, 25, libx264 -pix_fmt yuv420p, 0",
        "mp4, 25, mpeg4, 0",
        "mp4, 25, libx265 -x265-params log-level=none -tag:v hvc1, 1",
        "mp4, 120, libx264 -pix_fmt yuv420p, 1"
    })
    void film_costsByItsCodecAndRate(String ending, int rate, String codec, int more) throws Exception {
        Path file = GeneratedMedia.make(
                "decoding-cost." + ending,
                ("-f lavfi -i testsrc2=size=320x240:rate=" + rate + ":duration=1 -c:v " + codec).split(" "));
        try (LocalFile source = LocalFile.open(file)) {
            DecodingCost cost = DecodingCost.of(
                    Movie.read(source, PageStore.HEAP, new ReadOptions(AudioChoice.FIRST, Long.MAX_VALUE, true))
                            .video()
                            .orElseThrow(),
                    FORMAT);
            assertEquals(more == 0, cost.cores() == 0, cost.toString());
        }
    }
}
