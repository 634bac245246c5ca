package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.MsePage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TcpLink;
import org.reelcast.e2e.harness.TestMedia;

/** Flashphoner's unmodified Player page plays by MSE, as it does where there is no WebRTC. */
@BesideOthers
@E2e
class MseIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(25);

    private final Chromium chromium;
    private final ReelcastProcess server;
    private String name;

    MseIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @BeforeEach
    void name(TestInfo test) {
        name = "MseIT-" + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void nothingIsLeft() {
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(10));
    }

    @Test
    void film_isSeenToItsLastPictureWithLipsInSync() {
        try (MsePage page = new MsePage(chromium, server, name)) {
            page.player().start("vod://flash.mp4");
            page.player().awaitStatus("PLAYING", START_LIMIT);
            page.player().awaitStatus("STOPPED", END_LIMIT);
            MseJudge.assertInSync(page, 12);
            MseJudge.assertWhole(page, TestMedia.frames(TestMedia.flashAndBeep()), 12);
            assertTrue(
                    page.player().measured().scriptErrors().isEmpty(),
                    page.player().measured()::console);
        }
    }

    @Test
    void pictureAlone_andSoundAlone() {
        try (MsePage page = new MsePage(chromium, server, name);
                MsePage radio = new MsePage(chromium, server, name + "-radio")) {
            page.player().start("vod://video-only.mp4");
            radio.player().start("vod://audio-only.mp4");
            page.player().awaitStatus("STOPPED", END_LIMIT);
            radio.player().awaitStatus("STOPPED", END_LIMIT);
            MseJudge.assertWhole(page, TestMedia.frames(TestMedia.videoOnly()), 4);
            assertTrue(page.track("audio").isEmpty());
            assertTrue(radio.track("video").isEmpty());
            assertEquals(4, radio.number("currentTime"), 0.8);
        }
    }

    @Test
    void broadcastThatIsJoinedLate_playsAtOnceAndGoesOn() {
        RestClient rest = new RestClient(server);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://lengthy.mp4", "localStreamName": "mse-broadcast"}""").status());
        try (MsePage first = new MsePage(chromium, server, name)) {
            first.player().start("mse-broadcast");
            first.awaitTime(3, START_LIMIT);
            try (MsePage second = new MsePage(chromium, server, name)) {
                second.player().start("mse-broadcast");
                second.awaitTime(3, START_LIMIT);
                MseJudge.assertSmooth(second);
                assertTrue(second.number("firstFrame") - second.number("asked") < 1500, second.seen()::toString);
            }
            first.awaitTime(6, START_LIMIT);
            MseJudge.assertSmooth(first);
        }
        assertEquals(200, rest.post("/vod/terminate", """
                {"localStreamName": "mse-broadcast"}""").status());
    }

    @Test
    void lostMediaSocket_isSaidWithinTwoSeconds() {
        try (TcpLink link = new TcpLink(server.ports().ws());
                MsePage page = new MsePage(chromium, server, name, link.wsUrl())) {
            page.player().start("vod://lengthy.mp4");
            page.awaitTime(0.5, START_LIMIT);
            assertEquals(2, link.sockets());
            link.cutNewest();
            page.player().awaitStatus("FAILED", Duration.ofSeconds(2));
            assertEquals(
                    "Failed by media connection: it was lost", page.player().info());
        }
    }

    @Test
    void camera_isSeenAndHeard() {
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.FLASHPHONER, name + "-camera");
                MsePage page = new MsePage(chromium, server, name)) {
            camera.start("mse-camera");
            camera.awaitStatus("PUBLISHING", START_LIMIT);
            page.player().start("mse-camera");
            page.awaitTime(4, START_LIMIT);
            MseJudge.assertSmooth(page);
            assertTrue(MseJudge.tones(page).size() >= 3, "the camera's beeps");
            camera.stop();
            page.player().awaitStatus("STOPPED", START_LIMIT);
        }
    }

    @Test
    void bundledPage_playsOverTheWebSocketWhereNoUdpGetsThrough() {
        try (MsePage page = MsePage.bundledWithoutUdp(chromium, server, name)) {
            page.player().start("vod://brief.mp4");
            page.player().awaitStatus("STOPPED", END_LIMIT);
            MseJudge.assertWhole(page, TestMedia.frames(TestMedia.brief()), 4);
            assertTrue(
                    page.player().measured().scriptErrors().isEmpty(),
                    page.player().measured()::console);
        }
    }

    /** The SDK's own API, as the page has one player only. */
    @Test
    void twoStreamsOfOneSession_showTheirFilms() {
        try (MsePage page = new MsePage(chromium, server, name)) {
            page.player().measured().evaluate("""
                    async url => {
                        await Flashphoner.init({ preferredMediaProviders: ['MSE'] });
                        window.sizes = {};
                        const session = Flashphoner.createSession({ urlServer: url });
                        session.on('ESTABLISHED', () => ['vod://lengthy.mp4', 'vod://flash.mp4'].forEach(film => {
                            const display = document.createElement('div');
                            document.body.append(display);
                            const stream = session.createStream({ name: film, display });
                            setInterval(() => {
                                const video = display.querySelector('video');
                                if (video && video.currentTime > 0.3) {
                                    window.sizes[film] = video.videoWidth;
                                }
                            }, 100);
                            stream.play();
                        }));
                    }""", server.wsUrl());
            Await.until(
                    START_LIMIT,
                    () -> page.player()
                                    .measured()
                                    .evaluate("() => Object.keys(sizes).length", null)
                                    .getAsInt()
                            == 2,
                    page.player().measured()::console);
            assertEquals(
                    320,
                    page.player()
                            .measured()
                            .evaluate("() => sizes['vod://lengthy.mp4']", null)
                            .getAsInt());
            assertEquals(
                    640,
                    page.player()
                            .measured()
                            .evaluate("() => sizes['vod://flash.mp4']", null)
                            .getAsInt());
        }
    }
}
