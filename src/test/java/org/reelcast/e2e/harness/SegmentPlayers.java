package org.reelcast.e2e.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Players of HLS (hls.js) and DASH (Shaka) in one page of Chromium ({@code segments.js}). */
public final class SegmentPlayers implements AutoCloseable {
    private static final String HLS_JS = "1.7.4";
    private static final String SHAKA = "5.2.12";
    private static final String VIDEO_JS = "8.24.1";

    private final MeasuredPage page;

    /** The page comes from another port than the media, as most do. */
    public SegmentPlayers(Chromium chromium, ReelcastProcess server, String name) {
        page = chromium.openPlain(name);
        page.page().navigate(server.http("/health/live").toString());
        add("hls.js", HLS_JS, "dist/hls.min.js");
        add("shaka-player", SHAKA, "dist/shaka-player.compiled.js");
        page.addScript("/e2e/segments.js");
    }

    private void add(String name, String version, String script) {
        page.page()
                .addScriptTag(new Page.AddScriptTagOptions()
                        .setPath(NpmPackage.folder(name, version).resolve(script)));
    }

    /** From now on {@code videoJs} may be among the options. */
    public void addVideoJs() {
        add("video.js", VIDEO_JS, "dist/video.min.js");
    }

    /** @param options of hls.js; with {@code shaka} Shaka plays, with {@code videoJs} Video.js. @return the player's number */
    public int open(String url, Map<String, Object> options) {
        return page.evaluate("([url, options]) => segments.open(url, options)", List.of(url, options))
                .getAsInt();
    }

    public int open(String url) {
        return open(url, Map.of());
    }

    /** How a player is. */
    public record State(JsonObject json) {

        public double time() {
            return json.get("time").getAsDouble();
        }

        public long frames() {
            return json.get("frames").getAsLong();
        }

        /** Bytes of sound that were decoded. */
        public long audioBytes() {
            return json.get("audioBytes").getAsLong();
        }

        /** Of the picture, in pixels. */
        public int width() {
            return json.get("width").getAsInt();
        }

        /** Nothing went wrong; it may have waited, or given up to load what was not wanted any more. */
        public boolean isWithoutError() {
            return json.get("errors").getAsJsonArray().asList().stream()
                    .allMatch(error -> error.getAsString().startsWith("aborted"));
        }

        public boolean ended() {
            return json.get("ended").getAsBoolean();
        }

        /** From the start to the first picture. */
        public double firstMs() {
            return json.get("firstMs").getAsDouble();
        }

        /** How often a playlist was loaded. */
        public int lists() {
            return json.get("lists").getAsInt();
        }

        /** By hls.js, in seconds. */
        public double latency() {
            return json.get("latency").getAsDouble();
        }

        /** What is shown is so late by EXT-X-PROGRAM-DATE-TIME. */
        public double behindMs() {
            return json.get("behindMs").getAsDouble();
        }

        /** Nothing went wrong, and it has not stood still since it started. */
        public boolean isSmooth() {
            return json.get("errors").getAsJsonArray().isEmpty()
                    && json.get("waits").getAsJsonArray().isEmpty();
        }

        @Override
        public String toString() {
            return json.toString();
        }
    }

    public State state(int player) {
        return new State(page.evaluateObject("i => segments.state(i)", player));
    }

    public State await(int player, Duration limit, Predicate<State> condition) {
        Await.until(limit, () -> condition.test(state(player)), () -> state(player) + "\n" + page.console());
        return state(player);
    }

    /** A frame of {@link TestMedia#numbered}. @param dateMs when it is shown by EXT-X-PROGRAM-DATE-TIME */
    public record DatedFrame(int number, double dateMs, double shownMs) {}

    public List<DatedFrame> dated(int player, int count) {
        return page
                .evaluate("([i, count]) => segments.dated(i, count)", List.of(player, count))
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(frame -> new DatedFrame(
                        frame.get("number").getAsInt(),
                        frame.get("dateMs").getAsDouble(),
                        frame.get("shownMs").getAsDouble()))
                .toList();
    }

    /** What was asked for, by all players, of the addresses that hold that. */
    public List<String> requests(String part) {
        return page.evaluate("part => segments.requests(part)", part).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** @return the number of the frame that is shown there */
    public int seek(int player, double seconds) {
        return page.evaluate("([i, time]) => segments.seek(i, time)", List.of(player, seconds))
                .getAsInt();
    }

    /** Changes to the size of that width, of those that the playlist offers. */
    public void resize(int player, int width) {
        page.evaluate("([i, width]) => segments.resize(i, width)", List.of(player, width));
    }

    public void close(int player) {
        page.evaluate("i => segments.close(i)", player);
    }

    @Override
    public void close() {
        page.close();
    }
}
