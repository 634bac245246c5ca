package org.reelcast.webrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of STUN with {@code mvn test -Pfuzz}; {@link HostileStunTest} does it at random. */
class StunFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyAttributes_areAnsweredOrIgnored(byte[] attributes) {
        HostileStunTest.exercise(attributes);
    }
}
