package org.reelcast.mp4;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.FuzzInputs;

/** The inputs of {@link MovieFuzzTest}, its finds among them, in every build and without its agent. */
class FuzzInputsTest {

    @TestFactory
    List<DynamicTest> inputs() throws IOException {
        return FuzzInputs.of(MovieFuzzTest.class, "anyBytes_areAMovieOrAnIOException", HostileMovieTest::exercise);
    }
}
