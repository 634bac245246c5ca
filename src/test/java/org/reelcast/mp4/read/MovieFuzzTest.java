package org.reelcast.mp4.read;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided fuzzing of the reader with {@code mvn test -Pfuzz}. Inputs and finds are kept in
 * {@code src/test/resources/org/reelcast/mp4/MovieFuzzTestInputs}; {@code FuzzCorporaTest} has them in every build.
 */
class MovieFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void anyBytes_areAMovieOrAnIOException(byte[] file) {
        HostileMovieTest.exercise(file);
    }
}
