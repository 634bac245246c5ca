package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.MsePage;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.TestMedia;

/**
 * Odd films play in Chromium as they do in its own video element: pictures, shape, sound, lips in sync; once, again when
 * they were long closed, over and over as a broadcast, and when a recording of them is played. By HLS and MSE, too, all
 * their pictures come. Runs with {@code -Pmatrix}; {@code -Dmatrix.films=FOLDER} plays those of a folder in place of
 * those that it makes, {@code -Dmatrix.only} and {@code -Dmatrix.ways} choose films and ways by their names.
 */
@E2e
class OddFilmsMatrixIT {
    private static final double DECODED_SHARE = 0.95;
    private static final double CONCEALED_SHARE = 0.005;
    private static final double LIP_SYNC_LIMIT_MS = 60;
    private static final int PASSES = 3;
    /** The recorder is there before the first picture: some films have one key frame alone. */
    private static final long RECORDER_READY_MS = 2_000;

    /** A film is closed ten seconds after nobody watches it any more. */
    private static final Duration CLOSED = Duration.ofSeconds(45);

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;
    private final Map<String, Long> endedNanos = new HashMap<>();
    /** What the browser itself made of each film. */
    private final Map<String, Optional<PlainPlay>> plains = new HashMap<>();

    OddFilmsMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        this.rest = new RestClient(server);
    }

    @TestFactory
    Stream<DynamicNode> films() {
        String only = System.getProperty("matrix.only", ".*");
        List<MatrixFilm> films = OddFilms.all().stream()
                .filter(film -> film.name().matches(only))
                .toList();
        films.forEach(film -> TestMedia.put(film.file(), server, path(film)));
        String ways = System.getProperty("matrix.ways", ".*");
        return Stream.of(
                        each("once", films, film -> play(film, "vod://" + path(film), 1)),
                        each("again", films, this::again),
                        each("over and over", films, this::looped),
                        each("recorded", films, this::recorded),
                        each("by HLS", films, this::byHls),
                        each("by MSE", films, this::byMse))
                .filter(way -> way.getDisplayName().matches(ways));
    }

    private static DynamicNode each(String how, List<MatrixFilm> films, Function<MatrixFilm, List<String>> way) {
        return DynamicContainer.dynamicContainer(
                how,
                films.stream()
                        .map(film -> dynamicTest(
                                film.name(), () -> assertEquals(List.of(), way.apply(film), film.name() + " " + how))));
    }

    private static String path(MatrixFilm film) {
        return "odd/" + film.fileName();
    }

    private List<String> again(MatrixFilm film) {
        long ended = endedNanos.getOrDefault(film.name(), System.nanoTime());
        Await.until(
                CLOSED.plusSeconds(10),
                () -> System.nanoTime() - ended > CLOSED.toNanos(),
                () -> "The clock stands still");
        return play(film, "vod://" + path(film), 1);
    }

    private List<String> looped(MatrixFilm film) {
        startup(film, true, 0);
        try {
            return play(film, "odd-" + film.name(), PASSES);
        } finally {
            terminate(film);
        }
    }

    private List<String> recorded(MatrixFilm film) {
        String id = startup(film, false, RECORDER_READY_MS);
        String name = "odd-" + film.name() + ".mp4";
        Answer started = rest.post("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "odd-%s"}}""".formatted(id, film.name()));
        assertEquals(200, started.status(), started.body());
        Path record = server.home().resolve("records").resolve(name);
        Await.until(Duration.ofSeconds(60), () -> Files.exists(record), () -> name + " is not finished");
        return play(film, "vod://" + name, 1);
    }

    private List<String> byHls(MatrixFilm film) {
        return missing(
                film,
                MatrixFilm.decoded("http://127.0.0.1:" + server.ports().hls() + "/vod/" + path(film) + "/index.m3u8"));
    }

    private List<String> byMse(MatrixFilm film) {
        try (MsePage page = new MsePage(chromium, server, "OddFilmsMatrixIT-" + film.name())) {
            page.player().start("vod://" + path(film));
            page.player().awaitStatus("PLAYING", Duration.ofSeconds(20));
            page.player().awaitStatus("STOPPED", Duration.ofSeconds(40));
            MseJudge.assertSmooth(page);
            return missing(film, MseJudge.pictures(page));
        }
    }

    private static List<String> missing(MatrixFilm film, int pictures) {
        System.out.println(film.name() + " " + pictures + " of " + OddFilms.pictures(film) + " pictures");
        return pictures >= DECODED_SHARE * OddFilms.pictures(film)
                ? List.of()
                : List.of("only " + pictures + " of " + OddFilms.pictures(film) + " pictures came");
    }

    /**
     * A broadcast of the film.
     *
     * @param inMs until it begins
     * @return the media session's id
     */
    private String startup(MatrixFilm film, boolean loop, long inMs) {
        long startTime = System.currentTimeMillis() + inMs;
        Answer started = rest.post("/vod/startup", """
                {"uri": "vod-live://%s", "localStreamName": "odd-%s", "loop": %s, "startTime": %d}""".formatted(path(film), film.name(), loop, startTime));
        assertEquals(200, started.status(), started.body());
        return rest.get("/vod/find_all").array().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(stream -> stream.get("localStreamName").getAsString().equals("odd-" + film.name()))
                .findFirst()
                .orElseThrow()
                .get("localMediaSessionId")
                .getAsString();
    }

    private void terminate(MatrixFilm film) {
        rest.post("/vod/terminate", "{\"localStreamName\": \"odd-" + film.name() + "\"}");
    }

    /** @return what is wrong, one sentence each */
    private List<String> play(MatrixFilm film, String stream, int passes) {
        Optional<PlainPlay> plain =
                plains.computeIfAbsent(film.name(), name -> MatrixPlayer.plain(chromium, server, film));
        try (MatrixPlayer player = new MatrixPlayer(chromium, server)) {
            player.play(stream);
            PeerStats heard;
            if (passes == 1) {
                heard = player.awaitEndKeepingStats();
            } else {
                player.awaitPictures(passes * OddFilms.pictures(film));
                heard = player.stats();
            }
            List<String> problems = problems(film, passes, heard, player, plain);
            endedNanos.put(film.name(), System.nanoTime());
            return problems;
        }
    }

    private static List<String> problems(
            MatrixFilm film, int passes, PeerStats heard, MatrixPlayer player, Optional<PlainPlay> plain) {
        PeerStats all = player.stats();
        List<Integer> shape = player.shape();
        double energy = player.energy() / passes;
        double lipSyncMs = all.tellsLipSync() ? all.lipSyncMs() : 0;
        System.out.printf(
                Locale.ROOT,
                "%-18s %d pass(es): %d of %d pictures, %s, energy %.5f a pass, concealed %.2f %%, lip sync %.0f ms;"
                        + " plain: %s%n",
                film.name(),
                passes,
                all.framesDecoded(),
                passes * OddFilms.pictures(film),
                shape,
                energy,
                100 * heard.concealedShare(),
                lipSyncMs,
                plain.map(own -> own.shape() + ", energy " + own.energy()).orElse("does not play"));
        List<String> problems = new ArrayList<>();
        if (all.framesDecoded() < DECODED_SHARE * passes * OddFilms.pictures(film)) {
            problems.add("only " + all.framesDecoded() + " of " + passes * OddFilms.pictures(film)
                    + " pictures were decoded");
        }
        plain.ifPresent(own -> problems.addAll(own.differences(shape, energy)));
        if (heard.concealedShare() > CONCEALED_SHARE) {
            problems.add("of its sound " + 100 * heard.concealedShare() + " % were made up");
        }
        if (Math.abs(lipSyncMs) > LIP_SYNC_LIMIT_MS) {
            problems.add("its sound was " + lipSyncMs + " ms ahead of its picture");
        }
        return problems;
    }
}
