package org.reelcast.e2e;

import com.google.gson.JsonElement;
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

/** A few films at once in one page of Chromium, heard and measured, each from its start to its end. */
final class MatrixPlayers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> ENDS = List.of("STOPPED", "FAILED", "CLOSED");

    private final MeasuredPage page;
    private final String url;

    MatrixPlayers(Chromium chromium, ReelcastProcess server) {
        page = chromium.open("matrix");
        script("/e2e/viewers.js");
        url = server.wsUrl();
    }

    private void script(String resource) {
        try (InputStream in = MatrixPlayers.class.getResourceAsStream(resource)) {
            page.page().addScriptTag(new Page.AddScriptTagOptions()
                    .setContent(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a stream. @return the player's number */
    int play(String stream) {
        int player = page.evaluate("([url, name]) => viewers.join(url, name)", List.of(url, stream)).getAsInt();
        page.evaluate("i => { viewers.list[i].video.muted = false; }", player);
        return player;
    }

    /** Waits until the browser plays the film: what it does to make players delays the sound of those before. */
    void awaitStart(int player) {
        Await.until(LIMIT, () -> page.evaluate("i => viewers.list[i].video.currentTime > 0", player).getAsBoolean()
                        || ENDS.contains(last(player).get("status").getAsString()),
                () -> "Player " + player + " does not start: " + last(player));
    }

    /** Waits for the film's end. @return its last status and info */
    String awaitEnd(int player) {
        Await.until(LIMIT, () -> ENDS.contains(last(player).get("status").getAsString()),
                () -> "Player " + player + " has not come to an end: " + last(player));
        JsonObject end = last(player);
        return end.get("status").getAsString() + (end.has("info") ? " " + end.get("info").getAsString() : "");
    }

    private JsonObject last(int player) {
        JsonElement last = page.evaluate("i => viewers.list[i].statuses.at(-1) || {status: ''}", player);
        return last.getAsJsonObject();
    }

    PeerStats stats(int player) {
        return page.peers().get(player);
    }

    @Override
    public void close() {
        page.close();
    }
}
