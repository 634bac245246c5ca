package org.reelcast.codec.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.FfmpegEncoderKind;
import org.reelcast.codec.ffmpeg.VideoEncoder;

class VideoEncodersTest {
    private static final EncoderSettings SETTINGS = EncoderSettings.bitrate(320, 180, 25, 300_000);

    private final ExecutorService prober = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    private final VideoEncoder.Kind absent = new Fake("absent", encoder -> null);
    private final VideoEncoder.Kind good = new Fake("good", encoder -> encoder);
    private final VideoEncoder.Kind better = new Fake("better", encoder -> encoder);

    /** The bundled one, changed. */
    private record Fake(String id, UnaryOperator<VideoEncoder> change) implements VideoEncoder.Kind {
        @Override
        public String description() {
            return "a fake called " + id;
        }

        @Override
        public VideoEncoder open(EncoderSettings settings) throws IOException {
            VideoEncoder encoder = FfmpegEncoderKind.OPENH264.open(settings);
            VideoEncoder changed = change.apply(encoder);
            if (changed == null) {
                encoder.close();
                throw new IOException("there is no " + id);
            }
            return changed;
        }
    }

    private interface Encoding {
        byte[] encode(AVFrame picture, boolean key) throws IOException;
    }

    private static VideoEncoder changed(VideoEncoder encoder, Encoding encoding) {
        return new VideoEncoder() {
            @Override
            public byte[] encode(AVFrame picture, boolean key) throws IOException {
                return encoding.encode(picture, key);
            }

            @Override
            public void bitrate(int bitsPerSecond) throws IOException {
                encoder.bitrate(bitsPerSecond);
            }

            @Override
            public void close() {
                encoder.close();
            }
        };
    }

    @AfterEach
    void letHangingOnesGo() {
        end.countDown();
        prober.shutdown();
    }

    @Test
    void choose_auto_takesTheFirstThatWorks() throws Exception {
        VideoEncoders encoders = new VideoEncoders(List.of(absent, better, good));
        encoders.choose(VideoEncoders.AUTO, prober);
        assertEquals("better", encoders.id());
        assertEquals(
                "H.264 is encoded by a fake called better (encoder=auto, of better, good that work here)",
                encoders.choice());
        encoders.open(SETTINGS).close();
    }

    @Test
    void choose_byName_takesThatOne() {
        VideoEncoders encoders = new VideoEncoders(List.of(better, good));
        encoders.choose("good", prober);
        assertEquals("good", encoders.id());
        assertEquals("H.264 is encoded by a fake called good (encoder=good)", encoders.choice());
    }

    @Test
    void choose_byTheNameOfOneThatIsAbsent_takesTheBest() {
        VideoEncoders encoders = new VideoEncoders(List.of(absent, better, good));
        encoders.choose("absent", prober);
        assertEquals("better", encoders.id());
    }

    @Test
    void choose_nothingWorks_staysWithTheBundledOne() throws Exception {
        VideoEncoders encoders = new VideoEncoders(List.of(absent));
        encoders.choose(VideoEncoders.AUTO, prober);
        assertEquals("bundled", encoders.id());
    }

    @Test
    void choose_oneHangs_goesOnWithoutIt() {
        VideoEncoder.Kind hanging = new Fake(
                "hanging",
                encoder -> changed(encoder, (picture, key) -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IOException("the driver hangs");
                }));
        VideoEncoders encoders = new VideoEncoders(List.of(hanging, good), 1_000);
        encoders.choose(VideoEncoders.AUTO, prober);
        assertEquals("good", encoders.id());
    }

    @Test
    void open_noMoreOfTheChosenKind_takesTheNext() throws Exception {
        boolean[] full = new boolean[1];
        VideoEncoder.Kind limited = new Fake("limited", encoder -> full[0] ? null : encoder);
        VideoEncoders encoders = new VideoEncoders(List.of(limited, good));
        encoders.choose(VideoEncoders.AUTO, prober);
        full[0] = true;
        encoders.open(SETTINGS).close();
        VideoEncoders only = new VideoEncoders(List.of(limited));
        full[0] = false;
        only.choose(VideoEncoders.AUTO, prober);
        full[0] = true;
        assertThrows(IOException.class, () -> only.open(SETTINGS));
    }

    @Test
    void proof_ofWrongEncoders_saysWhatIsWrong() {
        assertEquals(
                "picture 1 is a key frame",
                EncoderProof.problem(new Fake(
                        "eager", encoder -> changed(encoder, (picture, key) -> encoder.encode(picture, true)))));
        assertEquals(
                "picture 3 is no key frame",
                EncoderProof.problem(new Fake(
                        "deaf",
                        encoder -> changed(encoder, (picture, key) -> encoder.encode(picture, picture.pts() == 0)))));
        assertEquals(
                "picture 0 does not decode",
                EncoderProof.problem(new Fake(
                        "broken",
                        encoder -> changed(encoder, (picture, key) -> new byte[] {0, 0, 0, 1, 0x65, 1, 2, 3}))));
        String other = EncoderProof.problem(new Fake(
                "mistaken",
                encoder -> changed(encoder, (picture, key) -> {
                    picture.data(0).put(new byte[picture.linesize(0) * picture.height()]);
                    return encoder.encode(picture, key);
                })));
        assertTrue(other.startsWith("picture 0 is another one when it is decoded"), other);
        assertEquals("there is no absent", EncoderProof.problem(absent));
    }
}
