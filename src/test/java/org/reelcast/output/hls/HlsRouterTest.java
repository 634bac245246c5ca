package org.reelcast.output.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.Admission;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.sharing.ClientShares;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Ladder;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Variant;

/** What each address means, and that none is without an answer. */
class HlsRouterTest {
    private static final String LIVE = "/vod-live%3A%2F%2Ffilm.mp4";

    private final FakeScheduler clock = new FakeScheduler(1_795_523_400_000_000L);
    private final Streams streams = new Streams(Runnable::run);
    private final GeneratedSource source = new GeneratedSource(streams, clock, GeneratedSource.film());
    private final MediaCache cache = new MediaCache(1 << 20, Runnable::run);
    private final FilmStreams films = new FilmStreams(
            cache,
            new HeldAnswers(clock, Runnable::run, 100),
            new FilmStreams.Options(8, 12, true, false, SegmentLengths.of(2_000_000)));
    private final LiveStreams live = new LiveStreams(
            streams,
            films,
            (name, stream) -> {
                throw new Refusal(StatusText.STREAM_NOT_FOUND, "no such source here");
            },
            clock,
            () -> clock.nowUs() / 1000,
            300_000,
            15_000);
    private Optional<String> saturation = Optional.empty();
    private final AdaptiveStreams adaptive = new AdaptiveStreams(streams, live);
    private final HlsRouter router = new HlsRouter(
            live,
            adaptive,
            Optional.of(new WholeFilms(streams, cache, Runnable::run, () -> clock.nowUs() / 1000, 60_000)),
            new Admission(() -> saturation));

    private HlsAnswer get(String path) {
        String[] parts = path.split("\\?", 2);
        CompletableFuture<HlsAnswer> answer = router.get(parts[0], parts.length > 1 ? parts[1] : null, "192.0.2.1")
                .toCompletableFuture();
        assertTrue(answer.isDone(), path + " is held");
        return answer.join();
    }

    private static String text(HlsAnswer answer) {
        return new String(answer.body().get(0), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIVE + LIVE + ".m3u8",
                "/vod-live%3A%2F%2Ffilm%2Emp4/vod-live%3a%2f%2ffilm%2Emp4.m3u8",
                "/vod-live:%2F%2Ffilm.mp4/vod-live:%2F%2Ffilm.mp4.m3u8"
            })
    void broadcast_hasItsPlaylistInEachForm(String path) {
        HlsAnswer answer = get(path);
        assertEquals(200, answer.status());
        PlaylistRules.assertLive(new ParsedPlaylist(text(answer)));
        assertEquals("vod-live://film.mp4", source.opened.get(0));
    }

    private static final String ADAPTIVE = "/vod-live%3A%2F%2Ffilm.mp4-HLS-ABR-STREAM";

    /** Remembers which sizes are asked for, and has none. */
    private List<String> sizesAskedFor() {
        List<String> asked = new ArrayList<>();
        streams.register((name, picture, sound) -> List.of(
                new Ladder.Rung("360", new Variant(name, 0, 360, 600), 640, 360, 600_000, true),
                new Ladder.Rung("720", new Variant(name, 0, 720, 2000), 1280, 720, 2_000_000, true)));
        streams.register(new SourceProvider() {
            @Override
            public Set<String> schemes() {
                return Set.of(Variant.SCHEME);
            }

            @Override
            public boolean isPersonal(String scheme) {
                return false;
            }

            @Override
            public Hold open(String uri, Holder who) throws Refusal {
                asked.add(uri);
                throw new Refusal(StatusText.NO_AVAILABLE_TRANSCODERS, "none");
            }

            @Override
            public Executor opener(String uri) {
                return Runnable::run;
            }

            @Override
            public Optional<Refusal> whyUnavailable(String uri, String client) {
                return Optional.empty();
            }
        });
        return asked;
    }

