package org.reelcast.live.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.TestStreams;

class DecodersTest {
    private static final long FRAME_US = 40_000;
    private static final long SECOND_US = 1_000_000;

    private final FakeLoop loop = new FakeLoop();
    private final long zeroUs = loop.nowUs();
    private final List<Runnable> heldTasks = new ArrayList<>();
    private boolean holding;
    private final Decoders decoders = new Decoders(task -> {
        if (holding) {
            heldTasks.add(task);
        } else {
            task.run();
        }
    });
    private int keyFramesAskedFor;
    private final Stream stream = new Stream(
            "s",
            loop,
            SourceTraits.CAMERA,
            List.of(
                    new Stream.Offer(StreamTrack.Form.ORIGINAL, Format.video(Codec.H264, 0, 0, 0, 0)),
                    new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.video(Codec.H264, 0, 0, 0, 0)),
                    new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.audio(Codec.OPUS, 2))),
            new StreamSource() {
                @Override
                public void end(StatusText why) {
                    // as the test says
                }

                @Override
                public void requestKeyFrame() {
                    keyFramesAskedFor++;
                }
            });
    private int picturesBefore;
    private long memoryBefore;

    @BeforeEach
    void count() {
        picturesBefore = Picture.open();
        memoryBefore = CodecMemory.ofProcess().used();
    }

    @AfterEach
    void nothingNativeIsLeft() {
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        loop.run(SECOND_US);
        assertEquals(0, decoders.running());
        assertEquals(picturesBefore, Picture.open());
        assertEquals(memoryBefore, CodecMemory.ofProcess().used());
    }

    /** Three seconds of 320x180, a key frame each second, reordered pictures, a beep after one second. */
    private static Path film() {
        return GeneratedMedia.make(
                "decoders.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x180:rate=25:duration=3",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc='if(gte(t,1),sin(2000*PI*t),0)':sample_rate=44100:duration=3",
                "-c:v",
                "libx264",
                "-g",
                "25",
                "-bf",
                "2",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-ac",
                "1");
    }

    private List<Frame> frames(Path path, boolean video) throws IOException {
        try (Film film = Film.open(path)) {
            Rendition rendition = video
                    ? film.renditions().originals().video().orElseThrow()
                    : film.renditions().originals().audio().orElseThrow();
            try (FrameReader reader = rendition.reader()) {
                return AnnexB.frames(reader, Integer.MAX_VALUE).stream()
                        .map(frame -> frame.shifted(zeroUs))
                        .toList();
            }
        }
    }

    private void play(List<Frame> frames) {
        for (Frame frame : frames) {
            loop.runUntil(frame.decodeTimeUs());
            TestStreams.publish(stream, frame);
        }
        loop.run(100_000);
    }

    private static final class Eye implements VideoConsumer {
        private final List<Long> timesUs = new ArrayList<>();
        private final List<Integer> widths = new ArrayList<>();
        private final List<StreamEnd> ends = new ArrayList<>();

        @Override
        public void onPicture(Picture picture, H264Format format) {
            timesUs.add(picture.timeUs());
            widths.add(picture.width());
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }
    }

    private static final class Ear implements AudioConsumer {
        private long firstLoud = -1;
        private long from = -1;
        private long next = -1;
        private int jumps;

        @Override
        public void onSound(float[] samples, int count, long at) {
            from = from < 0 ? at : from;
            jumps += next >= 0 && at != next ? 1 : 0;
            next = at + count;
            for (int i = 0; i < count && firstLoud < 0; i++) {
                firstLoud = Math.abs(samples[2 * i]) > 0.02 ? at + i : -1;
            }
        }

        @Override
        public void onEnd(StreamEnd end) {
            // the same as the picture's
        }
    }

    private Decoded see(VideoConsumer eye) throws Refusal {
        Decoded decoded = decoders.pictures(stream, eye).orElseThrow();
        loop.runTasks();
        return decoded;
    }

    private static List<Long> everyFrame(long fromUs, int count) {
        return LongStream.range(0, count).mapToObj(i -> fromUs + i * FRAME_US).toList();
    }

    @Test
    void reorderedPicturesComeInTheirOrder_decodedOnceForAllWhoTakeThem() throws Exception {
        Eye one = new Eye();
        Eye other = new Eye();
        try (Decoded first = see(one);
                Decoded second = see(other)) {
            assertEquals(1, decoders.running());
            assertEquals(1, keyFramesAskedFor);
            play(frames(film(), true).subList(0, 50));
            assertTrue(one.timesUs.size() >= 47, () -> one.timesUs.size() + " pictures");
            assertEquals(everyFrame(zeroUs, one.timesUs.size()), one.timesUs);
            assertEquals(one.timesUs, other.timesUs);
            assertEquals(new DecodingCounters(50, 0, 0), first.counters());
            first.close();
            assertEquals(1, decoders.running());
        }
        assertEquals(0, decoders.running());
        assertTrue(stream.holds().isEmpty());
    }

    @Test
    void whoComesLaterGetsPicturesFromThePresentOn_withoutAKeyFrame() throws Exception {
        List<Frame> frames = frames(film(), true);
        play(frames.subList(0, 36));
        long joinedUs = loop.nowUs();
        Eye eye = new Eye();
        try (Decoded decoded = see(eye)) {
            play(frames.subList(36, 48));
        }
        assertEquals(0, keyFramesAskedFor);
        assertTrue(eye.timesUs.get(0) >= joinedUs && eye.timesUs.get(0) < joinedUs + FRAME_US);
        assertEquals(everyFrame(eye.timesUs.get(0), eye.timesUs.size()), eye.timesUs);
    }

    @Test
    void picturesMayChangeTheirSize() throws Exception {
        Path small = GeneratedMedia.make(
                "decoders-small.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x90:rate=25:duration=1",
                "-c:v",
                "libx264",
                "-bf",
                "0",
                "-pix_fmt",
                "yuv420p");
        Eye eye = new Eye();
        try (Decoded decoded = see(eye)) {
            play(frames(film(), true).subList(0, 25));
            play(frames(small, true).stream()
                    .map(frame -> frame.shifted(2 * SECOND_US))
                    .toList());
            stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
            loop.run(SECOND_US);
        }
        assertEquals(50, eye.widths.size());
        assertEquals(List.of(320, 160), eye.widths.stream().distinct().toList());
        assertEquals(25, eye.widths.stream().filter(width -> width == 160).count());
    }

    @Test
    void aKeyFrameIsAskedForWhenFramesAreBroken_andPicturesGoOnFromIt() throws Exception {
        List<Frame> frames = frames(film(), true);
        Eye eye = new Eye();
        try (Decoded decoded = see(eye)) {
            play(frames.subList(0, 20));
            int asked = keyFramesAskedFor;
            Frame frame = frames.get(20);
            play(List.of(new Frame(
                    frame.format(), frame.decodeTimeUs(), frame.presentationTimeUs(), false, Slice.of(new byte[] {
                        0x41, 1, 2, 3
                    }))));
            assertEquals(asked + 1, keyFramesAskedFor);
            assertEquals(1, decoded.counters().lost());
            play(frames.subList(25, 75));
        }
        assertTrue(eye.timesUs.containsAll(everyFrame(zeroUs + SECOND_US, 45)));
    }

    @Test
    void decoderThatCannotKeepUpGoesOnWithAKeyFrame() throws Exception {
        List<Frame> frames = frames(film(), true);
        Eye eye = new Eye();
        try (Decoded decoded = see(eye)) {
            play(frames.subList(0, 10));
            holding = true;
            play(frames.subList(10, 52));
            holding = false;
            heldTasks.forEach(Runnable::run);
            loop.run(100_000);
            // those more than a second late are left out, the key frame among them excepted
            assertTrue(decoded.counters().lost() > 5, decoded.counters()::toString);
            play(frames.subList(52, 75));
            assertTrue(eye.timesUs.containsAll(everyFrame(zeroUs + 2 * SECOND_US, 20)));
            assertTrue(eye.timesUs.contains(zeroUs + SECOND_US));
        }
    }

    @Test
    void whoBreaksLeavesTheOthersAlone() throws Exception {
        Eye eye = new Eye();
        List<StreamEnd> ends = new ArrayList<>();
        try (Decoded broken = see(new VideoConsumer() {
                    @Override
                    public void onPicture(Picture picture, H264Format format) {
                        throw new IllegalStateException("broken on purpose");
                    }

                    @Override
                    public void onEnd(StreamEnd end) {
                        ends.add(end);
                    }
                });
                Decoded decoded = see(eye)) {
            play(frames(film(), true).subList(0, 25));
        }
        assertEquals(1, ends.size());
        assertTrue(eye.timesUs.size() > 20);
    }

    @Test
    void whoTakesIsToldOfTheEnd() throws Exception {
        Eye eye = new Eye();
        Decoded decoded = see(eye);
        play(frames(film(), true).subList(0, 25));
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        loop.run(100_000);
        assertEquals(List.of(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)), eye.ends);
        assertEquals(0, decoders.running());
        decoded.close();
        assertThrows(Refusal.class, () -> decoders.pictures(stream, eye));
    }

    @Test
    void soundOfAnyRateIsWhereItsTimesSay() throws Exception {
        Ear ear = new Ear();
        try (Decoded decoded = decoders.sound(stream, ear).orElseThrow()) {
            loop.runTasks();
            play(frames(film(), false));
        }
        assertEquals(0, keyFramesAskedFor);
        assertEquals(0, ear.jumps);
        assertEquals(AudioConsumer.sampleAt(zeroUs + SECOND_US), ear.firstLoud, 480, "the beep begins after a second");
        assertEquals(AudioConsumer.sampleAt(zeroUs + 3 * SECOND_US), ear.next, 2400);
    }

    @Test
    void whatAStreamDoesNotHaveIsNotDecoded() throws Exception {
        Stream silent = TestStreams.camera(
                "id2", "silent", loop, Optional.of(Format.video(Codec.H264, 0, 0, 0, 0)), Optional.empty(), () -> {});
        assertTrue(decoders.sound(silent, new Ear()).isEmpty());
        assertTrue(silent.holds().isEmpty());
    }
}
