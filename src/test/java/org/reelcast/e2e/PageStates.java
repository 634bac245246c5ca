package org.reelcast.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.reelcast.e2e.harness.ReelcastProcess;

/** Takes one page of a browser through all that people see of the product. */
final class PageStates {
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);

    private final Page page;
    private final ReelcastProcess server;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private Link link = Link.OPEN;

    /** What becomes of the page's WebSockets. */
    private enum Link {
        OPEN,
        SILENT,
        CUT
    }

    PageStates(Page page, ReelcastProcess server) {
        this.page = page;
        this.server = server;
        page.routeWebSocket(Pattern.compile(".*/ws"), socket -> {
            if (link == Link.OPEN) {
                socket.connectToServer();
                sockets.add(socket);
            } else if (link == Link.CUT) {
                socket.close();
            }
        });
    }

    /** @param look called with the name of each state while the page is in it */
    void each(Consumer<String> look) {
        for (String path : List.of("/embed", "/nothing-here", "/hls", "/recorder", "/")) {
            page.navigate(server.http(path).toString());
            look.accept("idle" + path.replace('/', '-'));
        }
        player(look);
        recorder(look);
        page.navigate(
                server.http("/hls?streamName=vod://lengthy.mp4&autoplay=true").toString());
        page.waitForFunction("() => document.getElementById('video').currentTime > 0");
        look.accept("hls-playing");
        page.navigate(
                server.http("/hls?streamName=vod://missing.mp4&autoplay=true").toString());
        await("failed");
        look.accept("hls-failed");
        page.navigate(
                server.http("/embed?streamName=vod://lengthy.mp4&autoplay=true").toString());
        await("playing");
        look.accept("embed-playing");
        page.navigate(server.http("/embed?streamName=vod://foreign-video.mp4&autoplay=true")
                .toString());
        await("failed");
        look.accept("embed-failed");
        page.navigate("about:blank");
    }

    private void player(Consumer<String> look) {
        page.navigate(server.http("/").toString());
        page.locator("#films li").first().waitFor();
        page.locator("details.more summary").click();
        page.locator("#details summary").click();
        page.locator("#server summary").click();
        look.accept("all-open");
        page.navigate(server.http("/").toString());
        start("vod://missing.mp4", "failed");
        look.accept("failed");
        start("vod://foreign-video.mp4", "failed");
        look.accept("failed-with-command");
        start("vod://lengthy.mp4", "playing");
        look.accept("playing");
        page.locator("#stage").hover();
        page.locator("#keysBtn").click();
        look.accept("keys");
        page.keyboard().press("Escape");
        page.evaluate("document.getElementById('unmuteBtn').hidden = false");
        look.accept("sound-withheld");
        link = Link.CUT;
        sockets.forEach(WebSocketRoute::close);
        await("interrupted");
        look.accept("interrupted");
        link = Link.OPEN;
        await("playing");
        press("Stop");
        start("vod://brief.mp4", "over");
        look.accept("over");
        link = Link.SILENT;
        sockets.forEach(WebSocketRoute::close);
        start("vod://brief.mp4", "busy");
        look.accept("connecting");
        link = Link.OPEN;
    }

    private void recorder(Consumer<String> look) {
        page.navigate(server.http("/recorder").toString());
        page.locator("#previewBtn").click();
        PlaywrightAssertions.assertThat(page.locator("#preview")).isVisible();
        look.accept("recorder-preview");
        page.locator("#publishBtn").click();
        await("playing");
        look.accept("recorder-recording");
        page.locator("#publishBtn").click();
        PlaywrightAssertions.assertThat(page.locator("#downloadDiv")).isVisible();
        look.accept("recorder-done");
        page.locator("#streamName").fill("vod://film");
        page.locator("#publishBtn").click();
        await("failed");
        look.accept("recorder-failed");
    }

    private void start(String name, String state) {
        page.locator("#streamName").fill(name);
        press("Start");
        await(state);
    }

    private void press(String label) {
        Locator button = page.locator("#playBtn");
        PlaywrightAssertions.assertThat(button).hasText(label);
        button.click();
    }

    private void await(String state) {
        PlaywrightAssertions.assertThat(page.locator("#stage")).hasAttribute("data-state", state, SOON);
    }
}
