package org.reelcast.live.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.CountedEncoders;
import org.reelcast.codec.ffmpeg.DrawnPictures;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Subscriber;

class EncodedStreamTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 176;
    private static final long FRAME_US = 40_000;
    private static final int SAMPLES = 480;

    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    private DrawnPictures drawn = new DrawnPictures();
    private final List<Frame> seen = new ArrayList<>();
    private final List<Frame> heard = new ArrayList<>();
    private final List<StreamEnd> ends = new ArrayList<>();
    private final int openBefore = Picture.open();
    private final CountedEncoders encoders = new CountedEncoders();

    @AfterEach
    void nothingNativeIsLeft() {
        assertEquals(openBefore, Picture.open());
        assertEquals(0, encoders.open(), "encoders that are open");
    }

    private final class Maker implements Producer {
        private final List<String> taken = new ArrayList<>();

        @Override
        public List<Stream> inputs() {
            return List.of();
        }

        @Override
        public void onTaken(StreamTrack track, boolean isTaken) {
            taken.add(track.format().codec() + (isTaken ? " taken" : " left"));
        }

        @Override
        public void onEnd(StreamEnd how) {
            ends.add(how);
        }
    }

    private final class Taker implements Subscriber {
        @Override
        public void onStart(List<Frame> groupOfPictures) {
            groupOfPictures.forEach(this::onFrame);
        }

        @Override
        public void onFrame(Frame frame) {
            (frame.isVideo() ? seen : heard).add(frame);
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }
    }

    private EncodedStream stream(String name, int bitrate, int keyInterval, Producer producer) {
        return new EncodedStream(
                new EncodedStream.Plan(
                        name,
                        loop,
                        true,
                        Optional.of(new VideoSettings(25, bitrate, keyInterval, true)),
                        WIDTH,
                        HEIGHT,
                        true,
                        List.of()),
                producer,
                new EncoderContext(
                        streams, encoders, new EncoderContext.SoundSettings(64_000, 1, 96_000), Runnable::run));
    }

    private void show(EncodedStream stream, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            try (Picture picture = drawn.draw(WIDTH, HEIGHT, i, i * FRAME_US)) {
                stream.show(picture, false);
            }
        }
        loop.runTasks();
    }

    private List<Integer> keys() {
        return IntStream.range(0, seen.size())
                .filter(i -> seen.get(i).isKey())
                .boxed()
                .toList();
    }

    private EncodedStream watched(int bitrate, int keyInterval) throws Refusal {
        EncodedStream encoded = stream("made", bitrate, keyInterval, new Maker());
        encoded.open();
        encoded.stream()
                .subscribe(
                        new Taker(),
                        encoded.stream().tracks().stream()
                                .filter(StreamTrack::isVideo)
                                .toList());
        return encoded;
    }

    @Test
    void picturesComeOutAsTheyWentIn() throws Exception {
        EncodedStream encoded = watched(2_000_000, 10);
        show(encoded, 0, 25);
        assertEquals(25, seen.size());
        assertEquals(List.of(0, 10, 20), keys());
        assertEquals(WIDTH, seen.get(0).format().width());
        assertEquals(24 * FRAME_US, seen.get(24).presentationTimeUs());
        try (H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int i = 0; i < seen.size(); i++) {
                assertEquals(0, decoder.send(units(seen.get(i)), i));
                assertTrue(decoder.receive());
                try (Picture came = Picture.of(decoder);
                        Picture went = drawn.draw(WIDTH, HEIGHT, i, 0);
                        Picture other = drawn.draw(WIDTH, HEIGHT, i + 1, 0)) {
                    assertTrue(DrawnPictures.psnr(went, came) > 28, "dB " + DrawnPictures.psnr(went, came));
                    assertTrue(DrawnPictures.psnr(other, came) < 25, "it is another picture");
                }
            }
        }
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
    }

    private static org.reelcast.media.Slice[] units(Frame frame) {
        return IntStream.range(0, frame.slices()).mapToObj(frame::slice).toArray(org.reelcast.media.Slice[]::new);
    }

    @Test
    void keyFramesComeWhenAsked_butNotForEachOfManyWhoAsk() throws Exception {
        EncodedStream encoded = watched(1_000_000, 0);
        show(encoded, 0, 20);
        encoded.stream().requestKeyFrame();
        show(encoded, 20, 22);
        encoded.stream().requestKeyFrame();
        show(encoded, 22, 40);
        assertEquals(List.of(0, 20, 27), keys());
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
    }

    @Test
    void anotherSizeBeginsWithAKeyFrame_andWhatIsNotLaterIsLeftOut() throws Exception {
        EncodedStream encoded = watched(1_000_000, 0);
        show(encoded, 0, 5);
        try (Picture larger = drawn.draw(480, 272, 5, 5 * FRAME_US)) {
            encoded.show(larger, false);
            encoded.show(larger, false);
        }
        assertEquals(6, seen.size());
        assertEquals(List.of(0, 5), keys());
        assertEquals(480, seen.get(5).format().width());
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
    }

    @Test
    void bitrateIsKept_andChangesUnderWay() throws Exception {
        drawn = new DrawnPictures(12);
        EncodedStream encoded = watched(600_000, 0);
        show(encoded, 0, 150);
        long first = encoded.counters().bytes();
        encoded.bitrate(200_000);
        show(encoded, 150, 200);
        long before = encoded.counters().bytes();
        show(encoded, 200, 300);
        assertEquals(600_000, first * 8 / 6.0, 60_000);
        assertEquals(200_000, (encoded.counters().bytes() - before) * 8 / 4.0, 40_000);
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
    }

    @Test
    void soundBecomesOpus_andAacWhileSomebodyTakesIt() throws Exception {
        Maker maker = new Maker();
        EncodedStream encoded = stream("made", 1_000_000, 0, maker);
        encoded.open();
        Stream stream = encoded.stream();
        Hold hold = stream.hold(Holder.output(
                        "test",
                        offered -> offered.stream()
                                .filter(track -> track.form() == StreamTrack.Form.AAC)
                                .toList()))
                .orElseThrow();
        loop.runTasks();
        stream.subscribe(
                new Taker(),
                stream.tracks().stream().filter(track -> !track.isVideo()).toList());
        loop.runTasks();
        for (int i = 0; i < 100; i++) {
            encoded.play(new float[SAMPLES * 2], SAMPLES, 48_000 + i * SAMPLES);
        }
        loop.run(500_000);
        List<Frame> opus = heard.stream()
                .filter(frame -> frame.format() == AudioTrackEncoder.FORMAT)
                .toList();
        assertEquals(50, opus.size());
        // the encoder's lookahead of 6.5 ms
        assertEquals(1_000_000 - 6_500, opus.get(0).presentationTimeUs(), 10);
        assertEquals(20_000, opus.get(1).presentationTimeUs() - opus.get(0).presentationTimeUs(), 1);
        assertTrue(heard.size() - opus.size() > 40, heard.size() - opus.size() + " units of AAC");
        hold.close();
        loop.runTasks();
        assertEquals(List.of("AAC taken", "AAC left"), maker.taken);
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
    }

    @Test
    void endsOnce_andIsNotFoundAnyMore() throws Exception {
        EncodedStream encoded = watched(1_000_000, 0);
        assertTrue(streams.isTaken("made"));
        EncodedStream another = stream("made", 1_000_000, 0, new Maker());
        assertEquals(
                StatusText.STREAM_NAME_ALREADY_IN_USE,
                assertThrows(Refusal.class, another::open).status());
        show(encoded, 0, 2);
        encoded.end(StatusText.STOPPED_BY_REST_TERMINATE);
        encoded.end(StatusText.STOPPED_BY_USER);
        loop.runTasks();
        StreamEnd end = StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE);
        assertEquals(List.of(end, end), ends);
        assertFalse(streams.isTaken("made"));
        show(encoded, 2, 4);
        assertEquals(2, seen.size());
    }

    @Test
    void fiveHundredStartsAndStopsLeaveNothing() throws Exception {
        for (int i = 0; i < 500; i++) {
            EncodedStream encoded = stream("made", 300_000, 0, new Maker());
            encoded.open();
            try (Picture picture = drawn.draw(64, 64, i, i)) {
                encoded.show(picture, false);
            }
            encoded.play(new float[SAMPLES * 2], SAMPLES, 0);
            encoded.end(StatusText.STOPPED_BY_USER);
            loop.runTasks();
        }
        assertEquals(500, ends.size());
    }
}
