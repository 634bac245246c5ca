package org.reelcast.e2e;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.MeasuredPage;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;

/** One film in a page of Chromium, heard and measured from its start to its end. */
final class MatrixPlayer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final List<String> ENDS = List.of("STOPPED", "FAILED", "CLOSED");

    /** Any page of the machine's own: a secure context, of which alone sound can be measured. */
    private static final String SECURE = "/about.json";

    private final MeasuredPage page;
    private List<Integer> lastShape = List.of();
    /** Seen last: that of the film if another picture comes. */
    private List<Integer> nextShape = List.of();

    private long shapeOf;
    private final String url;

    MatrixPlayer(Chromium chromium, ReelcastProcess server) {
        page = chromium.open("matrix");
        page.page().navigate(server.http(SECURE).toString());
        page.addScript("/e2e/viewers.js");
        page.addScript("/e2e/bars.js");
        page.addScript("/e2e/energy.js");
        url = server.wsUrl();
    }

    /** A film in a plain video element, played to its end; nothing when the browser does not play it. */
    static Optional<PlainPlay> plain(Chromium chromium, ReelcastProcess server, MatrixFilm film) {
        try (MatrixPlayer player = new MatrixPlayer(chromium, server)) {
            player.playPlain(Files.readAllBytes(film.file()));
            return player.plain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a stream. */
    void play(String stream) {
        page.evaluate("""
                async ([url, name]) => {
                    const viewer = viewers.list[await viewers.join(url, name)];
                    viewer.video.muted = false;
                    energy.listen(viewer);
                }""", List.of(url, stream));
    }

    /** How much sound was heard so far, as {@link PlainPlay#energy}. */
    double energy() {
        return page.evaluate("() => energy.heard(viewers.list[0])", null).getAsDouble();
    }

    /** Waits for the film's end. @return its last status and info */
    String awaitEnd() {
        Await.until(
                LIMIT,
                () -> ENDS.contains(last().get("status").getAsString()),
                () -> "The film has not come to an end: " + last());
        JsonObject end = last();
        return end.get("status").getAsString()
                + (end.has("info") ? " " + end.get("info").getAsString() : "");
    }

    /** What the browser said when sound had just come; at the end of a film's sound it goes on with some of its own. */
    PeerStats awaitEndKeepingStats() {
        PeerStats[] kept = {stats()};
        Await.until(
                LIMIT,
                () -> {
                    PeerStats now = stats();
                    boolean ended = ENDS.contains(last().get("status").getAsString());
                    boolean heard = now.audioPacketsReceived() > kept[0].audioPacketsReceived();
                    kept[0] = heard || !now.hasAudio() && !ended ? now : kept[0];
                    if (now.framesDecoded() > shapeOf) {
                        lastShape = nextShape;
                        nextShape = presentShape();
                        shapeOf = now.framesDecoded();
                    }
                    return ended;
                },
                () -> "The film has not come to an end: " + last());
        return kept[0];
    }

    /** Waits until nearly so many pictures were decoded. */
    void awaitPictures(int count) {
        Await.until(LIMIT, () -> stats().framesDecoded() >= count, () -> "Not " + count + " pictures came: " + stats());
    }

    /** Width and height of the picture that was shown last, which Chromium turns back when the stream is over; 0 without. */
    List<Integer> shape() {
        return lastShape.isEmpty() ? presentShape() : lastShape;
    }

    private List<Integer> presentShape() {
        return shape(
                page.evaluate("() => [viewers.list[0].video.videoWidth, viewers.list[0].video.videoHeight]", null));
    }

    /** Begins to play a film in a plain video element, beside whatever else. */
    void playPlain(byte[] film) {
        page.evaluate("base64 => energy.start(base64)", Base64.getEncoder().encodeToString(film));
    }

    /** What it was like, once it is over; nothing when the browser does not play it. */
    Optional<PlainPlay> plain() {
        JsonElement plain = page.evaluate("() => energy.plain()", null);
        return plain.isJsonNull()
                ? Optional.empty()
                : Optional.of(new PlainPlay(
                        shape(plain.getAsJsonObject().get("size")),
                        plain.getAsJsonObject().get("energy").getAsDouble(),
                        plain.getAsJsonObject().get("bars")));
    }

    /** The colours of test bars that are shown 1 s after the start. */
    JsonElement bars() {
        Await.until(
                LIMIT,
                () -> ENDS.contains(last().get("status").getAsString())
                        || page.evaluate("() => viewers.list[0].video.currentTime > 1", null)
                                .getAsBoolean(),
                () -> "Nothing is shown: " + last());
        return page.evaluate("() => (bars.read(viewers.list[0].video) || {}).bars", null);
    }

    /** How long it played, once it is over, in s. */
    double lengthS() {
        return page.evaluate("""
                () => {
                    const statuses = viewers.list[0].statuses;
                    return (statuses.at(-1).atMs - statuses.find(({ status }) => status === 'PLAYING').atMs) / 1000;
                }""", null).getAsDouble();
    }

    private static List<Integer> shape(JsonElement sides) {
        return sides.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsInt)
                .toList();
    }

    private JsonObject last() {
        return page.evaluate("() => viewers.list[0].statuses.at(-1) || {status: ''}", null)
                .getAsJsonObject();
    }

    PeerStats stats() {
        return page.peers().get(0);
    }

    @Override
    public void close() {
        page.close();
    }
}
