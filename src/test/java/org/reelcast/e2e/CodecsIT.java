package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.e2e.CodecFilms.Codec;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Cases;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.rendition.GeneratedMedia;

/** Films of codecs that browsers do not take over WebRTC look and sound as in a plain video element of Chromium. */
@E2e
class CodecsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double ENOUGH = 0.95;
    private static final double COLOUR = 8;
    private static final double IN_STEP_MS = 60;
    private static final double CONCEALED_SHARE = 0.005;
    /** Front, centre and back together make no more of a side than there can be (ITU-R BS.775): Chromium clips instead. */
    private static final double NEVER_CLIPS = 1 + Math.sqrt(0.5) + Math.sqrt(0.5);

    /** A film begins with what is in hand, and ends when its last picture has been shown. */
    private static final double LENGTH_S = 0.5;
    /** What smptebars has, for films that Chromium itself does not play. */
    private static final int[][] BARS = {
        {191, 191, 191}, {191, 191, 0}, {0, 191, 191}, {0, 191, 0}, {191, 0, 191}, {191, 0, 0}, {0, 0, 191}
    };

    private static final Path TABLE = Path.of("docs", "formats.md");
    /** Before it the table stands, once there is one. */
    private static final String NEXT = "## Where the right value is a choice\n";

    private static final String HEAD =
            "## Codecs and containers\n\n| codecs | plain video element | pictures here | size | sound | made up | lip sync |\n"
                    + "|---|---|---|---|---|---|---|\n";
    /** What came out, as rows of the table. */
    private static final List<String> RESULTS = new ArrayList<>();

    private final Chromium chromium;
    private final ReelcastProcess server;

    CodecsIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    static List<Codec> cases() {
        return Cases.choose(CodecFilms.all(), List.of(CodecFilms.HEVC_AC3));
    }

    /** {@code -Pmatrix -Dmatrix.table=true} writes what came out into the docs. */
    @AfterAll
    static void writeTable() throws IOException {
        if (Boolean.getBoolean("matrix.table")
                && RESULTS.size() == CodecFilms.all().size()) {
            String page = Files.readString(TABLE);
            int next = page.indexOf(NEXT);
            int old = page.indexOf(HEAD);
            assertTrue(next > 0, TABLE + " has lost a heading");
            Files.writeString(
                    TABLE,
                    page.substring(0, old < 0 ? next : old)
                            + HEAD
                            + String.join("", RESULTS)
                            + "\n"
                            + page.substring(next));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void filmOfOtherCodecs_looksAndSoundsAsItIs(Codec codec) throws Exception {
        TestMedia.put(codec.file(), server, codec.uri().substring("vod://".length()));
        try (MatrixPlayer player = new MatrixPlayer(chromium, server)) {
            player.playPlain(Files.readAllBytes(codec.file()));
            player.play(codec.uri());
            JsonElement bars = player.bars();
            PeerStats heard = player.awaitEndKeepingStats();
            check(codec, player, bars, heard);
        }
    }

    /** Outputs that cut a film as it comes take what was encoded; whole films by HLS say what to do instead. */
    @Test
    void loopedBroadcastOfAnotherCodec_isDeliveredByHls() throws Exception {
        Codec codec = CodecFilms.RECORDED;
        // a name of its own: what is written over while it is open breaks
        String name = "codecs/broadcast-" + codec.name() + "." + codec.ending();
        TestMedia.put(codec.file(), server, name);
        RestClient rest = new RestClient(server);
        assertEquals(
                200,
                rest.post("/vod/startup", """
                {"uri": "%s", "localStreamName": "codecs", "loop": true}""".formatted("vod-live://" + name)).status());
        try {
            String list = "http://127.0.0.1:" + server.ports().hls() + "/codecs/codecs.m3u8";
            Await.until(LIMIT, () -> get(list).statusCode() == 200, () -> "There is no playlist");
            String streams = GeneratedMedia.run(List.of(
                    "ffprobe",
                    "-v",
                    "error",
                    "-show_entries",
                    "stream=codec_name,width,pix_fmt",
                    "-of",
                    "csv=p=0",
                    list));
            assertTrue(streams.contains("h264,320,yuv420p") && streams.contains("aac"), streams);
            HttpResponse<String> whole =
                    get("http://127.0.0.1:" + server.ports().hls() + "/vod/" + name + "/index.m3u8");
            assertEquals(200, whole.statusCode(), whole.body());
            assertTrue(whole.body().contains("RESOLUTION=320x240"), whole.body());
        } finally {
            rest.post("/vod/terminate", "{\"localStreamName\": \"codecs\"}");
            rest.awaitNoStreams(Duration.ofSeconds(10));
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void check(Codec codec, MatrixPlayer player, JsonElement bars, PeerStats heard) {
        PeerStats stats = player.stats();
        Optional<PlainPlay> plain = player.plain();
        double energy = player.energy();
        List<Integer> shape = player.shape();
        double lengthS = player.lengthS();
        RESULTS.add(String.format(
                Locale.ROOT,
                "| %s | %s | %d of %d | %s | %s | %.2f %% | %.0f ms |%n",
                codec,
                plain.map(own -> own.hasPicture() ? "plays" : "sound alone").orElse("does not"),
                stats.framesDecoded(),
                codec.pictures(),
                shape.get(0) + "x" + shape.get(1),
                plain.filter(own -> own.energy() > 0)
                        .map(own -> String.format(Locale.ROOT, "%+.1f dB", own.louderDb(energy)))
                        .orElse(energy > 0 ? "yes" : "no"),
                100 * heard.concealedShare(),
                stats.lipSyncMs()));
        System.out.print(RESULTS.get(RESULTS.size() - 1));
        assertEquals("Stopped by publisher stop", player.awaitEnd().replace("STOPPED ", ""), codec.name());
        assertTrue(stats.framesDecoded() >= ENOUGH * codec.pictures(), codec.name() + ": " + stats);
        assertTrue(energy > 0, codec.name() + " is silent");
        assertTrue(
                Math.abs(stats.lipSyncMs()) <= IN_STEP_MS,
                codec.name() + ": sound is " + stats.lipSyncMs() + " ms ahead");
        if (Cases.all()) {
            // beside a build the machine may have no time for a moment
            assertTrue(heard.concealedShare() <= CONCEALED_SHARE, codec.name() + ": " + heard);
            assertEquals(CodecFilms.SECONDS, lengthS, LENGTH_S, codec.name());
        }
        double asLoud = codec.isSurround() ? energy * NEVER_CLIPS * NEVER_CLIPS : energy;
        plain.ifPresent(own -> assertEquals(List.of(), own.differences(shape, asLoud), codec.name()));
        checkColours(codec, bars, plain.map(PlainPlay::bars).filter(JsonElement::isJsonArray));
    }

    /** Of high dynamic range the browser's own colours are not exact: it takes them from a coarse table. */
    private static void checkColours(Codec codec, JsonElement here, Optional<JsonElement> plain) {
        double white = plain.map(own -> colour(own, 0, 0)).orElse((double) BARS[0][0]);
        assertEquals(white, colour(here, 0, 0), COLOUR, codec.name());
        for (int bar = 0; bar < BARS.length; bar++) {
            for (int c = 0; c < 3; c++) {
                double exact = white * BARS[bar][c] / BARS[0][0];
                int at = bar;
                int channel = c;
                double browsers = plain.map(own -> colour(own, at, channel)).orElse(exact);
                double shown = colour(here, bar, c);
                assertEquals(
                        Math.abs(shown - exact) < Math.abs(shown - browsers) ? exact : browsers,
                        shown,
                        COLOUR,
                        codec.name() + ", bar " + bar);
            }
        }
    }

    private static double colour(JsonElement bars, int bar, int channel) {
        return bars.getAsJsonArray().get(bar).getAsJsonArray().get(channel).getAsDouble();
    }
}
