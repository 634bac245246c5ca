package org.reelcast.e2e.harness;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;

/**
 * Flashphoner's Player page, unmodified, as the server itself serves it below {@code /client2}, steered as a user
 * steers it.
 */
public final class FlashphonerPlayer implements AutoCloseable {
    private final MeasuredPage measured;

    public FlashphonerPlayer(Chromium chromium, ReelcastProcess server, String name) {
        measured = chromium.open(name);
        measured.page().navigate(server.http("/client2" + WebSdk.PLAYER).toString());
        measured.page().locator("#url").fill(server.wsUrl());
    }

    /** Fills in the stream's name and presses Start. */
    public void start(String stream) {
        measured.page().locator("#streamName").fill(stream);
        pressButton("Start");
    }

    public void stop() {
        pressButton("Stop");
    }

    private void pressButton(String label) {
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
