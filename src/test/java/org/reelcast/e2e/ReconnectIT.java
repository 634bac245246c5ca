package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.TrustingTls;
import org.reelcast.mp4.write.Probe;

/** What a server finds again that was away: its viewers, and a recording that it was making. */
@E2e
@BesideOthers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconnectIT {
    private static final Duration BACK_LIMIT = Duration.ofSeconds(2);
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final String VANISHING = "vanishing.mp4";

    private final Chromium chromium;
    private ReelcastProcess server;

    ReconnectIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void startServer() {
        server = ReelcastProcess.builder("reconnect").upSoon().start();
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        TestMedia.put(TestMedia.lengthy(), server, VANISHING);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Test
    @Order(1)
    void afterAFreezeAndARestartOfTheServer_picturesAreBackWithoutAClick() throws Exception {
        try (PlayerPage personal = play("vod://lengthy.mp4");
                PlayerPage broadcast = play("vod-live://lengthy.mp4");
                PlayerPage vanishing = play("vod://" + VANISHING)) {
            freeze(personal, broadcast);
            personal.measured()
                    .page()
                    .waitForFunction("() => document.getElementById('elapsed').textContent >= '0:06'");
            X509Certificate certificate = TrustingTls.certificate(server.ports().https());
            server.stop();
            Files.delete(server.mediaDir().resolve(VANISHING));
            personal.awaitState("interrupted", Duration.ofSeconds(5));
            int seen = personal.second();
            personal.measured().screenshot("interrupted");
            startAgain();
            long readyNs = System.nanoTime();
            personal.awaitState("playing", BACK_LIMIT);
            broadcast.awaitState("playing", BACK_LIMIT);
            System.out.printf("back %d ms after ready%n", (System.nanoTime() - readyNs) / 1_000_000);
            int now = personal.second();
            assertTrue(now >= seen && now <= seen + 10, () -> "at second " + now + ", was at " + seen);
            PlaywrightAssertions.assertThat(vanishing.measured().page().locator("#say"))
                    .hasText(VANISHING + " is not there any more. Trying again");
            // browsers that were told to trust it need not ask again
            assertEquals(certificate, TrustingTls.certificate(server.ports().https()));
            vanishing.awaitState("interrupted", BACK_LIMIT);
            TestMedia.put(TestMedia.lengthy(), server, VANISHING);
            vanishing.awaitState("playing", AWAY);
        }
    }

    private void startAgain() {
        server = ReelcastProcess.builder("reconnect").upSoon().inPlaceOf(server).start();
    }

    @Test
    @Order(2)
    void killedServer_finishesTheRecordingWhenItStartsAgain() throws Exception {
        TestMedia.put(TestMedia.flashAndBeep(), server, "flash.mp4");
        RestClient rest = new RestClient(server);
        rest.post("/vod/terminate", "{\"uri\": \"vod-live://lengthy.mp4\"}");
        rest.awaitNoStreams(Duration.ofSeconds(10));
        String id = RecordingIT.start(rest, "flash.mp4", "camera");
        assertEquals(200, rest.post("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "cut-off"}}""".formatted(id)).status());
        Path film = server.home().resolve("records/cut-off.mp4");
        Path unfinished = film.resolveSibling("cut-off.mp4.tmp");
        RecordingIT.awaitFragments(unfinished, 1);
        long grown = System.nanoTime();
        RecordingIT.awaitFragments(unfinished, 8);
        double seconds = (System.nanoTime() - grown) / 1e9;
        server.kill();
        startAgain();
        Await.until(Duration.ofSeconds(60), () -> Files.exists(film), () -> film + " is not finished");
        Probe.decodesCleanly(film);
        assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film));
        assertTrue(
                Probe.duration(film) > seconds - 1,
                "all but the last second of " + seconds + " s, but " + Probe.duration(film));
        assertEquals(200, new RestClient(server).post("/vod/startup", """
                {"uri": "vod-live://cut-off.mp4", "localStreamName": "again"}""").status());
        RecordingIT.recordingThatFails_isToldToWhoPublishesOn(server);
    }

    private PlayerPage play(String stream) {
        PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "reconnect");
        player.start(stream);
        player.awaitState("playing", Duration.ofSeconds(20));
        return player;
    }

    /** To the viewer it is the same as a lost network: nothing comes, and nothing ends. */
    private void freeze(PlayerPage player, PlayerPage other) throws IOException, InterruptedException {
        signal("-STOP");
        long frozenNs = System.nanoTime();
        player.awaitState("interrupted", AWAY);
        player.measured().screenshot("frozen");
        Await.pause(AWAY.minusNanos(System.nanoTime() - frozenNs));
        other.awaitState("interrupted", AWAY);
        signal("-CONT");
        player.awaitState("playing", BACK_LIMIT);
        other.awaitState("playing", BACK_LIMIT);
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder(List.of("kill", name, Long.toString(server.pid())))
                        .start()
                        .waitFor());
    }
}
