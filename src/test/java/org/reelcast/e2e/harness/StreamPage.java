package org.reelcast.e2e.harness;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;

/**
 * A page with one button that starts and stops a stream, as the server itself serves it, steered as a user steers it.
 * Flashphoner's pages and the bundled ones have the same elements.
 */
public abstract class StreamPage implements AutoCloseable {
    private final MeasuredPage measured;
    private final String button;

    /** @param button the selector of the one button */
    StreamPage(MeasuredPage measured, String button) {
        this.measured = measured;
        this.button = button;
    }

    final void press(String label) {
        Locator found = measured.page().locator(button);
        PlaywrightAssertions.assertThat(found).hasText(label);
        found.click();
    }

    public final void stop() {
        press("Stop");
    }

    public final void awaitStatus(String status, Duration limit) {
        try {
            PlaywrightAssertions.assertThat(measured.page().locator("#status"))
                    .hasText(status, new LocatorAssertions.HasTextOptions().setTimeout(limit.toMillis()));
        } catch (AssertionError wrong) {
            measured.screenshot("not-" + status);
            throw new AssertionError(wrong.getMessage() + "\n" + measured.console(), wrong);
        }
    }

    public final String info() {
        return measured.page().locator("#info").textContent();
    }

    public final MeasuredPage measured() {
        return measured;
    }

    @Override
    public final void close() {
        measured.close();
    }
}
