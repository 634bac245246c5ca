package org.reelcast.mp4.read;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided fuzzing of the reader of Matroska with {@code mvn test -Pfuzz}. Inputs and finds are kept in
 * {@code src/test/resources/org/reelcast/mp4/MatroskaFuzzTestInputs}; {@code FuzzCorporaTest} has them in every build.
 */
class MatroskaFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void anyBytes_areAFilmOrAnIOException(byte[] file) {
        HostileMovieTest.exercise(file);
    }
}
