package org.reelcast.e2e.harness;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;

/**
 * A player page as the server itself serves it, steered as a user steers it. Flashphoner's and the bundled one have the
 * same elements.
 */
public final class PlayerPage implements AutoCloseable {
    /** Flashphoner's own, unmodified. */
    public static final String FLASHPHONER = "/client2" + WebSdk.PLAYER;
    /** The product's. */
    public static final String BUNDLED = "/";

    private final MeasuredPage measured;

    public PlayerPage(Chromium chromium, ReelcastProcess server, String path, String name) {
        measured = chromium.open(name);
        measured.page().navigate(server.http(path).toString());
        measured.page().locator("#url").fill(server.wsUrl());
    }

    /** Fills in the stream's name and presses Start. */
    public void start(String stream) {
        measured.page().locator("#streamName").fill(stream);
        press("Start");
    }

    public void stop() {
        press("Stop");
    }

    private void press(String label) {
        Locator button = measured.page().locator("#playBtn");
        PlaywrightAssertions.assertThat(button).hasText(label);
        button.click();
    }

    public void awaitStatus(String status, Duration limit) {
        try {
            PlaywrightAssertions.assertThat(measured.page().locator("#status"))
                    .hasText(status, new LocatorAssertions.HasTextOptions().setTimeout(limit.toMillis()));
        } catch (AssertionError wrong) {
            measured.screenshot("not-" + status);
            throw new AssertionError(wrong.getMessage() + "\n" + measured.console(), wrong);
        }
    }

    public String info() {
        return measured.page().locator("#info").textContent();
    }

    public MeasuredPage measured() {
        return measured;
    }

    @Override
    public void close() {
        measured.close();
    }
}
