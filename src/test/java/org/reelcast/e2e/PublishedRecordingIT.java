package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.MadeMedia;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.mp4.write.Probe;

/** The specification's flow: a browser publishes with {@code record:true}, downloads the film, another plays it. */
@E2e
class PublishedRecordingIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Chromium chromium;
    private final ReelcastProcess server;

    PublishedRecordingIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void flashphonersPage_publishesDownloadsAndPlaysAgain() throws Exception {
        String link;
        PeerStats sent;
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.FLASHPHONER,
                "PublishedRecordingIT")) {
            camera.start("recorded1");
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(LIMIT, () -> camera.measured().newestPeer().framesSent() >= 200,
                    () -> camera.measured().newestPeer().toString());
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            link = camera.link();
            sent = camera.measured().newestPeer();
        }
        URI address = URI.create(link);
        assertEquals(server.http("/").getPort(), address.getPort());
        String name = address.getPath().substring("/client/records/".length());
        assertTrue(name.matches("stream-[0-9a-f-]{36}-\\.mp4"), name);

        Path film = Files.createTempDirectory("recorded").resolve("film.mp4");
        HttpResponse<Path> download = HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(),
                HttpResponse.BodyHandlers.ofFile(film));
        assertEquals(200, download.statusCode());
        check(film, sent);

        try (PlayerPage viewer = new PlayerPage(chromium, server, PlayerPage.FLASHPHONER,
                "PublishedRecordingIT-plays")) {
            viewer.start("vod://" + name);
            viewer.awaitStatus("PLAYING", LIMIT);
            viewer.measured().awaitFrames(60);
            assertTrue(viewer.measured().newestPeer().audioEnergy() > 0, "the beep is not heard");
        }
    }

    private static void check(Path film, PeerStats sent) throws Exception {
        assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film));
        Probe.decodesCleanly(film);
        assertEquals("h264", Probe.stream(film, "v:0", "codec_name"));
        assertEquals("aac", Probe.stream(film, "a:0", "codec_name"));
        List<Double> pictures = Probe.times(film, "v:0");
        List<Double> sound = Probe.times(film, "a:0");
        double seconds = Probe.duration(film);
        System.out.printf("%d frames sent, %d in the film of %.3f s; picture to %.3f s, sound from %.3f to %.3f s%n",
                sent.framesSent(), pictures.size(), seconds, pictures.get(pictures.size() - 1), sound.get(0),
                sound.get(sound.size() - 1));
        assertEquals(sent.framesSent(), pictures.size(), sent.framesSent() * 0.02 + 1);
        assertEquals(seconds, pictures.get(pictures.size() - 1), 0.2, "picture to the end");
        assertEquals(seconds, sound.get(sound.size() - 1), 0.2, "sound to the end");
        String loudness = MadeMedia.run(List.of("ffmpeg", "-hide_banner", "-i", film.toString(), "-vn", "-af",
                "volumedetect", "-f", "null", "-"));
        assertTrue(loudness.replaceAll("(?s).*max_volume: (-?[0-9.]+) dB.*", "$1").matches("-?\\d{1,2}\\.\\d")
                && Double.parseDouble(loudness.replaceAll("(?s).*max_volume: (-?[0-9.]+) dB.*", "$1")) > -40, loudness);
    }
}
