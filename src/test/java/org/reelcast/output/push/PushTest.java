package org.reelcast.output.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.FfmpegEncoderKind;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.RtmpServers;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;

/** A camera's stream goes to FFmpeg's RTMP server; the clock is the test's. */
@Timeout(60)
class PushTest {
    private static final long PICTURE_US = 40_000;

    @TempDir
    private Path folder;

    private final FakeLoop loop = new FakeLoop();
    private int keyFrameRequests;
    private final Stream stream = TestStreams.camera(
            "id",
            "camera",
            loop,
            Optional.of(Format.video(Codec.H264, 320, 180, 0)),
            Optional.empty(),
            () -> keyFrameRequests++);
    private final Hold hold =
            stream.hold(Holder.output("push", TrackChoice.ORIGINAL)).orElseThrow();
    private final List<Long> attemptsUs = new ArrayList<>();
    private Path file;
    private int port;
    private Process server;
    private Push push;

    @BeforeEach
    void listen() throws Exception {
        file = folder.resolve("out.flv");
        port = RtmpServers.freePort();
        server = RtmpServers.ffmpeg(port, file);
        PushTarget target = PushTarget.of("camera", "rtmp://127.0.0.1:" + port + "/live/test", true, "");
        push = new Push(
                "push",
                hold,
                target,
                mine -> {
                    attemptsUs.add(loop.nowUs());
                    if (attemptsUs.size() > 1) {
                        throw new IOException("nobody is there");
                    }
                    return RtmpServers.connect(port, 5_000);
                },
                Runnable::run,
                loop::nowUs);
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
    }

    private void publish(int width, int height, int count) throws Exception {
        try (VideoEncoder encoder = FfmpegEncoderKind.OPENH264.open(EncoderSettings.quality(width, height, 25, 30));
                Picture black = Picture.black(width, height)) {
            Format format = Format.video(Codec.H264, width, height, 0);
            for (int i = 0; i < count; i++) {
                TestStreams.publish(
                        stream,
                        new Frame(
                                format,
                                loop.nowUs(),
                                loop.nowUs(),
                                i == 0,
                                StartCodes.split(encoder.encode(black, i == 0))));
                loop.run(PICTURE_US);
            }
        }
    }

    private void start() throws IOException {
        push.start();
        loop.runTasks();
    }

    @Test
    void camera_changesItsSize_bothSizesArrive() throws Exception {
        start();
        publish(320, 180, 25);
        publish(640, 360, 25);
        assertTrue(push.isConnected());
        assertEquals(50, push.counters().frames.get());
        push.stop();
        loop.runTasks();
        assertTrue(push.ended().toCompletableFuture().isDone());
        assertFalse(stream.isHeld());
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
        assertEquals(50, sizes().size());
        assertEquals(25, sizes().stream().filter("320,180"::equals).count());
        assertEquals(25, sizes().stream().filter("640,360"::equals).count());
    }

    private List<String> sizes() throws Exception {
        Process probe = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        "v:0",
                        "-show_entries",
                        "frame=width,height",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .start();
        return new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void start_serverDoesNotTakeIt_leavesNothing() throws Exception {
        attemptsUs.add(0L);
        assertEquals(
                "nobody is there", assertThrows(IOException.class, this::start).getMessage());
        assertFalse(stream.isHeld());
        assertTrue(push.ended().toCompletableFuture().isDone());
    }

    @Test
    void serverGoes_isLookedForAfterLongerAndLongerTimes() throws Exception {
        start();
        publish(320, 180, 5);
        server.destroyForcibly().waitFor();
        for (int second = 0; second < 100; second++) {
            publish(320, 180, 25);
        }
        assertFalse(push.isConnected());
        assertEquals("nobody is there", push.problem().orElseThrow());
        assertTrue(push.dropped() > 2_300, "dropped " + push.dropped());
        List<Long> waits = new ArrayList<>();
        for (int i = 3; i < attemptsUs.size(); i++) {
            waits.add(Math.round((attemptsUs.get(i) - attemptsUs.get(i - 1)) / 1e6));
        }
        assertEquals(List.of(4L, 8L, 16L, 30L, 30L), waits.subList(waits.indexOf(4L), waits.size()));
    }

    @Test
    void serverIsSlow_picturesAreLeftOutUpToTheNextKeyFrame() throws Exception {
        start();
        publish(320, 180, 5);
        try (VideoEncoder encoder = FfmpegEncoderKind.OPENH264.open(EncoderSettings.quality(320, 180, 25, 30));
                Picture black = Picture.black(320, 180)) {
            Format format = Format.video(Codec.H264, 320, 180, 0);
            long lateUs = loop.nowUs() - 3_000_000;
            int before = keyFrameRequests;
            for (int i = 0; i < 10; i++) {
                // five come too late, four in time without a key frame, one is a key frame
                boolean key = i == 9;
                TestStreams.publish(
                        stream,
                        new Frame(
                                format,
                                i < 5 ? lateUs : loop.nowUs(),
                                i < 5 ? lateUs : loop.nowUs(),
                                key,
                                StartCodes.split(encoder.encode(black, key))));
                loop.run(PICTURE_US);
            }
            assertTrue(keyFrameRequests > before);
        }
        loop.run(PICTURE_US * 2);
        assertEquals(9, push.dropped());
        assertEquals(6, push.counters().frames.get());
    }

    @Test
    void streamEnds_pushEndsWithIt() throws Exception {
        start();
        publish(320, 180, 5);
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        loop.runTasks();
        assertTrue(push.ended().toCompletableFuture().isDone());
        assertFalse(push.isConnected());
        assertTrue(server.waitFor(20, TimeUnit.SECONDS));
    }
}