    @Test
    void severalSizes_areListed_andAllMadeWhenOneIsAskedFor() {
        List<String> asked = sizesAskedFor();
        HlsAnswer list = get(ADAPTIVE + ADAPTIVE + ".m3u8?token=1");
        assertEquals(200, list.status());
        assertEquals("""
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-STREAM-INF:BANDWIDTH=915000,AVERAGE-BANDWIDTH=771000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360
                360/360.m3u8?token=1
                #EXT-X-STREAM-INF:BANDWIDTH=2735000,AVERAGE-BANDWIDTH=2255000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720
                720/720.m3u8?token=1
                """, text(list));
        assertEquals(List.of(), asked);
        assertEquals(503, get(ADAPTIVE + "/720/720.m3u8").status());
        assertEquals(
                List.of("transcode://0x360@600/vod-live://film.mp4", "transcode://0x720@2000/vod-live://film.mp4"),
                asked);
    }

    /** Nobody else waits for stores that do not answer. */
    @ParameterizedTest
    @ValueSource(strings = {"/vod/film.mp4/index.m3u8", LIVE + LIVE + ".m3u8", ADAPTIVE + ADAPTIVE + ".m3u8"})
    void addressThatAsksForManyFilms_waitsForItself(String path) {
        streams.register(new ClientShares()::of);
        source.opener = new BoundedExecutor(never -> {}, 8, 0, 10);
        for (int i = 0; i < 10; i++) {
            assertFalse(ask(path, i, "2001:db8::" + i).isDone());
        }
        assertEquals(503, ask(path, 10, "2001:db8::10").join().status());
        assertFalse(ask(path, 11, "192.0.2.1").isDone());
    }

    private CompletableFuture<HlsAnswer> ask(String path, int film, String asker) {
        return router.get(path.replace("film", "film" + film), null, asker).toCompletableFuture();
    }

    @Test
    void sizes_areMadeAheadWhereASettingSaysSo() {
        List<String> asked = sizesAskedFor();
        adaptive.startAll("vod-live://film.mp4");
        assertEquals(2, asked.size());
    }

    /** Who plays goes on; who comes is told to come later, and opens nothing. */
    @Test
    void saturatedServer_takesNoNewPlayers() {
        assertEquals(200, get(LIVE + LIVE + ".m3u8").status());
        saturation = Optional.of("busy");
        int opened = source.opened.size();
        for (String first : List.of(
                "/vod-live%3A%2F%2Fother.mp4/vod-live%3A%2F%2Fother.mp4.m3u8",
                LIVE + "/index.m3u8",
                ADAPTIVE + ADAPTIVE + ".m3u8",
                "/vod/film.mp4/index.m3u8",
                "/vod/film.mp4/manifest.mpd")) {
            HlsAnswer refused = get(first);
            assertEquals(503, refused.status(), first);
            assertEquals("Server is overloaded, try again later.\n", text(refused));
        }
        assertEquals(opened, source.opened.size());
        assertEquals(200, get(LIVE + LIVE + ".m3u8").status());
    }

    @Test
    void sizesThatAreNone_areNotFound() {
        assertEquals(503, get(ADAPTIVE + ADAPTIVE + ".m3u8").status());
        List<String> asked = sizesAskedFor();
        for (String path : List.of(
                ADAPTIVE + "/360/x-1.ts",
                ADAPTIVE + "/1080/1080.m3u8",
                ADAPTIVE + "/360/720.m3u8",
                ADAPTIVE + "/x.m3u8",
                ADAPTIVE,
                ADAPTIVE + "/360/360.m3u8/x")) {
            assertEquals(404, get(path).status(), path);
        }
        String personal = "/vod%3A%2F%2Ffilm.mp4-HLS-ABR-STREAM";
        assertEquals(403, get(personal + personal + ".m3u8").status());
        assertEquals(List.of(), asked);
    }

    /** Complaint 27: what is the player's own is not repeated. */
    @Test
    void query_isRepeatedWithoutTheDirectives() {
        clock.run(0);
        get(LIVE + LIVE + ".m3u8");
        clock.run(5_000_000);
        ParsedPlaylist list =
                new ParsedPlaylist(text(get(LIVE + "/live.m3u8?a=1&_HLS_msn=1&_HLS_skip=YES&b=%22\"&&c")));
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
        list.uris()
                .forEach(uri ->
                        assertEquals(200, get("/vod/folder/film%20b.mp4/" + uri).status(), uri));
        assertEquals(
                404,
                get("/vod/folder/film%20b.mp4/" + list.whole().get(0).uri().replace("-0.", "-99."))
                        .status());
    }

