package org.reelcast.output.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.Alarms;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.Streams;

/** What each address means, and that none is without an answer. */
class HlsRouterTest {
    private static final String LIVE = "/vod-live%3A%2F%2Ffilm.mp4";

    private final FakeScheduler clock = new FakeScheduler(1_795_523_400_000_000L);
    private final Streams streams = new Streams(Runnable::run);
    private final MadeSource source = new MadeSource(streams, clock, MadeSource.film());
    private final MediaCache cache = new MediaCache(1 << 20, Runnable::run);
    private final FilmStreams films = new FilmStreams(cache, new Alarms(clock, Runnable::run, 100),
            new FilmStreams.Options(8, 12, true, false, SegmentLengths.of(2_000_000)));
    private final LiveStreams live = new LiveStreams(streams, films, (name, stream) -> {
        throw new Refusal(StatusText.STREAM_NOT_FOUND, "no such source here");
    }, clock, () -> clock.nowUs() / 1000, 300_000, 15_000);
    private final HlsRouter router = new HlsRouter(live, Optional.of(new WholeFilms(streams, cache,
            () -> clock.nowUs() / 1000, 60_000)));

    private HlsAnswer get(String path) {
        String[] parts = path.split("\\?", 2);
        CompletableFuture<HlsAnswer> answer = router.get(parts[0], parts.length > 1 ? parts[1] : null)
                .toCompletableFuture();
        assertTrue(answer.isDone(), path + " is held");
        return answer.join();
    }

    private static String text(HlsAnswer answer) {
        return new String(answer.body().get(0), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIVE + LIVE + ".m3u8", "/vod-live%3A%2F%2Ffilm%2Emp4/vod-live%3a%2f%2ffilm%2Emp4.m3u8",
        "/vod-live:%2F%2Ffilm.mp4/vod-live:%2F%2Ffilm.mp4.m3u8"})
    void broadcast_hasItsPlaylistInEachForm(String path) {
        HlsAnswer answer = get(path);
        assertEquals(200, answer.status());
        PlaylistRules.assertLive(new ParsedPlaylist(text(answer)));
        assertEquals("vod-live://film.mp4", source.opened.get(0));
    }

    /** Complaint 27: what is the player's own is not repeated. */
    @Test
    void query_isRepeatedWithoutTheDirectives() {
        clock.run(0);
        get(LIVE + LIVE + ".m3u8");
        clock.run(5_000_000);
        ParsedPlaylist list = new ParsedPlaylist(text(get(LIVE + "/live.m3u8?a=1&_HLS_msn=1&_HLS_skip=YES&b=%22\"&&c")));
        list.uris().forEach(uri -> assertTrue(uri.endsWith("?a=1&b=%22%22&c"), uri));
        String manifest = text(get("/vod/film.mp4/manifest.mpd?a=1&b=<$x"));
        assertTrue(manifest.contains("-$Number$.m4s?a=1&amp;b=&lt;$$x\""), manifest);
    }

    @Test
    void wholeFilm_hasAllItsResources() {
        assertTrue(text(get("/vod/film.mp4/index.m3u8")).contains("media.m3u8"));
        ParsedPlaylist list = new ParsedPlaylist(text(get("/vod/folder/film%20b.mp4/media.m3u8")));
        PlaylistRules.assertWhole(list);
        assertEquals("vod://folder/film b.mp4", source.opened.get(1));
        list.uris().forEach(uri -> assertEquals(200, get("/vod/folder/film%20b.mp4/" + uri).status(), uri));
        assertEquals(404, get("/vod/folder/film%20b.mp4/" + list.whole().get(0).uri().replace("-0.", "-99.")).status());
    }

    /** A playlist of the file as it was lists nothing of the file as it is. */
    @Test
    void filmWrittenOver_hasOtherNames_andLetsGoOfTheOldOne() {
        ParsedPlaylist before = new ParsedPlaylist(text(get("/vod/film.mp4/media.m3u8")));
        source.version = "2";
        ParsedPlaylist after = new ParsedPlaylist(text(get("/vod/film.mp4/media.m3u8")));
        assertFalse(after.uris().stream().anyMatch(before.uris()::contains));
        assertEquals(404, get("/vod/film.mp4/" + before.whole().get(0).uri()).status());
        assertTrue(text(get("/vod/film.mp4/" + before.whole().get(0).uri())).contains("load its playlist again"));
        assertEquals(1, source.held);
    }

