package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.GoldenText;
import org.reelcast.refusal.Refusal;

/** What the reader makes of each test film, sample by sample, against texts that are kept. */
class MovieDumpTest {

    @TestFactory
    Stream<DynamicTest> dumps() {
        return TestMovies.all().entrySet().stream()
                .map(film -> DynamicTest.dynamicTest(film.getKey(), () -> {
                    String dump = MovieDump.of(new TestSource(film.getValue()));
                    GoldenText.assertKept(MovieDumpTest.class, "dumps/" + film.getKey() + ".txt", dump);
                }));
    }

    @TestFactory
    Stream<DynamicTest> dumpsOfSourcesThatGiveOneByteARead() {
        return TestMovies.all().entrySet().stream()
                .map(film -> DynamicTest.dynamicTest(film.getKey(), () -> {
                    TestSource awkward = new TestSource(film.getValue());
                    awkward.maxRead = 1;
                    assertEquals(MovieDump.of(new TestSource(film.getValue())), MovieDump.of(awkward));
                }));
    }

    @TestFactory
    Stream<DynamicTest> errorsOfTheSource_reachTheCaller() {
        return TestMovies.all().entrySet().stream()
                .map(film -> DynamicTest.dynamicTest(film.getKey(), () -> {
                    for (int at = 0; at < film.getValue().length; at += 37) {
                        TestSource failing = new TestSource(film.getValue());
                        failing.failFrom = at;
                        failing.maxRead = 50;
                        try {
                            Movie.read(failing);
                        } catch (Refusal e) {
                            throw new AssertionError("The disk's fault is not the film's", e);
                        } catch (IOException e) {
                            assertEquals("The disk is on fire", e.getMessage());
                        }
                    }
                }));
    }
}
