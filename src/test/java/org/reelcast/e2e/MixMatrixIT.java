package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.rendition.GeneratedMedia;

/**
 * A film, a camera and a transcoded film in one mix: each flashes and sounds a tone of its own for 100 ms each second. All
 * pictures, labels and tones are there, each tone with its flash, and nothing stands still when inputs leave and join.
 */
@E2e
class MixMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double IN_STEP_MS = 60;
    private static final int LONGEST_FREEZE_MS = 300;
    private static final int LIGHT = 0xd0;
    private static final List<Integer> TONES = List.of(500, 1500, 4000);
    /** The middle of each input's cell, {@code crop} of FFmpeg. */
    private static final List<String> CELLS = List.of("320:160:160:100", "320:160:800:100", "320:160:480:460");
    /** A camera whose picture and sound are known: in place of Chromium's own. */
    private static final String CAMERA = """
            () => {
              navigator.mediaDevices.getUserMedia = async () => {
                const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 360});
                const draw = canvas.getContext('2d');
                const sound = new AudioContext({sampleRate: 48000});
                const out = sound.createMediaStreamDestination();
                const gain = new GainNode(sound, {gain: 0});
                const tone = new OscillatorNode(sound, {frequency: 1500});
                tone.connect(gain).connect(out);
                tone.start();
                const start = Math.ceil(sound.currentTime) + 1;
                for (let second = start; second < start + 300; second++) {
                  gain.gain.setValueAtTime(0.3, second);
                  gain.gain.setValueAtTime(0, second + 0.1);
                }
                const paint = () => {
                  draw.fillStyle = sound.currentTime > start && sound.currentTime % 1 < 0.1 ? 'white' : 'green';
                  draw.fillRect(0, 0, 640, 360);
                };
                paint();
                setInterval(paint, 20);
                return new MediaStream([...canvas.captureStream(30).getTracks(), ...out.stream.getTracks()]);
              };
            }""";

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;
    private final StreamsOfStreams streams;

    MixMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
        streams = new StreamsOfStreams(rest);
    }

    @AfterEach
    void end() {
        streams.end();
    }

    private static Path film(String colour, int tone) {
        return GeneratedMedia.make(
                "mix-" + colour + ".mp4",
                "-f",
                "lavfi",
                "-i",
                "color=" + colour + ":size=640x360:rate=30",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.3*sin(2*PI*" + tone + "*t)*lt(mod(t\\,1)\\,0.1):s=48000",
                "-t",
                "30",
                "-vf",
                "drawbox=w=iw:h=ih:c=white:t=fill:enable='lt(mod(t,1),0.1)'",
                "-c:v",
                "libx264",
                "-bf",
                "2",
                "-g",
                "30",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac");
    }

    @Test
    void filmCameraAndTranscodedStream_areSeenWithLabels_heardInStep_andComeAndGoWithoutAFreeze() throws Exception {
        TestMedia.put(film("navy", TONES.get(0)), server, "navy.mp4");
        TestMedia.put(film("maroon", TONES.get(2)), server, "maroon.mp4");
        streams.startFilm("navy.mp4");
        streams.ok("/vod/startup", """
                {"uri": "vod-live://maroon.mp4", "localStreamName": "maroon", "loop": true}""");
        streams.ok("/transcoder/startup", """
                {"uri": "transcoder://t", "remoteStreamName": "maroon", "localStreamName": "transcoded", "encoder":
                 {"width": 320, "height": 180, "bitrate": 300}}""");
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "MixMatrixIT-camera");
                PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "MixMatrixIT-player")) {
            camera.measured().page().evaluate(CAMERA);
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            streams.ok("/mixer/startup", """
                    {"uri": "mixer://all", "localStreamName": "all"}""");
            List<String> inputs = List.of("film", "camera", "transcoded");
            inputs.forEach(streams::mix);
            player.start("all");
            player.awaitStatus("PLAYING", LIMIT);
            player.measured().awaitFrames(60);
            for (int i = 0; i < inputs.size(); i++) {
                awaitPictureAndLabel(i);
            }
            player.measured().screenshot("labels");
            streams.record("/mixer/find_all", "mix-of-three", () -> awaitFrames(player, 240));
            Path recorded = server.home().resolve("records").resolve("mix-of-three.mp4");
            for (int i = 0; i < inputs.size(); i++) {
                assertInStep(inputs.get(i), recorded, i);
            }
            player.measured().watchGaps();
            for (String input : inputs) {
                streams.unmix(input);
                awaitFrames(player, 30);
                streams.mix(input);
                awaitFrames(player, 30);
            }
            player.measured().assertNoGapLongerThan(LONGEST_FREEZE_MS);
            player.stop();
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
        }
    }

    private static void awaitFrames(PlayerPage player, int more) {
        player.measured().awaitFrames(player.measured().newestPeer().framesDecoded() + more);
    }

    private void awaitPictureAndLabel(int input) {
        String[] cell = CELLS.get(input).split(":");
        int x = Integer.parseInt(cell[2]);
        int y = Integer.parseInt(cell[3]);
        Await.until(
                LIMIT,
                () -> {
                    BufferedImage image = snapshot();
                    int background = image.getRGB(x + 160, y + 80) & 0xffffff;
                    long light = 0;
                    // the lower left of the cell, below what is looked at for flashes
                    for (int column = x - 150; column < x + 150; column++) {
                        for (int row = y + 160; row < y + 250; row++) {
                            light += isLight(image.getRGB(column, row)) ? 1 : 0;
                        }
                    }
                    return !isLight(background) && background != 0 && light > 50 && light < 10_000;
                },
                () -> "No picture or label in cell " + input);
    }

    private static boolean isLight(int rgb) {
        return (rgb >> 16 & 0xff) > LIGHT && (rgb >> 8 & 0xff) > LIGHT && (rgb & 0xff) > LIGHT;
    }

    private BufferedImage snapshot() {
        try {
            return ImageIO.read(
                    new ByteArrayInputStream(rest.bytes(rest.request("/stream/snapshot?format=png&streamName=all")
                                    .GET())
                            .body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of that input alone: its cell, and its tone. */
    private static void assertInStep(String name, Path recorded, int input) throws IOException {
        Path picture = recorded.resolveSibling(name + "-cell.mp4");
        Path tone = recorded.resolveSibling(name + "-tone.mka");
        List<String> common = List.of("ffmpeg", "-v", "error", "-nostdin", "-y", "-copyts", "-i", recorded.toString());
        List<String> ofPicture = new ArrayList<>(common);
        ofPicture.addAll(List.of(
                "-an",
                "-vf",
                "crop=" + CELLS.get(input),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-fps_mode",
                "passthrough",
                picture.toString()));
        GeneratedMedia.run(ofPicture);
        List<String> ofTone = new ArrayList<>(common);
        ofTone.addAll(List.of(
                "-vn",
                "-af",
                "bandpass=f=" + TONES.get(input) + ":width_type=h:w=200,bandpass=f=" + TONES.get(input)
                        + ":width_type=h:w=200",
                "-c:a",
                "flac",
                tone.toString()));
        GeneratedMedia.run(ofTone);
        List<Double> apart = FlashAndBeep.apartMs(picture, tone);
        System.out.println("Sound ahead of the picture of " + name + ", ms: " + apart);
        assertAll(
                () -> assertTrue(apart.size() >= 4, () -> name + ": " + apart),
                () -> assertTrue(apart.stream().allMatch(ms -> Math.abs(ms) <= IN_STEP_MS), () -> name + ": " + apart));
    }
}
