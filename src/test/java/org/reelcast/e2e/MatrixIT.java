package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;

/**
 * Whatever encoders and muxers make of H.264 and AAC plays in Chromium: at least 95 of 100 pictures, sound, lips in
 * sync within 60 ms. Runs with {@code -Pmatrix}; {@code -Dmatrix.table=true} beside it writes what came out into
 * {@code docs/formats.md}.
 *
 * <p>A film that does not play well is played once more, and that counts: a busy machine makes any film stutter, a fault
 * of the product does so both times. A film that the server could not encode as fast as it is shown is played once more
 * too, when it is encoded whole, and then all of it must be there. The table has both showings.
 */
@E2e
class MatrixIT {
    private static final Duration MADE_WHOLE = Duration.ofMinutes(6);

    private final Chromium chromium;
    private final ReelcastProcess server;

    MatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @TestFactory
    Stream<DynamicTest> films() {
        String only = System.getProperty("matrix.only", ".*");
        List<MatrixFilm> films = MatrixFilms.all().stream()
                .filter(film -> film.name().matches(only))
                .toList();
        films.forEach(film -> TestMedia.put(film.file(), server, "matrix/" + film.fileName()));
        List<MatrixResult> results = new ArrayList<>();
        Stream<DynamicTest> tests = films.stream().map(film -> dynamicTest(film.name(), () -> judge(film, results)));
        return Boolean.getBoolean("matrix.table")
                ? Stream.concat(tests, Stream.of(dynamicTest("table", () -> MatrixTable.write(results))))
                : tests;
    }

    @Test
    void table_listsTheFilmsThatAreTested() throws IOException {
        if (!Boolean.getBoolean("matrix.table")) {
            assertEquals(
                    MatrixFilms.all().stream().map(MatrixFilm::name).toList(),
                    MatrixTable.names(),
                    MatrixTable.FILE + " is out of date: "
                            + "run mvn verify -Pmatrix -Dmatrix.table=true -Dit.test=MatrixIT");
        }
    }

    private void judge(MatrixFilm film, List<MatrixResult> results) {
        MatrixResult result = play(film);
        if (!result.problems().isEmpty() || result.isReduced() && !film.mayFall()) {
            System.out.println(film.name() + " once more");
            result = play(film).after(result);
        }
        results.add(result);
        assertEquals(List.of(), result.problems(), result.stats());
    }

    /** Waits until the server has made up for all that it was too slow for, so that a film has it to itself. */
    private void awaitBacklog() {
        Await.until(
                MADE_WHOLE,
                () -> told("is encoded whole").containsAll(told("is encoded in the background")),
                () -> "Not all films are encoded whole");
    }

    /** The films of which the log says so. */
    private Set<String> told(String what) {
        return server.log()
                .lines()
                .filter(line -> line.contains(what))
                .map(line -> line.replaceFirst(".* - (.*?) is .*", "$1"))
                .collect(Collectors.toSet());
    }

    /** What the server says it shows of the film meanwhile; empty when that is all of it. */
    private String reducedTo(MatrixFilm film) {
        String path = "/" + film.fileName();
        if (told("is encoded whole").stream().anyMatch(whole -> whole.endsWith(path))) {
            return "";
        }
        return server.log()
                .lines()
                .filter(line -> line.contains(path + " is not re-encoded as it is"))
                .map(line -> line.replaceFirst(".* It goes on (at )?(.*?)(;.*|$)", "$2"))
                .findFirst()
                .orElse("");
    }

    private MatrixResult play(MatrixFilm film) {
        awaitBacklog();
        try (MatrixPlayer player = new MatrixPlayer(chromium, server)) {
            player.play("vod://matrix/" + film.fileName());
            MatrixResult result = MatrixResult.of(film, player.awaitEnd(), player.stats(), reducedTo(film));
            System.out.println(result);
            return result;
        }
    }
}
