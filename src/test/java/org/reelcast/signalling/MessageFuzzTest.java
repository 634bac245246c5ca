package org.reelcast.signalling;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of signalling's messages with {@code mvn test -Pfuzz}, memory included. */
class MessageFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyText_isAMessageOrRefused(byte[] text) {
        MessageTest.exercise(text);
    }
}