    @ParameterizedTest
    @CsvSource({"/, 404", "'', 404", "//, 404", "///, 404", "////x, 404", "/x, 404", "/x/y, 404", "/x/y/z, 404",
        "/x/y.m3u8, 404", "/x/x.m3u8, 404", "/x/x.m3u8/, 404", "/vod, 404", "/vod/film.mp4, 404",
        "/vod/film.mp4/, 404", "/vod/film.mp4/x, 404", "/vod/film.mp4/../x, 404",
        "/vod%3A%2F%2Ffilm.mp4/vod%3A%2F%2Ffilm.mp4.m3u8, 403", "/vod%3A%2F%2Ffilm.mp4/x.ts, 403",
        "/%/x.m3u8, 400", "/%zz/x.m3u8, 400", "/%ff/x.m3u8, 400", "/%c0%ae/x.m3u8, 400", "/x/%ED%A0%80, 400",
        "/rtmp%3A%2F%2Fx/index.m3u8, 404", "/%00/index.m3u8, 404"})
    void anyOtherAddress_isToldInASentence(String path, int status) {
        HlsAnswer answer = get(path);
        assertEquals(status, answer.status(), path + " " + text(answer));
        assertTrue(text(answer).matches("(?s)[A-Z_].{10,}[.0-9'/a-z]\n"), text(answer));
        assertEquals("no-store", answer.cache());
        assertEquals(0, source.held - source.opened.stream().filter(uri -> uri.startsWith("vod:")).distinct().count());
    }

    @ParameterizedTest
    @CsvSource({"_HLS_msn=, 400", "_HLS_msn=x, 400", "_HLS_msn=-1, 400", "_HLS_msn=1e3, 400",
        "_HLS_msn=99999999999999999999, 400", "_HLS_msn=9223372036854775807, 400", "_HLS_part=0, 400",
        "_HLS_msn=9223372036854775807&_HLS_part=9223372036854775807, 400", "_HLS_msn=0, 200",
        "_HLS_msn=0&_HLS_part=4294967296, 200", "_HLS_skip=v2, 200"})
    void directives(String query, int status) {
        get(LIVE + LIVE + ".m3u8");
        clock.run(30_000_000);
        assertEquals(status, get(LIVE + "/live.m3u8?" + query).status(), query);
    }

    @Test
    void whatIsTooLong_isRefused() {
        assertEquals(414, get("/" + "x".repeat(3_000) + "/index.m3u8").status());
        assertEquals(414, get("/x/index.m3u8?" + "x".repeat(3_000)).status());
    }

    @ParameterizedTest
    @CsvSource({"FILE_NOT_FOUND, 404", "FILE_HAS_WRONG_FORMAT, 415", "BAD_URI, 400", "SERVER_IS_OVERLOADED, 503",
        "FAILED_TO_READ_FILE, 500"})
    void refusals_haveTheirStatus(StatusText why, int status) {
        source.refusal = new Refusal(why, "a reason");
        for (String path : new String[] {LIVE + "/index.m3u8", "/vod/film.mp4/index.m3u8"}) {
            assertEquals(status, get(path).status());
            assertTrue(text(get(path)).startsWith(why.text()));
        }
        source.refusal = null;
        assertEquals(200, get(LIVE + "/index.m3u8").status());
        assertEquals(200, get("/vod/film.mp4/index.m3u8").status());
    }

    @Test
    void openerThatIsFull_is503() {
        source.opener = task -> {
            throw new java.util.concurrent.RejectedExecutionException("full");
        };
        assertEquals(503, get(LIVE + "/index.m3u8").status());
        assertEquals(503, get("/vod/film.mp4/index.m3u8").status());
    }

    @Test
    void wholeFilmsThatAreOff_are403() {
        HlsRouter off = new HlsRouter(live, Optional.empty());
        HlsAnswer answer = off.get("/vod/film.mp4/index.m3u8", null).toCompletableFuture().join();
        assertEquals(403, answer.status());
        assertTrue(text(answer).contains("vod_hls_enabled"));
    }
}
