package org.reelcast.e2e.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Any number of real viewers in one page of Chromium ({@code viewers.js}), without a user interface. */
public final class Viewers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final MeasuredPage page;
    private final String url;

    public Viewers(Chromium chromium, ReelcastProcess server) {
        page = chromium.openPlain("viewers");
        page.addScript("/e2e/viewers.js");
        url = server.wsUrl();
    }

    /**
     * What a viewer was told of its stream.
     *
     * @param info empty when none was given
     */
    public record Status(String status, String info) {}

    /** @return the viewer's number; it has asked to play, no more */
    public int join(String name) {
        return page.evaluate("([url, name]) => viewers.join(url, name)", List.of(url, name))
                .getAsInt();
    }

    /** The same with an object of the page's own. */
    public int join(String name, JsonObject custom) {
        return page.evaluate(
                        "([url, name, custom]) => viewers.join(url, name, JSON.parse(custom))",
                        List.of(url, name, custom.toString()))
                .getAsInt();
    }

    /** The same who wants the picture in that size at most, and at that bitrate in kbit/s. */
    public int join(String name, int width, int height, int bitrate) {
        return page.evaluate(
                        "([url, name, width, height, bitrate]) => "
                                + "viewers.join(url, name, undefined, { width, height, bitrate })",
                        List.of(url, name, width, height, bitrate))
                .getAsInt();
    }

    public List<Integer> join(int count, String name) {
        return IntStream.range(0, count).mapToObj(i -> join(name)).toList();
    }

    /** A viewer that plays. */
    public int play(String name) {
        int viewer = join(name);
        awaitStatus(viewer, "PLAYING");
        return viewer;
    }

    public Status awaitStatus(int viewer, String status) {
        Await.until(
                LIMIT,
                () -> statuses(viewer).stream().anyMatch(s -> s.status().equals(status)),
                () -> "Viewer " + viewer + " is not " + status + ": " + statuses(viewer));
        return statuses(viewer).stream()
                .filter(s -> s.status().equals(status))
                .findFirst()
                .orElseThrow();
    }

    /** All that the viewer was told so far. */
    public List<Status> statuses(int viewer) {
        return page.evaluate("i => viewers.list[i].statuses", viewer).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(s -> new Status(
                        s.get("status").getAsString(),
                        s.has("info") ? s.get("info").getAsString() : ""))
                .toList();
    }

    public PeerStats stats(int viewer) {
        JsonObject stats = page.evaluateObject("i => viewers.stats(i)", viewer);
        return new PeerStats(stats);
    }

    /** Waits until the viewer has shown this many frames in all. */
    public void awaitFrames(int viewer, long frames) {
        Await.until(
                LIMIT,
                () -> stats(viewer).framesDecoded() >= frames,
                () -> "Viewer " + viewer + " has not decoded " + frames + " frames: " + stats(viewer));
    }

    /** The statistics of the stream's last moment, which it waits for. */
    public PeerStats statsAtEnd(int viewer) {
        awaitStatus(viewer, "STOPPED");
        return stats(viewer);
    }

    /**
     * Which frames viewers of {@link TestMedia#numbered} are shown.
     *
     * @param atMs    ms since 1970
     * @param numbers by viewer
     */
    public record Shown(long atMs, List<Integer> numbers) {}

    /** What is on the screen of these viewers at this moment. */
    public Shown shown(Integer... viewers) {
        JsonObject now = page.evaluateObject("indexes => viewers.numbers(indexes)", List.of(viewers));
        return new Shown(
                now.get("atMs").getAsLong(),
                now.get("numbers").getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsInt)
                        .toList());
    }

    /** Presses Stop. */
    public void stop(int viewer) {
        page.evaluate("i => viewers.stop(i)", viewer);
    }

    /** Closes the viewer's socket without a word. */
    public void leave(int viewer) {
        page.evaluate("i => viewers.leave(i)", viewer);
    }

    @Override
    public void close() {
        page.close();
    }
}
