package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.recording.PlaybackTrace;

/** What a recorder page does in Chromium with a fake camera: publish, stop, download, play again. */
abstract class RecorderPageChecks {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final double SECONDS = 10;
    private static final double PACKET_SECONDS = 0.02;
    /** Statistics are so old at most. */
    private static final double STALE_SECONDS = 0.1;
    /** Chromium's fake microphone beeps twice a second; its gain control finds the first ones too low or too high. */
    private static final double BEEPS_APART = 0.5;

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final String path;
    private final String playerPath;

    RecorderPageChecks(Chromium chromium, ReelcastProcess server, String path, String playerPath) {
        this.chromium = chromium;
        this.server = server;
        this.path = path;
        this.playerPath = playerPath;
    }

    /** A film and what the browser says that it has sent for it. */
    private record Recorded(String link, Path film, PeerStats sent) {}

    @Test
    void tenSeconds_areRecordedWholeDownloadedAndPlayedFromTheServer() throws Exception {
        String test = getClass().getSimpleName();
        Recorded recorded = record(test);
        assertSoundWhole(recorded);
        assertPictureWhole(recorded);
        String link = recorded.link();
        String file = link.substring(link.lastIndexOf('/') + 1);
        assertTrue(file.matches("stream-[0-9a-f-]{36}--[0-9a-f]{32}\\.mp4"), file);
        play(file, test);
    }

    private Recorded record(String test) {
        try (RecorderPage camera = new RecorderPage(chromium, server, path, test + "-camera")) {
            camera.start(test);
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(
                    Duration.ofSeconds(60),
                    () -> camera.measured().newestPeer().audioPacketsSent() * PACKET_SECONDS >= SECONDS,
                    () -> camera.measured().newestPeer().toString());
            camera.measured().screenshot("recording");
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            camera.measured().screenshot("recorded");
            assertTrue(
                    camera.measured().scriptErrors().isEmpty(),
                    () -> camera.measured().scriptErrors().toString());
            return new Recorded(
                    camera.link(), download(camera.link()), camera.measured().newestPeer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSoundWhole(Recorded recorded) {
        try {
            Path film = recorded.film();
            double seconds = Probe.duration(film);
            double sentSeconds = recorded.sent().audioPacketsSent() * PACKET_SECONDS;
            // a film starts with its first picture, and Chromium's camera later than its microphone
            double firstSeconds = recorded.sent().audioPacketsSentFirst() * PACKET_SECONDS;
            System.out.printf(
                    "%.3f of %.3f s, %.3f s of it sent before the picture, sound up to %.1f dB%n",
                    seconds, sentSeconds, firstSeconds, Probe.loudest(film));
            assertAll(
                    recorded.sent().toString(),
                    () -> assertTrue(seconds >= sentSeconds - firstSeconds - 0.1, "seconds"),
                    () -> assertTrue(seconds <= sentSeconds + STALE_SECONDS + 0.1, "seconds"),
                    () -> assertEquals(seconds, last(film, "a:0"), 0.2, "sound to the end"),
                    () -> assertBeeps(PlaybackTrace.tones(film)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertPictureWhole(Recorded recorded) {
        Path film = recorded.film();
        int frames = TestMedia.frames(film);
        long sent = recorded.sent().framesSent();
        System.out.printf("%d of %d frames%n", frames, sent);
        assertAll(
                recorded.sent().toString(),
                () -> assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film)),
                () -> assertEquals("h264", Probe.stream(film, "v:0", "codec_name")),
                () -> assertEquals("aac", Probe.stream(film, "a:0", "codec_name")),
                () -> Probe.decodesCleanly(film),
                () -> assertEquals(sent, frames, 0.02 * sent + 1, "frames"),
                () -> assertEquals(Probe.duration(film), last(film, "v:0"), 0.2, "picture to the end"));
    }

    private static void assertBeeps(List<Double> beeps) {
        assertTrue(beeps.size() >= 0.75 * SECONDS / BEEPS_APART, beeps::toString);
        for (int i = 1; i < beeps.size(); i++) {
            double beats = (beeps.get(i) - beeps.get(i - 1)) / BEEPS_APART;
            assertTrue(beats > 0.5 && Math.abs(beats - Math.rint(beats)) < 0.1, beeps::toString);
        }
    }

    private static double last(Path film, String stream) throws IOException {
        List<Double> times = Probe.times(film, stream);
        return times.get(times.size() - 1);
    }

    private static Path download(String link) throws IOException {
        Path film = Files.createTempFile("recorded", ".mp4");
        film.toFile().deleteOnExit();
        HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
        HttpResponse<Path> answer = HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofFile(film))
                .join();
        assertEquals(200, answer.statusCode());
        assertEquals("video/mp4", answer.headers().firstValue("Content-Type").orElse(""));
        return film;
    }

    private void play(String file, String test) {
        try (PlayerPage player = new PlayerPage(chromium, server, playerPath, test + "-player")) {
            player.start("vod://" + file);
            player.awaitStatus("PLAYING", LIMIT);
            player.measured().awaitFrames(60);
            player.measured().screenshot("playing");
            assertTrue(player.measured().newestPeer().audioEnergy() > 0, "silent");
            player.stop();
            player.awaitStatus("STOPPED", LIMIT);
        }
    }
}
