package org.reelcast.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of RTCP with {@code mvn test -Pfuzz}; {@link RtcpReaderTest} does it at random. */
class RtcpFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyBytes_areReadWithoutAnException(byte[] bytes) {
        HostileRtcpTest.exercise(bytes);
    }
}
