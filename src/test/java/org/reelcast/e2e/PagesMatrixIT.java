package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.WaitUntilState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.AxeCore;
import org.reelcast.e2e.harness.BadLink;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Firefox;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.ReverseProxy;
import org.reelcast.e2e.harness.TcpLink;

/** The pages in all states, sizes and colours, behind all proxies, in Firefox, over a slow link. */
@E2e
class PagesMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final Duration BACK_LIMIT = Duration.ofSeconds(2);
    private static final int ROUND_TRIP_MS = 400;
    private static final int BITS = 400_000;
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(LIMIT.toMillis());

    private final Chromium chromium;
    private final ReelcastProcess server;

    PagesMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @AfterEach
    void nothingIsLeft() {
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(20));
    }

    private static void awaitState(Locator stage, String state) {
        PlaywrightAssertions.assertThat(stage).hasAttribute("data-state", state, SOON);
    }

    @ParameterizedTest
    @EnumSource(ReverseProxy.Kind.class)
    void behindEachProxyOfTheDocs_aFilmPlays(ReverseProxy.Kind kind) {
        try (ReverseProxy proxy = new ReverseProxy(kind, server);
                MeasuredPage measured = chromium.openTrusting("proxy-" + kind)) {
            Page page = measured.page();
            page.navigate(proxy.url("?streamName=vod://lengthy.mp4&autoplay=true"));
            awaitState(page.locator("#stage"), "playing");
            assertEquals(
                    proxy.url("ws").replace("https", "wss"),
                    page.locator("#url").inputValue());
            page.navigate(proxy.url("hls?streamName=vod://lengthy.mp4&autoplay=true"));
            page.waitForFunction("() => document.getElementById('video').currentTime > 1");
        }
    }

    /** A fresh one has no H.264 for WebRTC yet: it gets that as a plug-in some minutes after its first start. */
    @Test
    void freshFirefox_playsByMseAndHls_andIsToldWhyItCannotRecord() {
        try (Firefox firefox = new Firefox()) {
            System.out.println(firefox.evaluate("navigator.userAgent"));
            String film = "streamName=vod://sample.mp4&autoplay=true";
            firefox.navigate(server.http("/?" + film).toString());
            firefoxPlays(firefox, "#remoteVideo video");
            firefox.screenshot("player");
            firefox.navigate(server.http("/hls?" + film).toString());
            firefoxPlays(firefox, "#video");
            firefox.screenshot("hls");
            firefox.navigate(server.http("/recorder").toString());
            firefox.evaluate("document.getElementById('publishBtn').click()");
            firefox.awaitTrue("document.getElementById('stage').dataset.state === 'failed'", LIMIT);
            assertEquals(
                    "This browser does not take H.264",
                    firefox.evaluate("document.getElementById('adviceTitle').textContent"));
        }
    }

    private static void firefoxPlays(Firefox firefox, String video) {
        firefox.awaitTrue("document.querySelector('" + video + "')?.currentTime > 2", LIMIT);
        assertEquals("960", firefox.evaluate("document.querySelector('" + video + "').videoWidth"));
    }

    /**
     * 400 kbit/s and 400 ms for a round trip: of HTTP and WebSockets as Chromium makes them; of media, which Chromium would
     * delay by that much each way, by a link of ours.
     */
    @Test
    void onASlowLink_theFirstPictureComesWithinFourSeconds() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (MeasuredPage measured = chromium.open("slow");
                    BadLink media = new BadLink(measured)) {
                media.delays(ROUND_TRIP_MS / 2).carries(BITS).brings(BITS).queues(5000);
                Page page = measured.page();
                CDPSession devTools = page.context().newCDPSession(page);
                devTools.send("Network.enable");
                JsonArray rules = new JsonArray();
                rules.add(slow("http://*:*/*"));
                rules.add(slow("ws://*:*/*"));
                JsonObject conditions = new JsonObject();
                conditions.addProperty("offline", false);
                conditions.add("matchedNetworkConditions", rules);
                devTools.send("Network.emulateNetworkConditionsByRule", conditions);
                long begunNs = System.nanoTime();
                page.navigate(
                        server.http("/?streamName=vod://sample.mp4&autoplay=true")
                                .toString(),
                        new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
                page.waitForFunction(
                        "() => document.getElementById('stage')?.dataset.state === 'playing'",
                        null,
                        new Page.WaitForFunctionOptions().setPollingInterval(20));
                times.add((System.nanoTime() - begunNs) / 1_000_000);
            }
        }
        System.out.println("first picture over a slow link: " + times + " ms");
        assertTrue(times.stream().sorted().toList().get(1) < 4000, times::toString);
    }

    private static JsonObject slow(String pattern) {
        JsonObject rule = new JsonObject();
        rule.addProperty("urlPattern", pattern);
        rule.addProperty("latency", ROUND_TRIP_MS);
        rule.addProperty("downloadThroughput", BITS / 8);
        rule.addProperty("uploadThroughput", BITS / 8);
        return rule;
    }

    /** Nothing gets through, by UDP or TCP, and nothing says so. */
    @ParameterizedTest
    @ValueSource(strings = {"vod://lengthy.mp4", "vod-live://lengthy.mp4"})
    void aNetworkThatIsCutForFiveSeconds_isGoneOnWithoutAClick(String stream) {
        try (TcpLink signalling = new TcpLink(server.ports().http());
                MeasuredPage measured = chromium.open("network-cut");
                BadLink media = new BadLink(measured)) {
            Page page = measured.page();
            page.navigate(
                    server.http("/?autoplay=true&streamName=" + stream + "&urlServer=" + signalling.wsUrl() + "/ws")
                            .toString());
            awaitState(page.locator("#stage"), "playing");
            measured.awaitFrames(30);
            long cutNs = System.nanoTime();
            signalling.hold();
            media.loses(1);
            awaitState(page.locator("#stage"), "interrupted");
            Await.pause(AWAY.minusNanos(System.nanoTime() - cutNs));
            long frames = measured.newestPeer().framesDecoded();
            signalling.release();
            media.loses(0);
            Await.until(
                    BACK_LIMIT,
                    () -> measured.newestPeer().framesDecoded() > frames
                            && "playing".equals(page.locator("#stage").getAttribute("data-state")),
                    () -> page.locator("#say").textContent());
            assertEquals(1, measured.peers().size());
        }
    }

    /** WCAG 1.4.4 and 1.4.12 at once: twice the size, and more space between lines, words and letters. */
    @ParameterizedTest
    @ValueSource(ints = {320, 390, 1280})
    void largeTextWithMuchSpace_fitsIntoThePage(int width) {
        try (MeasuredPage measured = chromium.open("large-text-" + width)) {
            Page page = measured.page();
            page.setViewportSize(width, 800);
            for (String path : List.of("/", "/recorder.html", "/hls.html", "/nothing-here")) {
                page.navigate(server.http(path).toString());
                page.evaluate("""
                        () => {
                            const style = new CSSStyleSheet();
                            style.replaceSync(`:root { font-size: 200% }
                                * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }`);
                            document.adoptedStyleSheets = [style];
                            document.querySelectorAll('details').forEach((each) => { each.open = true; });
                        }""");
                measured.screenshot(path.replaceAll("\\W", ""));
                assertEquals(
                        width,
                        page.evaluate("Math.max(innerWidth, document.documentElement.scrollWidth)"),
                        () -> path + " is too wide");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LIGHT,NONE,390,844", "LIGHT,NONE,844,390", "LIGHT,NONE,1280,800", "LIGHT,NONE,640,400",
        "DARK,NONE,390,844", "DARK,NONE,844,390", "DARK,NONE,1280,800", "DARK,NONE,640,400",
        "DARK,ACTIVE,390,844", "DARK,ACTIVE,844,390", "DARK,ACTIVE,1280,800", "DARK,ACTIVE,640,400"
    })
    void allStates_canBeUsedByAll(ColorScheme scheme, ForcedColors forced, int width, int height) {
        String how = width + "x" + height + "-" + scheme + (forced == ForcedColors.ACTIVE ? "-forced" : "");
        try (MeasuredPage measured = chromium.open("axe-" + how)) {
            Page page = measured.page();
            page.setViewportSize(width, height);
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced));
            List<String> faults = new ArrayList<>();
            new PageStates(page, server).each(state -> {
                faults.addAll(AxeCore.faults(page, how + " " + state));
                measured.screenshot(state);
            });
            assertEquals(List.of(), faults);
        }
    }
}
