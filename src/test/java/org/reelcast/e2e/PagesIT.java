package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.AxeCore;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignSite;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.ReverseProxy;
import org.reelcast.e2e.harness.TcpLink;

/** The pages one step off the default: behind a proxy, in pages of others, for people who do not see or hear well. */
@BesideOthers
@E2e
class PagesIT {
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);
    /** Page, style and scripts, compressed. */
    private static final int MOST_BYTES = 32_000;

    private final Chromium chromium;
    private final ReelcastProcess server;

    PagesIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @AfterEach
    void nothingIsLeft() {
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(10));
    }

    private static void awaitPicture(Locator stage) {
        PlaywrightAssertions.assertThat(stage).hasAttribute("data-state", "playing", SOON);
    }

    @Test
    void behindAProxyWithTls_inAFolder_thePageFindsItsServer() {
        try (ReverseProxy nginx = new ReverseProxy(ReverseProxy.Kind.NGINX, server);
                MeasuredPage measured = chromium.openTrusting("proxy")) {
            Page page = measured.page();
            page.navigate(nginx.url("?streamName=vod://lengthy.mp4&autoplay=true"));
            awaitPicture(page.locator("#stage"));
            assertEquals(
                    nginx.url("ws").replace("https", "wss"),
                    page.locator("#url").inputValue());
            page.locator("details.more summary").click();
            assertTrue(page.locator("#exampleRest").textContent().contains(nginx.url("rest-api/vod/startup")));
            assertEquals(
                    nginx.url("?streamName=vod%3A%2F%2Flengthy.mp4&autoplay=true"),
                    page.locator("#exampleLink").textContent());
            page.navigate(nginx.url("nothing/here"));
            page.getByText("Player").first().click();
            page.waitForURL(nginx.url(""));
        }
    }

    @Test
    void aPageOfAnotherOrigin_importsTheSdk() throws IOException {
        try (ForeignSite site = new ForeignSite();
                MeasuredPage measured = chromium.open("foreign-sdk")) {
            Page page = measured.page();
            page.navigate(server.http("/").toString());
            page.locator("#streamName").fill("vod://brief.mp4");
            page.locator("details.more summary").click();
            site.serve(page.locator("#exampleScript").textContent());
            page.navigate(site.url());
            page.waitForFunction("() => document.querySelector('#film video')?.videoWidth === 320");
            assertTrue(measured.scriptErrors().isEmpty(), measured.scriptErrors()::toString);
        }
    }

    @Test
    void aFrameInAPageOfAnotherOrigin_plays() throws IOException {
        for (String from : List.of(
                server.http("/").toString(),
                "https://localhost:" + server.ports().https() + "/")) {
            try (ForeignSite site = new ForeignSite();
                    MeasuredPage measured = chromium.openTrusting("frame")) {
                Page page = measured.page();
                page.navigate(from);
                page.locator("#streamName").fill("vod://lengthy.mp4");
                page.locator("details.more summary").click();
                site.serve(page.locator("#exampleEmbed").textContent());
                page.navigate(site.url());
                FrameLocator frame = page.frameLocator("iframe");
                awaitPicture(frame.locator("#stage"));
                measured.screenshot("playing");
            }
        }
    }

    @Test
    void inASmallFrame_adviceIsScrolledByKeys_toTheButtonThatTriesAgain() {
        try (MeasuredPage measured = chromium.open("small-frame")) {
            Page page = measured.page();
            page.setViewportSize(480, 200);
            page.navigate(server.http("/embed?streamName=vod://foreign-video.mp4&autoplay=true")
                    .toString());
            PlaywrightAssertions.assertThat(page.locator("#stage")).hasAttribute("data-state", "failed", SOON);
            Locator advice = page.locator("#advice");
            BoundingBox box = advice.boundingBox();
            assertTrue(box.y >= 0 && box.y + box.height <= 200, () -> box.y + " + " + box.height);
            advice.focus();
            page.keyboard().press("ArrowDown");
            page.waitForFunction("() => document.getElementById('advice').scrollTop > 0");
            page.keyboard().press("End");
            PlaywrightAssertions.assertThat(page.locator("#retryBtn")).isInViewport();
        }
    }

    @Test
    void theRecorder_isShownInNoFrameOfOthers() throws IOException {
        try (ForeignSite site = new ForeignSite();
                MeasuredPage measured = chromium.open("framed-recorder")) {
            site.serve("<iframe src='" + server.http("/recorder") + "'></iframe>");
            measured.page().navigate(site.url());
            assertEquals(
                    0,
                    measured.page()
                            .frameLocator("iframe")
                            .locator("#publishBtn")
                            .count());
        }
    }

    /** As a proxy does that lets no WebSocket live longer than a minute. */
    @Test
    void aWebSocketThatIsCut_isOpenedAnew_andTheFilmGoesOnAtItsSecond() {
        try (TcpLink link = new TcpLink(server.ports().http());
                MeasuredPage measured = chromium.open("cut")) {
            Page page = measured.page();
            page.navigate(server.http("/?streamName=vod://lengthy.mp4&autoplay=true&urlServer=" + link.wsUrl() + "/ws")
                    .toString());
            awaitPicture(page.locator("#stage"));
            page.waitForFunction("() => document.getElementById('elapsed').textContent >= '0:02'");
            link.cutNewest();
            Await.until(
                    Duration.ofSeconds(20),
                    () -> link.sockets() == 2,
                    () -> page.locator("#say").textContent());
            awaitPicture(page.locator("#stage"));
            assertTrue(page.locator("#elapsed").textContent().compareTo("0:02") >= 0);
        }
    }

    /** On a slow link each byte and each file before the first picture is time. */
    @Test
    void beforeTheFirstPicture_fewBytesAndFilesAreFetched() {
        try (MeasuredPage measured = chromium.open("bytes")) {
            Page page = measured.page();
            List<Request> before = new ArrayList<>();
            page.onRequestFinished(before::add);
            page.navigate(
                    server.http("/?streamName=vod://brief.mp4&autoplay=true").toString());
            awaitPicture(page.locator("#stage"));
            List<Request> needed = before.stream()
                    .filter(request -> !request.resourceType().equals("fetch"))
                    .toList();
            int bytes = needed.stream()
                    .mapToInt(request -> request.sizes().responseBodySize)
                    .sum();
            String all = needed.stream()
                    .map(request -> request.url() + " " + request.sizes().responseBodySize)
                    .toList()
                    .toString();
            assertTrue(bytes < MOST_BYTES, all);
            assertEquals(
                    2,
                    needed.stream()
                            .filter(each -> each.resourceType().equals("script"))
                            .count(),
                    all);
            page.waitForFunction("() => document.getElementById('stage').dataset.state === 'over'");
        }
    }

    @Test
    void aNameThatIsNearlyRight_isPlayedByAClick() {
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "did-you-mean")) {
            player.start("vod://With-Space.mp4");
            player.awaitStatus("FAILED", Duration.ofSeconds(10));
            player.measured()
                    .page()
                    .locator("#adviceText button", new Page.LocatorOptions().setHasText("with space.mp4"))
                    .click();
            awaitPicture(player.measured().page().locator("#stage"));
        }
    }

    @Test
    void aFilmThatDoesNotPlay_isExplainedOnThePageWithACommandToCopy() {
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "reason")) {
            player.start("vod://foreign-video.mp4");
            player.awaitStatus("FAILED", Duration.ofSeconds(10));
            String advice = player.measured().page().locator("#adviceText").textContent();
            assertTrue(advice.contains("ffmpeg -i"), advice);
            assertTrue(advice.contains("foreign-video.mp4"), advice);
            assertEquals("File has wrong format", player.info());
            assertTrue(
                    player.measured()
                            .page()
                            .locator("#adviceText .command button")
                            .first()
                            .isVisible(),
                    advice);
        }
    }

    @Test
    void keysAndControls_areOnThePicture() {
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "keys")) {
            Page page = player.measured().page();
            player.start("vod://lengthy.mp4");
            awaitPicture(page.locator("#stage"));
            page.locator("#stage").focus();
            page.keyboard().press("m");
            PlaywrightAssertions.assertThat(page.locator("#muteBtn")).hasAttribute("aria-pressed", "true");
            page.keyboard().press("?");
            PlaywrightAssertions.assertThat(page.locator("#keys")).isVisible();
            page.keyboard().press("Escape");
            page.keyboard().press("f");
            page.waitForFunction("() => document.fullscreenElement?.id === 'stage'");
            PlaywrightAssertions.assertThat(page.locator("#stageBtn")).isVisible();
            page.keyboard().press("f");
            page.locator("#streamName").focus();
            page.keyboard().press("m");
            PlaywrightAssertions.assertThat(page.locator("#muteBtn")).hasAttribute("aria-pressed", "true");
            page.locator("#stage").focus();
            page.keyboard().press("k");
            player.awaitStatus("STOPPED", Duration.ofSeconds(10));
        }
    }

    @Test
    void allPages_canBeUsedByAll() {
        List<String> faults = new ArrayList<>();
        try (MeasuredPage measured = chromium.open("axe")) {
            measured.page().setViewportSize(640, 400);
            look(measured.page(), faults);
        }
        assertEquals(List.of(), faults);
    }

    private void look(Page page, List<String> faults) {
        for (String path : List.of("/recorder", "/hls", "/embed", "/nothing-here", "/")) {
            page.navigate(server.http(path).toString());
            faults.addAll(AxeCore.faults(page, path));
        }
        page.locator("#films li").first().waitFor();
        page.locator("details.more summary").click();
        page.locator("#details summary").click();
        page.locator("#server summary").click();
        page.locator("#streamName").fill("vod://missing.mp4");
        page.locator("#playBtn").click();
        PlaywrightAssertions.assertThat(page.locator("#stage")).hasAttribute("data-state", "failed", SOON);
        faults.addAll(AxeCore.faults(page, "failed"));
        page.locator("#streamName").fill("vod://lengthy.mp4");
        page.locator("#playBtn").click();
        awaitPicture(page.locator("#stage"));
        faults.addAll(AxeCore.faults(page, "playing"));
    }
}
