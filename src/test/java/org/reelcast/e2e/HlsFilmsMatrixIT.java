package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.SegmentPlayers.State;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.rendition.GeneratedMedia;

/** Films by HLS and DASH that are not as most are: re-encoded, hours long, broken under way. Runs with {@code -Pmatrix}. */
@E2e
class HlsFilmsMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Chromium chromium;
    private final ReelcastProcess server;

    @TempDir
    Path folder;

    HlsFilmsMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    private void put(String name) {
        Path film =
                switch (name) {
                    case "hevc.mp4" -> TestMedia.numberedInHevc();
                    case "one-key-frame.mp4" -> TestMedia.numberedWithOneKeyFrame();
                    default -> TestMedia.heavy();
                };
        TestMedia.put(film, server, name);
    }

    private String url(String path) {
        return server.http("/hls" + path).toString();
    }

    /** Complaint 30 in the other players: the end is seen, and no list is asked for any more. */
    @ParameterizedTest
    @ValueSource(strings = {"shaka", "videoJs"})
    void filmsEnd_endsOtherPlayersToo(String kind) {
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "HlsFilmsMatrixIT-" + kind)) {
            players.addVideoJs();
            String live = "/vod-live%3A%2F%2Fbrief.mp4";
            for (String path : List.of(live + live + ".m3u8", live + "/index.m3u8", "/vod/brief.mp4/index.m3u8")) {
                int player = players.open(url(path), Map.of(kind, true));
                State end = players.await(player, LIMIT, now -> now.ended() || !now.isWithoutError());
                System.out.println(kind + " at the end of " + path + ": " + end);
                assertTrue(end.ended() && end.isWithoutError(), end.toString());
            }
            int lists = players.requests(".m3u8").size();
            Await.pause(Duration.ofSeconds(5));
            assertEquals(lists, players.requests(".m3u8").size());
        }
    }

    /** Films that cannot be cut at their key frames, or are not H.264, as HLS and DASH. */
    @ParameterizedTest
    @ValueSource(strings = {"one-key-frame", "hevc"})
    void filmThatIsEncodedAnew_playsAndIsSoughtIn(String kind) throws IOException {
        put(kind + ".mp4");
        HlsRules rules = new HlsRules(server);
        rules.assertWhole(rules.uri("/vod/" + kind + ".mp4/media.m3u8"), folder);
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "HlsFilmsMatrixIT-" + kind)) {
            for (String resource : List.of("/index.m3u8", "/manifest.mpd")) {
                int player = players.open(url("/vod/" + kind + ".mp4" + resource));
                players.await(player, LIMIT, now -> now.frames() > 2);
                for (double seconds : new double[] {23.05, 3.05, 17.45}) {
                    assertEquals(seconds, players.seek(player, seconds) / 10.0 + 0.05, 0.11, kind + resource);
                }
                assertTrue(
                        players.state(player).isWithoutError(),
                        () -> players.state(player).toString());
                players.close(player);
            }
        }
    }

    /** Half of its data is cut away, or another film is written over it: what is gone is told, the rest can be had. */
    @ParameterizedTest
    @ValueSource(strings = {"/vod/%1$s/media.m3u8", "/vod-live%%3A%%2F%%2F%1$s/vod-live%%3A%%2F%%2F%1$s.m3u8"})
    void filmThatBreaksOrIsWrittenOver_isToldInASentence(String form) throws IOException {
        HlsRules rules = new HlsRules(server);
        TestMedia.put(TestMedia.truncatedData(), server, "breaks.mp4");
        URI breaks = rules.uri(String.format(form, "breaks.mp4"));
        ParsedPlaylist broken = rules.list(breaks);
        assertEquals(200, rules.get(breaks.resolve(first(broken))).statusCode());
        assertToldInASentence(rules.get(breaks.resolve(last(broken))), 500);
        TestMedia.put(TestMedia.irregular(), server, "over.mp4");
        URI over = rules.uri(String.format(form, "over.mp4"));
        ParsedPlaylist before = rules.list(over);
        assertEquals(200, rules.get(over.resolve(first(before))).statusCode());
        Files.write(server.mediaDir().resolve("over.mp4"), Files.readAllBytes(TestMedia.withBFrames()));
        assertToldInASentence(rules.get(over.resolve(last(before))), 500);
        if (form.startsWith("/vod/")) {
            ParsedPlaylist after = rules.list(over);
            assertEquals(200, rules.get(over.resolve(last(after))).statusCode());
            assertToldInASentence(rules.get(over.resolve(last(before))), 404);
        }
        rules.list(rules.uri("/vod/brief.mp4/media.m3u8"));
    }

    private static String first(ParsedPlaylist list) {
        return list.whole().get(0).uri();
    }

    private static String last(ParsedPlaylist list) {
        return list.whole().get(list.whole().size() - 1).uri();
    }

    private static void assertToldInASentence(HttpResponse<byte[]> answer, int status) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(status, answer.statusCode(), text);
        assertTrue(text.matches("[A-Z].*\\.\n"), text);
        assertEquals("no-store", HlsRules.header(answer, "Cache-Control"));
    }

    /** Apple 1.26 and 1.27: no segment has more than a tenth above BANDWIDTH, all together none above AVERAGE-BANDWIDTH. */
    @ParameterizedTest
    @ValueSource(strings = {"heavy.mp4/abr.m3u8", "one-key-frame.mp4/index.m3u8", "hevc.mp4/index.m3u8"})
    void bitRates_areNoMoreThanIsSaid(String path) {
        put(path.split("/")[0]);
        HlsRules rules = new HlsRules(server);
        URI index = rules.uri("/vod/" + path);
        List<String> lines = new String(rules.get(index).body(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#EXT-X-STREAM-INF:")) {
                Map<String, String> said =
                        ParsedPlaylist.attributes(lines.get(i).split(":", 2)[1]);
                URI uri = index.resolve(lines.get(i + 1));
                ParsedPlaylist list = rules.list(uri);
                double peak = 0;
                double bits = 0;
                for (ParsedPlaylist.Listed segment : list.whole()) {
                    double own = 8.0 * rules.get(uri.resolve(segment.uri())).body().length;
                    peak = Math.max(peak, own * 1e6 / segment.durationUs());
                    bits += own;
                }
                double average = bits * 1e6 / list.lengthUs();
                String found =
                        uri + " has " + Math.round(peak) + " at most and " + Math.round(average) + ", and says " + said;
                System.out.println(found);
                if (peak > 1.1 * Double.parseDouble(said.get("BANDWIDTH"))
                        || average > 1.1 * Double.parseDouble(said.get("AVERAGE-BANDWIDTH"))) {
                    wrong.add(found);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Complaints 19 and 33. */
    @Test
    void filmOfElevenHours_playsSoonAndToItsEnd() throws IOException {
        Path film = GeneratedMedia.make(
                "eleven-hours.mp4",
                "-stream_loop",
                "3959",
                "-i",
                TestMedia.numberedInBlack().toString(),
                "-c",
                "copy",
                "-movflags",
                "+faststart");
        TestMedia.put(film, server, "long.mp4");
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "HlsFilmsMatrixIT-long")) {
            int player = players.open(url("/vod/long.mp4/index.m3u8"));
            State state = players.await(player, LIMIT, now -> now.frames() > 5);
            System.out.println("A film of eleven hours: first frame after " + state.firstMs() + " ms");
            assertTrue(state.firstMs() < 5_000, state.toString());
            double last = 11 * 3600 - 0.25;
            assertEquals(97, players.seek(player, last), 1);
            assertTrue(
                    players.state(player).isWithoutError(),
                    () -> players.state(player).toString());
        }
    }
}