    @Test
    void wholeFilm_isNotClosedBeforeItHasAnswered() {
        List<Runnable> later = new ArrayList<>();
        WholeFilms whole = new WholeFilms(
                streams, new MediaCache(1 << 20, later::add), later::add, () -> clock.nowUs() / 1000, 10_000);
        ParsedPlaylist list = new ParsedPlaylist(text(ask(whole, "media.m3u8").join()));
        int opened = source.opened.size();
        CompletableFuture<HlsAnswer> slow = ask(whole, list.whole().get(0).uri());
        clock.run(11_000_000);
        whole.closeIdle();
        List.copyOf(later).forEach(Runnable::run);
        assertEquals(200, slow.join().status());
        ask(whole, list.whole().get(1).uri());
        assertEquals(opened, source.opened.size(), "it was closed meanwhile");
        List.copyOf(later).forEach(Runnable::run);
        clock.run(11_000_000);
        whole.closeIdle();
        ask(whole, list.whole().get(2).uri());
        assertEquals(opened + 1, source.opened.size());
    }

    private static CompletableFuture<HlsAnswer> ask(WholeFilms films, String resource) {
        return films.get("film.mp4", new HlsRequest(resource, "", -1, -1, false), "192.0.2.1")
                .toCompletableFuture();
    }

    /** Complaint 32. */
    @Test
    void recordingThatChangesItsSize_tellsOfItInEachForm() {
        source.video = GeneratedSource.film().larger(8, 20);
        streams.register((name, picture, sound) ->
                List.of(new Ladder.Rung("360", new Variant(name, 0, 360, 10), 640, 360, 10_000, false)));
        assertTrue(text(get("/vod/film.mp4/index.m3u8")).contains("avc1.42001f\",RESOLUTION=1280x720"));
        for (String name : List.of("media", "iframes", "media-360")) {
            ParsedPlaylist list = new ParsedPlaylist(text(get("/vod/film.mp4/" + name + ".m3u8")));
            PlaylistRules.assertWhole(list);
            assertEquals(
                    name.equals("media-360") ? 1 : 2,
                    list.whole().stream()
                            .map(ParsedPlaylist.Listed::map)
                            .distinct()
                            .count());
            list.uris()
                    .forEach(
                            uri -> assertEquals(200, get("/vod/film.mp4/" + uri).status(), uri));
        }
        String manifest = text(get("/vod/film.mp4/manifest.mpd"));
        String[] periods = manifest.split("<Period");
        assertEquals(3, periods.length, manifest);
        assertTrue(periods[1].contains("width=\"640\"") && periods[2].contains("width=\"1280\""), manifest);
        assertTrue(periods[2].startsWith(" start=\"PT8.000000S\""), manifest);
        assertTrue(periods[2].contains("presentationTimeOffset=\"18000000\" startNumber=\"3\""), manifest);
        assertTrue(periods[2].contains("<S t=\"18000000\" d=\"6000000\" r=\"1\"/>"), manifest);
        for (int i = 1; i < 3; i++) {
            String init = periods[i].replaceAll("(?s).*initialization=\"(.*?)\".*", "$1");
            assertEquals(200, get("/vod/film.mp4/" + init).status(), init);
        }
    }

