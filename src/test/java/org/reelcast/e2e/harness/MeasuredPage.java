package org.reelcast.e2e.harness;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A page in Chromium whose peer connections are measured from the start. */
public final class MeasuredPage implements AutoCloseable {
    private final String name;
    private final BrowserContext context;
    private final Page page;
    private final List<String> console = new ArrayList<>();

    MeasuredPage(String name, BrowserContext context, Page page) {
        this.name = name;
        this.context = context;
        this.page = page;
        page.onConsoleMessage(this::keep);
    }

    private void keep(ConsoleMessage message) {
        console.add(message.type() + ": " + message.text());
    }

    /** For what a user does: fill, click, read. */
    public Page page() {
        return page;
    }

    /** The page's peer connections so far, oldest first. */
    public List<PeerStats> peers() {
        List<PeerStats> peers = new ArrayList<>();
        for (JsonElement peer : read("reelcastMeasure.measured()").getAsJsonArray()) {
            peers.add(new PeerStats(peer.getAsJsonObject()));
        }
        return peers;
    }

    public PeerStats newestPeer() {
        List<PeerStats> peers = peers();
        return peers.get(peers.size() - 1);
    }

    /** Waits until the newest peer connection has decoded this many frames. */
    public void awaitFrames(long frames) {
        Await.until(
                Duration.ofSeconds(20),
                () -> newestPeer().framesDecoded() >= frames,
                () -> "Not " + frames + " frames decoded: " + newestPeer());
    }

    /** What scripts threw and nobody caught. */
    public List<String> scriptErrors() {
        List<String> errors = new ArrayList<>();
        read("reelcastMeasure.errors").getAsJsonArray().forEach(error -> errors.add(error.getAsString()));
        return errors;
    }

    private JsonElement read(String expression) {
        Object value = page.evaluate("async () => JSON.stringify(await window." + expression + ")");
        return JsonParser.parseString((String) value);
    }

    /** Adds a script from the tests' resources to the page that is open. */
    public void addScript(String resource) {
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(Chromium.resource(resource)));
    }

    /** Has a script from the tests' resources run in each page that is opened from now on, whatever the page's own rules. */
    public void addInitScript(String resource) {
        page.addInitScript(Chromium.resource(resource));
    }

    /** Runs an expression of JavaScript and gives its value, awaited and as JSON. */
    public JsonElement evaluate(String function, Object argument) {
        Object value = page.evaluate(
                "async a => JSON.stringify(await (" + function + ")(JSON.parse(a)) ?? null)",
                new Gson().toJson(argument));
        return JsonParser.parseString((String) value);
    }

    public JsonObject evaluateObject(String function, Object argument) {
        return evaluate(function, argument).getAsJsonObject();
    }

    /** From now on the time between two pictures that are shown is measured. */
    public void watchGaps() {
        page.evaluate("""
                () => {
                  const video = document.querySelector('video');
                  let last = performance.now();
                  const start = last;
                  window.gaps = [];
                  const shown = now => {
                    window.gaps.push({ms: Math.round(now - last), atS: Math.round(now - start) / 1000,
                                      width: video.videoWidth});
                    window.gaps.sort((a, b) => b.ms - a.ms).splice(5);
                    last = now;
                    video.requestVideoFrameCallback(shown);
                  };
                  video.requestVideoFrameCallback(shown);
                }""");
    }

    /** Prints the longest ones so far: when each ended, and how wide the picture was then. */
    public void assertNoGapLongerThan(double ms) {
        JsonArray longest = read("gaps").getAsJsonArray();
        System.out.println("longest gaps: " + longest);
        double most = longest.get(0).getAsJsonObject().get("ms").getAsDouble();
        Assertions.assertTrue(most <= ms, () -> "frozen for " + most + " ms: " + longest);
    }

    /** Keeps a picture of the page as {@code target/e2e/NAME-MOMENT.png}. */
    public void screenshot(String moment) {
        Path file = Tools.target().resolve("e2e").resolve(name + "-" + moment + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** What the page wrote to its console, for messages of failed tests. */
    public String console() {
        return String.join("\n", console);
    }

    @Override
    public void close() {
        context.close();
    }
}
