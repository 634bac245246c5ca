package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.write.Probe;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.reencode.ScaledSize;

/**
 * What a transcode looks like beside libx264's veryfast at the same bitrate, and that of a camera keeps its size and
 * bitrate.
 */
@E2e
class TranscodeQualityMatrixIT {
    private static final int FRAMES = 200;
    private static final int BITRATE = 800_000;
    private static final double MOST_WORSE_DB = 1;
    private static final String SCALED = "scale=640:360:flags=area";
    private static final Pattern PSNR = Pattern.compile("PSNR y:([0-9.]+)");

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CAMERA_KBIT = 250;
    /** A camera with much to encode, in place of Chromium's own. */
    private static final String CAMERA = """
            () => {
              navigator.mediaDevices.getUserMedia = async () => {
                const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 480});
                const draw = canvas.getContext('2d');
                setInterval(() => {
                  for (let i = 0; i < 3; i++) {
                    draw.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
                    draw.fillRect(Math.random() * 640, Math.random() * 480, 40, 40);
                  }
                }, 40);
                const sound = new AudioContext();
                const out = sound.createMediaStreamDestination();
                return new MediaStream([...canvas.captureStream(25).getTracks(), ...out.stream.getTracks()]);
              };
            }""";

    private final Chromium chromium;
    private final ReelcastProcess server;

    @TempDir
    private Path folder;

    TranscodeQualityMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    /** Motion in all directions, fine structure and grain. */
    private static Path source() {
        return GeneratedMedia.make(
                "quality.mp4",
                "-f",
                "lavfi",
                "-i",
                "mandelbrot=size=1280x720:rate=25:maxiter=400",
                "-frames:v",
                "" + FRAMES,
                "-vf",
                "noise=alls=6:allf=t",
                "-c:v",
                "libx264",
                "-crf",
                "10",
                "-bf",
                "2",
                "-g",
                "50",
                "-pix_fmt",
                "yuv420p");
    }

    /** By the best encoder that this machine has, and by the one that comes with the server. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void transcode_isWithinADecibelOfX264(String encoder) throws IOException {
        VideoEncoders.ofProcess().choose(encoder, Runnable::run);
        Path ours = folder.resolve("ours.h264");
        try (Film film = Film.open(source());
                Rendition scaled = film.renditions()
                        .scaled(new ScaledSize(640, 360, BITRATE))
                        .orElseThrow();
                FrameReader reader = scaled.reader()) {
            List<Frame> frames = AnnexB.frames(reader, FRAMES + 1);
            assertEquals(FRAMES, frames.size());
            AnnexB.write(ours, frames);
        }
        Path theirs = folder.resolve("theirs.h264");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                source().toString(),
                "-vf",
                SCALED,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-bf",
                "0",
                "-g",
                "50",
                "-b:v",
                "" + BITRATE,
                "-maxrate",
                "" + BITRATE,
                "-bufsize",
                "" + BITRATE,
                theirs.toString()));
        double own = psnr(ours);
        double other = psnr(theirs);
        System.out.printf(
                "%s: %.2f dB in %d KB; libx264 veryfast: %.2f dB in %d KB%n",
                VideoEncoders.ofProcess().id(), own, Files.size(ours) >> 10, other, Files.size(theirs) >> 10);
        assertEquals(Files.size(theirs), Files.size(ours), 0.1 * Files.size(theirs), "bytes");
        assertTrue(own > other - MOST_WORSE_DB, own + " dB, and libx264 has " + other);
    }

    @Test
    void transcodedCamera_hasItsSizeAndBitrate() throws IOException {
        RestClient rest = new RestClient(server);
        StreamsOfStreams streams = new StreamsOfStreams(rest);
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "Quality-camera");
                Viewers viewers = new Viewers(chromium, server)) {
            camera.measured().page().evaluate(CAMERA);
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            streams.ok("/transcoder/startup", """
                    {"uri": "transcoder://c", "remoteStreamName": "camera", "localStreamName": "c", "encoder":
                     {"width": 320, "height": 240, "bitrate": %d}}""".formatted(CAMERA_KBIT));
            int viewer = viewers.play("c");
            viewers.awaitFrames(viewer, 100);
            streams.record(
                    "/transcoder/find_all",
                    "camera-small",
                    () -> viewers.awaitFrames(viewer, viewers.stats(viewer).framesDecoded() + 300));
            streams.ok("/transcoder/terminate", "{\"uri\": \"transcoder://c\"}");
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
        }
        Path recorded = server.home().resolve("records/camera-small.mp4");
        assertEquals("320,240", Probe.stream(recorded, "v:0", "width,height"));
        double kbit = Integer.parseInt(Probe.stream(recorded, "v:0", "bit_rate")) / 1000.0;
        System.out.printf("camera: %.0f kbit/s of %d%n", kbit, CAMERA_KBIT);
        assertEquals(CAMERA_KBIT, kbit, 0.1 * CAMERA_KBIT);
    }

    private static double psnr(Path stream) throws IOException {
        String output = GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-r",
                "25",
                "-f",
                "h264",
                "-i",
                stream.toString(),
                "-i",
                source().toString(),
                "-lavfi",
                "[0:v]settb=AVTB,setpts=N[a];[1:v]" + SCALED + ",settb=AVTB,setpts=N[b];[a][b]psnr",
                "-f",
                "null",
                "-"));
        Matcher matcher = PSNR.matcher(output);
        assertTrue(matcher.find(), output);
        return Double.parseDouble(matcher.group(1));
    }
}
