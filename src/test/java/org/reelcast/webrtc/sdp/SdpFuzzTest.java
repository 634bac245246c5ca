package org.reelcast.webrtc.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of offers with {@code mvn test -Pfuzz}; {@link HostileSdpTest} does it at random. */
class SdpFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyOffer_isAnsweredOrRefused(byte[] offer) {
        HostileSdpTest.exercise(offer);
    }
}
