package org.reelcast.webrtc.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Coverage-guided fuzzing of what begins a handshake with {@code mvn test -Pfuzz}. */
class ClientFlightsFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyDatagrams_areBounded(byte[] datagrams) {
        ClientFlightsTest.exercise(datagrams);
    }
}
