package org.reelcast.e2e.harness;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Flashphoner's unmodified Player page as it plays by MSE, measured ({@code mse.js}). */
public final class MsePage implements AutoCloseable {
    private static final String PATH = PlayerPage.FLASHPHONER + "?mediaProvider=MSE";

    /** Nobody listens where the answer says that the server does. */
    private static final String BLOCK_UDP = """
            const set = RTCPeerConnection.prototype.setRemoteDescription;
            RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
                return set.call(this, { type, sdp: sdp.replace(/ \\d+ typ host/g, ' 9 typ host') });
            };""";

    private final PlayerPage player;
    private final String name;

    public MsePage(Chromium chromium, ReelcastProcess server, String name) {
        this(chromium, server, name, server.wsUrl());
    }

    /** @param wsUrl where the page connects to */
    public MsePage(Chromium chromium, ReelcastProcess server, String name, String wsUrl) {
        this(chromium.openMse(name), server, name, PATH);
        player.measured().page().locator("#url").fill(wsUrl);
    }

    private MsePage(MeasuredPage page, ReelcastProcess server, String name, String path) {
        this.name = name;
        player = new PlayerPage(page, server, path);
    }

    /** The product's own page where no UDP gets through. */
    public static MsePage bundledWithoutUdp(Chromium chromium, ReelcastProcess server, String name) {
        MeasuredPage page = chromium.openMse(name);
        page.page().addInitScript(BLOCK_UDP);
        return new MsePage(page, server, name, PlayerPage.BUNDLED);
    }

    public PlayerPage player() {
        return player;
    }

    /** What {@code reelcastMse} says, without the bytes. */
    public JsonObject seen() {
        return player.measured()
                .evaluateObject(
                        "() => Object.assign({}, reelcastMse, { tracks: reelcastMse.tracks.length,"
                                + " types: reelcastMse.tracks.map(track => track.type) })",
                        null);
    }

    public double number(String field) {
        return seen().get(field).getAsDouble();
    }

    /** Waits until so much has been shown. */
    public void awaitTime(double seconds, Duration limit) {
        Await.until(
                limit,
                () -> number("currentTime") >= seconds,
                () -> "Not played so far: " + seen() + "\n" + player.measured().console());
    }

    /** What the page handed to the browser of a kind, as a file; empty when it had none. */
    public Optional<Path> track(String kind) {
        JsonObject seen = seen();
        for (int i = 0; i < seen.get("types").getAsJsonArray().size(); i++) {
            if (seen.get("types").getAsJsonArray().get(i).getAsString().startsWith(kind)) {
                String bytes = player.measured()
                        .evaluate("i => reelcastMseBytes(i)", i)
                        .getAsString();
                Path file = Tools.target().resolve("e2e").resolve(name + "-" + kind + ".mp4");
                try {
                    return Optional.of(
                            Files.write(file, named(Base64.getDecoder().decode(bytes))));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return Optional.empty();
    }

    /** The SDK calls all of its tracks 0, which browsers bear and ffmpeg does not. */
    private static byte[] named(byte[] film) {
        String text = new String(film, StandardCharsets.ISO_8859_1);
        Map.of("tkhd", 24, "trex", 8, "tfhd", 8).forEach((box, at) -> {
            for (int i = text.indexOf(box); i >= 0; i = text.indexOf(box, i + 4)) {
                film[i + at + 3] = 1;
            }
        });
        return film;
    }

    @Override
    public void close() {
        player.close();
    }
}
