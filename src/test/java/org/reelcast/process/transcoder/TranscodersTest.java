package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.codec.NativeHeap;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.CountedEncoders;
import org.reelcast.codec.ffmpeg.DrawnPictures;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.encode.EncodedStream;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.live.encode.Producer;
import org.reelcast.live.encode.VideoSettings;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;

class TranscodersTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 352;
    private static final long FRAME_US = 40_000;
    private static final Format OPUS = Format.audio(Codec.OPUS, 2);

    @TempDir
    private Path watermarks;

    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    private final CountedEncoders encoders = new CountedEncoders();
    private final EncoderContext means =
            new EncoderContext(streams, encoders, new EncoderContext.SoundSettings(64_000, 1, 96_000), Runnable::run);
    private final CodecCapacity capacity = new CodecCapacity(1);
    private final Decoders decoders = new Decoders(Runnable::run);
    private final DrawnPictures drawn = new DrawnPictures();
    private final int openBefore = Picture.open();
    private final long memoryBefore = CodecMemory.ofProcess().used();
    private final List<String> over = new ArrayList<>();
    private Transcoders transcoders;
    private EncodedStream source;
    private int number;

    @BeforeEach
    void openSource() throws Refusal {
        transcoders = new Transcoders(
                streams,
                new TranscoderContext(decoders, means, Runnable::run, new TranscodingCosts(capacity)),
                new Watermarks(watermarks),
                new OriginStreams(Cluster.alone("test"), Runnable::run),
                over::add);
        source = source("source");
    }

    private static TranscodePlan plan(String name, RequestedEncoding wish) {
        return new TranscodePlan(Stream.newMediaSessionId(), name, wish);
    }

    private EncodedStream source(String name) throws Refusal {
        EncodedStream made = new EncodedStream(
                new EncodedStream.Plan(
                        name,
                        loop,
                        true,
                        Optional.of(new VideoSettings(25, 2_000_000, 25, true)),
                        WIDTH,
                        HEIGHT,
                        false,
                        List.of(new Stream.Offer(StreamTrack.Form.REAL_TIME, OPUS))),
                new Producer() {
                    @Override
                    public List<Stream> inputs() {
                        return List.of();
                    }

                    @Override
                    public void onEnd(StreamEnd how) {
                        // as the test says
                    }
                },
                means);
        made.open();
        return made;
    }

    @AfterEach
    void nothingNativeIsLeft() {
        transcoders.endAll(StatusText.REQUESTED_STREAM_SHUTDOWN);
        source.end(StatusText.STOPPED_BY_USER);
        loop.run(1_000_000);
        assertEquals(openBefore, Picture.open(), "pictures");
        assertEquals(0, encoders.open(), "encoders that are open");
        assertEquals(0, decoders.running(), "decoders that run");
        assertEquals(0, capacity.chargedShare(), 1e-9, "cores charged");
        assertEquals(memoryBefore, CodecMemory.ofProcess().used(), "memory of decoders");
    }

    private void play(int pictures) throws IOException {
        for (int i = 0; i < pictures; i++) {
            try (Picture picture = drawn.draw(WIDTH, HEIGHT, number++, loop.nowUs())) {
                source.show(picture, false);
            }
            TestStreams.publish(source.stream(), new Frame(OPUS, loop.nowUs(), loop.nowUs(), true, Slice.of(new byte[] {
                (byte) 0xfc, (byte) number
            })));
            loop.run(FRAME_US);
        }
    }

    private static RequestedEncoding wish(int width, int height, int fps) {
        return new RequestedEncoding(width, height, 50, fps, 500, "OPENH264", Optional.empty());
    }

    /** Takes the stream of that name in real time. */
    private final class Viewer implements Subscriber {
        private final List<Frame> pictures = new ArrayList<>();
        private final List<Frame> sounds = new ArrayList<>();
        private final List<StreamEnd> ends = new ArrayList<>();
        private final Hold hold;

        Viewer(String name) throws Refusal {
            hold = streams.open(name, Holder.viewer("test", TrackChoice.REAL_TIME));
            loop.runTasks();
            hold.stream().subscribe(this, hold.tracks());
            loop.runTasks();
        }

        @Override
        public void onStart(List<Frame> groupOfPictures) {
            groupOfPictures.forEach(this::onFrame);
        }

        @Override
        public void onFrame(Frame frame) {
            (frame.isVideo() ? pictures : sounds).add(frame);
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }

        void leave() {
            hold.stream().unsubscribe(this);
            hold.close();
            loop.runTasks();
        }
    }

    private void assertRefused(StatusText status, String remote, String local, RequestedEncoding wish) {
        Refusal refusal =
                assertThrows(Refusal.class, () -> transcoders.startup("transcoder://x", remote, plan(local, wish)));
        assertEquals(status, refusal.status(), refusal.getMessage());
        assertFalse(streams.isTaken("new"));
        assertFalse(source.stream().isHeld());
    }

    @Test
    void makesPicturesOfAnotherSizeAndPassesSoundThrough() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("small", wish(320, 176, 0)));
        Viewer viewer = new Viewer("small");
        play(50);
        assertTrue(viewer.pictures.size() >= 48, viewer.pictures.size() + " pictures");
        assertEquals(50, viewer.sounds.size());
        assertEquals(
                "320x176",
                viewer.pictures.get(0).format().width() + "x"
                        + viewer.pictures.get(0).format().height());
        try (H264Decoder decoder = H264Decoder.openInOrder()) {
            Frame first = viewer.pictures.get(0);
            decoder.send(
                    IntStream.range(0, first.slices()).mapToObj(first::slice).toArray(Slice[]::new), 0);
            assertTrue(decoder.receive());
        }
        viewer.leave();
    }

    @Test
    void timesAreThoseOfTheSource_andFewerPicturesComeWhereFewerAreWished() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("slow", wish(0, 0, 10)));
        Viewer viewer = new Viewer("slow");
        long startUs = loop.nowUs();
        play(100);
        assertEquals(40, viewer.pictures.size(), 1);
        for (int i = 1; i < viewer.pictures.size(); i++) {
            long distanceUs = viewer.pictures.get(i).presentationTimeUs()
                    - viewer.pictures.get(i - 1).presentationTimeUs();
            assertTrue(distanceUs >= 80_000 && distanceUs <= 120_000, distanceUs + " us");
            assertEquals(0, (viewer.pictures.get(i).presentationTimeUs() - startUs) % FRAME_US);
        }
        viewer.leave();
    }

    @Test
    void oneSourceIsDecodedOnceForAll_andOnlyWhileSomebodyWatches() throws Exception {
        transcoders.startup("transcoder://a", "source", plan("a", wish(320, 0, 0)));
        transcoders.startup("transcoder://b", "source", plan("b", wish(160, 0, 0)));
        play(10);
        assertEquals(0, decoders.running());
        Viewer one = new Viewer("a");
        Viewer two = new Viewer("b");
        play(10);
        assertEquals(1, decoders.running());
        assertEquals(3, encoders.open());
        assertTrue(one.pictures.size() >= 9 && two.pictures.size() >= 9);
        one.leave();
        two.leave();
        play(5);
        assertEquals(0, decoders.running());
        assertEquals(1, encoders.open());
    }

    @Test
    void aTranscodedStreamCanBeTranscoded() throws Exception {
        transcoders.startup("transcoder://a", "source", plan("a", wish(320, 0, 0)));
        transcoders.startup("transcoder://b", "a", plan("b", wish(160, 0, 0)));
        Viewer viewer = new Viewer("b");
        play(30);
        assertTrue(viewer.pictures.size() >= 20, viewer.pictures.size() + " pictures");
        assertEquals(160, viewer.pictures.get(0).format().width());
        assertTrue(viewer.hold.stream().source().isMadeOf(source));
        assertFalse(source.isMadeOf(viewer.hold.stream().source()));
        viewer.leave();
    }

    @Test
    void goesOnWhenTheSourceChangesItsSize() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("t", wish(320, 0, 0)));
        Viewer viewer = new Viewer("t");
        play(10);
        for (int i = 0; i < 10; i++) {
            try (Picture picture = drawn.draw(480, 480, number++, loop.nowUs())) {
                source.show(picture, false);
            }
            loop.run(FRAME_US);
        }
        Format last = viewer.pictures.get(viewer.pictures.size() - 1).format();
        assertEquals("320x320", last.width() + "x" + last.height());
        assertEquals(List.of(), viewer.ends);
        viewer.leave();
    }

    /** The luma of the last picture at its top left. */
    private static int corner(Viewer viewer) throws Exception {
        int last = viewer.pictures.size() - 1;
        int key = last;
        while (!viewer.pictures.get(key).isKey()) {
            key--;
        }
        try (H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int i = key; i <= last; i++) {
                Frame frame = viewer.pictures.get(i);
                decoder.send(
                        IntStream.range(0, frame.slices())
                                .mapToObj(frame::slice)
                                .toArray(Slice[]::new),
                        i);
                assertTrue(decoder.receive());
            }
            try (Picture picture = Picture.of(decoder)) {
                return DrawnPictures.luma(picture, 8, 8);
            }
        }
    }

    @Test
    void watermarkComesAndGoesUnderWay() throws Exception {
        BufferedImage white = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 64 * 64; i++) {
            white.setRGB(i % 64, i / 64, 0xffffffff);
        }
        ImageIO.write(white, "png", watermarks.resolve("white.png").toFile());
        transcoders.startup(
                "transcoder://t", "source", plan("t", wish(320, 0, 0).withWatermark(Optional.of("white.png"))));
        Viewer viewer = new Viewer("t");
        play(20);
        assertEquals(235, corner(viewer), 8);
        assertEquals(Optional.of("white.png"), transcoders.all().get(0).watermark());
        transcoders.mark("transcoder://t", Optional.empty());
        play(20);
        assertTrue(corner(viewer) < 215, "it is still there");
        assertEquals(
                StatusText.STREAM_NOT_FOUND,
                assertThrows(Refusal.class, () -> transcoders.mark("transcoder://other", Optional.empty()))
                        .status());
        viewer.leave();
    }

    @Test
    void endsWithItsSource() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("t", wish(320, 0, 0)));
        Viewer viewer = new Viewer("t");
        play(3);
        source.end(StatusText.STOPPED_BY_PUBLISHER_STOP);
        loop.run(1_000_000);
        assertEquals(List.of(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)), viewer.ends);
        assertEquals(List.of(), transcoders.all());
        assertFalse(streams.isTaken("t"));
    }

    @Test
    void anEndedSourceIsNoticedWithoutViewers() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("t", wish(320, 0, 0)));
        loop.runTasks();
        source.end(StatusText.STOPPED_BY_PUBLISHER_STOP);
        loop.runTasks();
        assertFalse(streams.isTaken("t"));
    }

    @Test
    void isTerminatedOnce() throws Exception {
        transcoders.startup("transcoder://t", "source", plan("t", wish(320, 0, 0)));
        assertTrue(source.stream().isHeld());
        assertTrue(transcoders.terminate("transcoder://t", StatusText.STOPPED_BY_REST_TERMINATE));
        loop.runTasks();
        assertEquals(List.of("transcoder://t"), over);
        assertFalse(transcoders.terminate("transcoder://t", StatusText.STOPPED_BY_REST_TERMINATE));
        assertFalse(source.stream().isHeld());
    }

    @Test
    void whatCannotBeIsRefusedAndHoldsNothing() throws Exception {
        assertRefused(StatusText.STREAM_NOT_FOUND, "missing", "new", wish(320, 0, 0));
        assertRefused(StatusText.STREAM_NAME_ALREADY_IN_USE, "source", "source", wish(320, 0, 0));
        assertRefused(StatusText.WRONG_ENCODER_PARAMETERS, "source", "new", wish(321, 0, 0));
        assertRefused(StatusText.WRONG_ENCODER_PARAMETERS, "source", "new", wish(320, 0, 1000));
        assertRefused(
                StatusText.WRONG_ENCODER_PARAMETERS,
                "source",
                "new",
                wish(320, 0, 0).withWatermark(Optional.of("missing.png")));
        transcoders.startup("transcoder://x", "source", plan("first", wish(320, 0, 0)));
        Refusal refusal = assertThrows(
                Refusal.class, () -> transcoders.startup("transcoder://x", "source", plan("new", wish(320, 0, 0))));
        assertEquals(StatusText.STREAM_NAME_ALREADY_IN_USE, refusal.status());
    }

    @Test
    void noMoreAreStartedThanTheMachineHasTimeFor() throws Exception {
        int running = 0;
        Refusal refusal = null;
        while (refusal == null && running < 100) {
            try {
                transcoders.startup("transcoder://" + running, "source", plan("t" + running, wish(0, 0, 0)));
                running++;
            } catch (Refusal e) {
                refusal = e;
            }
        }
        assertEquals(StatusText.NO_AVAILABLE_TRANSCODERS, refusal.status());
        // 85 % of a core: 880 macroblocks 30 times a second at 4 us, and the decoding of one source
        assertEquals(7, running);
        assertEquals(running, transcoders.all().size());
        transcoders.terminate("transcoder://0", StatusText.STOPPED_BY_REST_TERMINATE);
        loop.runTasks();
        transcoders.startup("transcoder://again", "source", plan("again", wish(0, 0, 0)));
    }

    @Test
    void fiveHundredStartsAndStopsLeaveNothing() throws Exception {
        long halfway = 0;
        for (int i = 0; i < 500; i++) {
            halfway = i == 250 ? NativeHeap.bytes() : halfway;
            transcoders.startup("transcoder://t", "source", plan("t", wish(64, 64, 0)));
            Viewer viewer = new Viewer("t");
            play(1);
            if (i % 2 == 0) {
                viewer.leave();
            }
            transcoders.terminate("transcoder://t", StatusText.STOPPED_BY_REST_TERMINATE);
            loop.runTasks();
        }
        assertTrue(encoders.opened() > 250, encoders.opened() + " encoders were opened");
        NativeHeap.assertNoMoreThan(halfway);
    }
}
