package org.reelcast.e2e.harness;

import com.microsoft.playwright.assertions.PlaywrightAssertions;

/** A page that publishes camera and microphone, to be recorded. */
public final class RecorderPage extends StreamPage {
    /** Flashphoner's own, unmodified. */
    public static final String FLASHPHONER = "/client2" + WebSdk.RECORDER;
    /** The product's. */
    public static final String BUNDLED = "/recorder.html";

    private final boolean bundled;
    private final String wsUrl;

    public RecorderPage(Chromium chromium, ReelcastProcess server, String path, String name) {
        super(chromium.open(name), "#publishBtn");
        bundled = path.equals(BUNDLED);
        wsUrl = server.wsUrl();
        measured().page().navigate(server.http(path).toString());
    }

    /** Starts to publish under that name; Flashphoner's page has it in the URL. */
    public void start(String stream) {
        if (bundled) {
            measured().page().locator("#streamName").fill(stream);
        }
        if (!bundled) {
            measured().page().locator("#url").fill(wsUrl + "/" + stream);
        }
        press(bundled ? "Record" : "Start");
    }

    /** Where the finished recording is, as the page shows it. */
    public String link() {
        PlaywrightAssertions.assertThat(measured().page().locator("#downloadDiv"))
                .isVisible();
        return measured().page().locator("#link").getAttribute("href");
    }
}
