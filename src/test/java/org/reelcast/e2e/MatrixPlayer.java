package org.reelcast.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;

/** One film in a page of Chromium, heard and measured from its start to its end. */
final class MatrixPlayer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> ENDS = List.of("STOPPED", "FAILED", "CLOSED");

    private final MeasuredPage page;
    private final String url;

    MatrixPlayer(Chromium chromium, ReelcastProcess server) {
        page = chromium.open("matrix");
        script("/e2e/viewers.js");
        url = server.wsUrl();
    }

    private void script(String resource) {
        try (InputStream in = MatrixPlayer.class.getResourceAsStream(resource)) {
            page.page().addScriptTag(new Page.AddScriptTagOptions()
                    .setContent(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a stream. */
    void play(String stream) {
        page.evaluate("async ([url, name]) => { viewers.list[await viewers.join(url, name)].video.muted = false; }",
                List.of(url, stream));
    }

    /** Waits for the film's end. @return its last status and info */
    String awaitEnd() {
        Await.until(LIMIT, () -> ENDS.contains(last().get("status").getAsString()),
                () -> "The film has not come to an end: " + last());
        JsonObject end = last();
        return end.get("status").getAsString() + (end.has("info") ? " " + end.get("info").getAsString() : "");
    }

    private JsonObject last() {
        return page.evaluate("() => viewers.list[0].statuses.at(-1) || {status: ''}", null).getAsJsonObject();
    }

    PeerStats stats() {
        return page.peers().get(0);
    }

    @Override
    public void close() {
        page.close();
    }
}