    @Test
    void wholeFilmInSeveralSizes_hasTheSameSegmentsInEach() {
        streams.register((name, picture, sound) -> List.of(
                new Ladder.Rung("360", new Variant(name, 0, 360, 10), 640, 360, 10_000, false),
                new Ladder.Rung("720", new Variant(name, 0, 720, 2000), 1280, 720, 2_000_000, false)));
        assertTrue(
                text(get("/vod/film.mp4/abr.m3u8?a=1")).startsWith("""
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-STREAM-INF:BANDWIDTH=13000,AVERAGE-BANDWIDTH=10600,CODECS="avc1.64001e",RESOLUTION=640x360
                media-360.m3u8?a=1
                #EXT-X-STREAM-INF:"""), () -> text(get("/vod/film.mp4/abr.m3u8?a=1")));
        assertFalse(text(get("/vod/film.mp4/abr.m3u8")).contains("720"), "it takes more than the film");
        assertTrue(text(get("/vod/film.mp4/abr.m3u8")).endsWith("\nmedia.m3u8\n"), "the film itself is one of them");
        ParsedPlaylist film = new ParsedPlaylist(text(get("/vod/film.mp4/media.m3u8")));
        ParsedPlaylist small = new ParsedPlaylist(text(get("/vod/film.mp4/media-360.m3u8")));
        PlaylistRules.assertWhole(small);
        assertEquals(
                film.whole().stream().map(ParsedPlaylist.Listed::durationUs).toList(),
                small.whole().stream().map(ParsedPlaylist.Listed::durationUs).toList());
        assertFalse(small.uris().stream().anyMatch(film.uris()::contains));
        small.uris()
                .forEach(uri -> assertEquals(200, get("/vod/film.mp4/" + uri).status(), uri));
        assertEquals(1, source.scaled, "one rendition, however many segments");
        assertEquals(404, get("/vod/film.mp4/media-480.m3u8").status());
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
    @CsvSource({
        "/, 404",
        "'', 404",
        "//, 404",
        "///, 404",
        "////x, 404",
        "/x, 404",
        "/x/y, 404",
        "/x/y/z, 404",
        "/x/y.m3u8, 404",
        "/x/x.m3u8, 404",
        "/x/x.m3u8/, 404",
        "/vod, 404",
        "/vod/film.mp4, 404",
        "/vod/film.mp4/, 404",
        "/vod/film.mp4/x, 404",
        "/vod/film.mp4/../x, 404",
        "/vod%3A%2F%2Ffilm.mp4/vod%3A%2F%2Ffilm.mp4.m3u8, 403",
        "/vod%3A%2F%2Ffilm.mp4/x.ts, 403",
        "/%/x.m3u8, 400",
        "/%zz/x.m3u8, 400",
        "/%ff/x.m3u8, 400",
        "/%c0%ae/x.m3u8, 400",
        "/x/%ED%A0%80, 400",
        "/rtmp%3A%2F%2Fx/index.m3u8, 404",
        "/%00/index.m3u8, 404"
    })
    void anyOtherAddress_isToldInASentence(String path, int status) {
        HlsAnswer answer = get(path);
        assertEquals(status, answer.status(), path + " " + text(answer));
        assertTrue(text(answer).matches("(?s)[A-Z_].{10,}[.0-9'/a-z]\n"), text(answer));
        assertEquals("no-store", answer.cache());
        assertEquals(
                0,
                source.held
                        - source.opened.stream()
                                .filter(uri -> uri.startsWith("vod:"))
                                .distinct()
                                .count());
    }

    @ParameterizedTest
    @CsvSource({
        "_HLS_msn=, 400",
        "_HLS_msn=x, 400",
        "_HLS_msn=-1, 400",
        "_HLS_msn=1e3, 400",
        "_HLS_msn=99999999999999999999, 400",
        "_HLS_msn=9223372036854775807, 400",
        "_HLS_part=0, 400",
        "_HLS_msn=9223372036854775807&_HLS_part=9223372036854775807, 400",
        "_HLS_msn=0, 200",
        "_HLS_msn=0&_HLS_part=4294967296, 200",
        "_HLS_skip=v2, 200"
    })
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
    @CsvSource({
        "FILE_NOT_FOUND, 404",
        "FILE_HAS_WRONG_FORMAT, 415",
        "BAD_URI, 400",
        "SERVER_IS_OVERLOADED, 503",
        "FAILED_TO_READ_FILE, 500"
    })
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
        HlsRouter off = new HlsRouter(
                live, new AdaptiveStreams(streams, live), Optional.empty(), new Admission(Optional::empty));
        HlsAnswer answer = off.get("/vod/film.mp4/index.m3u8", null, "192.0.2.1")
                .toCompletableFuture()
                .join();
        assertEquals(403, answer.status());
        assertTrue(text(answer).contains("vod_hls_enabled"));
    }
}
