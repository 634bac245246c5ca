package org.reelcast.e2e.harness;

import com.microsoft.playwright.Page;
import java.time.Duration;

/** A player page. */
public final class PlayerPage extends StreamPage {
    /** Flashphoner's own, unmodified. */
    public static final String FLASHPHONER = "/client2" + WebSdk.PLAYER;
    /** The product's. */
    public static final String BUNDLED = "/";

    public PlayerPage(Chromium chromium, ReelcastProcess server, String path, String name) {
        this(chromium.open(name), server, path);
    }

    PlayerPage(MeasuredPage page, ReelcastProcess server, String path) {
        super(page, "#playBtn");
        measured().page().navigate(server.http(path).toString());
        if (!path.equals(BUNDLED)) {
            // the product's own page knows where its server is
            measured().page().locator("#url").fill(server.wsUrl());
        }
    }

    /** Fills in the stream's name and presses Start. */
    public void start(String stream) {
        measured().page().locator("#streamName").fill(stream);
        press("Start");
    }

    /** Of the product's page: waits until it is {@code playing}, {@code interrupted} and so on. */
    public void awaitState(String state, Duration limit) {
        Page page = measured().page();
        Await.until(
                limit,
                () -> state.equals(page.locator("#stage").getAttribute("data-state")),
                () -> "not " + state + " but '" + page.locator("#say").textContent() + "'");
    }

    /** Of the product's page: at which second the film is. */
    public int second() {
        String[] clock = measured().page().locator("#elapsed").textContent().split(":");
        return 60 * Integer.parseInt(clock[0]) + Integer.parseInt(clock[1]);
    }
}
