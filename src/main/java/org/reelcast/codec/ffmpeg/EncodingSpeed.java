package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import java.util.Arrays;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.media.Slice;

/** How fast one core of this machine decodes and encodes H.264, by a short film of {@link TestPictures}. */
public final class EncodingSpeed {
    /** Cores faster than this are not believed. */
    private static final double MOST = 4;
    /** About 0.2 s on the reference machine. */
    private static final int ROUNDS = 7;

    /** The product's, unless set otherwise. */
    private static final int QUANTIZER = 26;

    private static final long FRAME_US = 1_000_000 / TestPictures.FRAMES_PER_SECOND;

    private EncodingSpeed() {}

    /**
     * What a macroblock costs, in microseconds of one core.
     *
     * @param decodeUs of a film
     * @param encodeUs of pictures in constant quality; a bitrate costs about the same
     */
    public record Cost(double decodeUs, double encodeUs) {
        /** By measurement on the reference machine, with the bundled encoder. */
        public static final Cost REFERENCE = new Cost(0.37, 1.8);

        /** How fast this is: 1 for the reference machine's cores or slower ones, 2 for twice as fast; 4 at most. */
        public double speed() {
            return Math.max(1, Math.min(MOST, (REFERENCE.decodeUs + REFERENCE.encodeUs) / (decodeUs + encodeUs)));
        }

        /**
         * How much of what decoding costs on the reference machine it costs here, where {@link #speed} is the measure: more
         * than 1 with an encoder that is faster than the bundled one, which makes no decoder faster.
         */
        public double decoding() {
            return speed() * decodeUs / REFERENCE.decodeUs;
        }
    }

    /**
     * Measures it, in about 0.3 s of the calling thread. What else the machine does meanwhile makes the result larger,
     * never smaller: of several results the smallest is the truest.
     */
    public static Cost measure(VideoEncoder.Kind kind) throws IOException {
        return measure(kind, film(), ROUNDS);
    }

    /**
     * Decodes the film so many times and encodes it once more each time. Of each picture the fastest time counts: no
     * picture takes so long that none of its turns is left undisturbed. The key frame does not count, films have few.
     */
    static Cost measure(VideoEncoder.Kind kind, Slice[][] film, int rounds) throws IOException {
        long[] decodeNs = new long[film.length];
        long[] encodeNs = new long[film.length];
        Arrays.fill(decodeNs, Long.MAX_VALUE);
        Arrays.fill(encodeNs, Long.MAX_VALUE);
        H264Encoder encoder = null;
        try (H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int turn = 0; turn < rounds * film.length; turn++) {
                int picture = turn % film.length;
                long startNs = System.nanoTime();
                FfmpegException.check("The film made up does not decode", decoder.send(film[picture], turn * FRAME_US));
                if (!decoder.receive()) {
                    throw new FfmpegException("A picture without B-frames did not come out of the decoder at once");
                }
                if (encoder == null) {
                    encoder = H264Encoder.open(kind, decoder, QUANTIZER, TestPictures.FRAMES_PER_SECOND);
                }
                long decodedNs = System.nanoTime();
                encoder.encode(decoder, turn == 0);
                decodeNs[picture] = Math.min(decodeNs[picture], decodedNs - startNs);
                encodeNs[picture] = Math.min(encodeNs[picture], System.nanoTime() - decodedNs);
            }
        } finally {
            if (encoder != null) {
                encoder.close();
            }
        }
        return new Cost(microseconds(decodeNs), microseconds(encodeNs));
    }

    private static double microseconds(long[] pictureNs) {
        long macroblocks = EncoderSettings.macroblocks(TestPictures.WIDTH, TestPictures.HEIGHT);
        return Arrays.stream(pictureNs).skip(1).average().orElseThrow() / 1000 / macroblocks;
    }

    /** The film's access units, the first a key frame. */
    static Slice[][] film() throws IOException {
        Slice[][] film = new Slice[TestPictures.COUNT][];
        EncoderSettings settings = EncoderSettings.quality(
                TestPictures.WIDTH, TestPictures.HEIGHT, TestPictures.FRAMES_PER_SECOND, QUANTIZER);
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = FfmpegEncoderKind.OPENH264.open(settings)) {
            for (int i = 0; i < film.length; i++) {
                film[i] = StartCodes.split(pictures.encode(i, encoder, i == 0));
            }
        }
        return film;
    }
}
