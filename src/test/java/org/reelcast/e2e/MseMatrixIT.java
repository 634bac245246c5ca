package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.MsePage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TcpLink;
import org.reelcast.e2e.harness.TestMedia;

/**
 * Films of many kinds by MSE in Flashphoner's unmodified page: all pictures in one piece, lips in sync within 60 ms, seen
 * to the end. And what takes long: loops, slow links. Runs with {@code -Pmatrix}.
 */
@E2e
class MseMatrixIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration END_LIMIT = Duration.ofSeconds(40);
    /** Those of the matrix in which what goes over the wire by MSE is another. */
    private static final String NAMES = "main|high|key-frames-only|one-key-frame|b-pyramid|open-gop|variable|60-fps-b|"
            + "1920x1080|lc-mono|lc-44100|lc-5.1|lc-8000|lc-22050|lc-96000|he-v1|he-v2|opus|sound-only|picture-only|"
            + "fragments|fragments-cmaf";

    private final Chromium chromium;
    private final ReelcastProcess server;

    MseMatrixIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    private static MatrixFilm film(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        return new MatrixFilm(
                "MSE", name, says, () -> recipe.apply(new MatrixRecipe()).make(name));
    }

    @TestFactory
    Stream<DynamicTest> films() {
        String only = System.getProperty("matrix.only", ".*");
        Stream<MatrixFilm> own = Stream.of(
                film(
                        "mse-5-fps",
                        "five frames a second",
                        r -> r.rate("5").seconds("6").picture("-g", "5")),
                film(
                        "mse-1-fps",
                        "one frame a second",
                        r -> r.rate("1").seconds("8").picture("-g", "4")),
                film(
                        "mse-short-sound",
                        "sound of half the length",
                        r -> r.seconds("8").container("-af", "atrim=0:4")),
                film(
                        "mse-short-picture",
                        "picture of half the length",
                        r -> r.seconds("8").filter("trim=0:4")),
                film("mse-short", "shorter than what browsers begin with", r -> r.seconds("1.5")),
                film(
                        "mse-late-sound",
                        "sound two seconds later",
                        r -> r.soundLate("2").seconds("6")));
        return Stream.concat(
                        MatrixFilms.all().stream().filter(film -> film.name().matches(NAMES)), own)
                .filter(film -> film.name().matches(only))
                .map(film -> dynamicTest(film.name(), () -> judge(film)));
    }

    private void judge(MatrixFilm film) {
        TestMedia.put(film.file(), server, "mse/" + film.fileName());
        try (MsePage page = new MsePage(chromium, server, "MseMatrixIT-" + film.name())) {
            page.player().start("vod://mse/" + film.fileName());
            page.player().awaitStatus("PLAYING", START_LIMIT);
            page.player().awaitStatus("STOPPED", END_LIMIT);
            MseJudge.assertSmooth(page);
            assertEquals(film.hasPicture(), page.track("video").isPresent());
            assertEquals(film.hasSound(), page.track("audio").isPresent());
            if (film.hasPicture()) {
                int given = MseJudge.pictures(page);
                assertTrue(given >= film.frames(), () -> given + " of " + film.frames() + " pictures");
            }
            // of one picture a second all are flashes
            if (film.hasPicture() && film.hasSound() && !film.name().equals("mse-1-fps")) {
                // the frames of HE-AAC were made by hand, and are late
                MseJudge.assertTogether(page, film.name().startsWith("he-") ? 0.066 : 0);
            }
            assertTrue(
                    page.player().measured().scriptErrors().isEmpty(),
                    page.player().measured()::console);
        }
    }

    @Test
    void threeLoops_areOneLineWithLipsInSync() {
        TestMedia.put(TestMedia.brief(), server, "mse/loop.mp4");
        RestClient rest = new RestClient(server);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://mse/loop.mp4", "localStreamName": "mse-loop", "loop": true}""").status());
        try (MsePage page = new MsePage(chromium, server, "MseMatrixIT-loop")) {
            page.player().start("mse-loop");
            page.awaitTime(13, Duration.ofSeconds(30));
            MseJudge.assertSmooth(page);
            MseJudge.assertTogether(page);
        }
        assertEquals(200, rest.post("/vod/terminate", """
                {"localStreamName": "mse-loop"}""").status());
    }

    @Test
    void linkOfHalfTheRate_playsOn_andIsNotBehindAfterwards() {
        Path heavy = TestMedia.heavy();
        TestMedia.put(heavy, server, "mse/heavy.mp4");
        RestClient rest = new RestClient(server);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://mse/heavy.mp4", "localStreamName": "mse-narrow", "loop": true}""").status());
        try (TcpLink link = new TcpLink(server.ports().ws());
                MsePage page = new MsePage(chromium, server, "MseMatrixIT-narrow", link.wsUrl())) {
            page.player().start("mse-narrow");
            page.awaitTime(3, START_LIMIT);
            link.narrow(1_000_000);
            pause(20);
            double before = page.number("currentTime");
            pause(5);
            assertTrue(page.number("currentTime") - before > 0.5, () -> "it stands: " + page.seen());
            link.widen();
            pause(8);
            assertTrue(page.number("behind") < 4, () -> "far behind: " + page.seen());
            double then = page.number("currentTime");
            pause(3);
            assertTrue(page.number("currentTime") - then > 2.5, () -> "it does not play on: " + page.seen());
        }
        assertEquals(200, rest.post("/vod/terminate", """
                {"localStreamName": "mse-narrow"}""").status());
    }

    /** What is looked at is how the page gets on with time. */
    private static void pause(int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
