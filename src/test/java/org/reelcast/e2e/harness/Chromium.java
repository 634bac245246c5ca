package org.reelcast.e2e.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The machine's own Chromium, headless; never one that Playwright downloads. Its camera is a test picture with beeps.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream");
    private static final String MEASURE = resource("/e2e/measure.js");

    private final Playwright playwright;
    private final Browser browser;

    public Chromium() {
        Path chromium = Tools.find("chromium", "chromium-browser", "google-chrome");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    /** A page of a fresh profile that measures what it plays ({@code measure.js}); closing it frees all. */
    public MeasuredPage open(String name) {
        BrowserContext context = newContext();
        context.addInitScript(MEASURE);
        return page(name, context);
    }

    /** The same that takes any certificate. */
    public MeasuredPage openTrusting(String name) {
        BrowserContext context = browser.newContext(options().setIgnoreHTTPSErrors(true));
        context.addInitScript(MEASURE);
        return page(name, context);
    }

    /** The same on a phone held upright: a narrow screen of many pixels, and a finger. */
    public MeasuredPage openPhone(String name) {
        BrowserContext context = browser.newContext(options()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true));
        context.addInitScript(MEASURE);
        return page(name, context);
    }

    /** The same that also looks how it plays by MSE ({@code mse.js}). */
    MeasuredPage openMse(String name) {
        BrowserContext context = newContext();
        context.addInitScript(MEASURE);
        context.addInitScript(resource("/e2e/mse.js"));
        return page(name, context);
    }

    /** A blank page that measures nothing by itself. */
    MeasuredPage openPlain(String name) {
        return page(name, newContext());
    }

    private BrowserContext newContext() {
        return browser.newContext(options());
    }

    private static Browser.NewContextOptions options() {
        return new Browser.NewContextOptions().setViewportSize(1000, 800);
    }

    private static MeasuredPage page(String name, BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(20_000);
        return new MeasuredPage(name, context, page);
    }

    static String resource(String path) {
        try (InputStream in = Chromium.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
