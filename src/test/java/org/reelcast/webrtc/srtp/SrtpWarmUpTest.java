package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtpWarmUpTest {

    /** As Java 17 says it with no option, {@code -XX:TieredStopAtLevel=1} and {@code -Xint}. */
    @ParameterizedTest
    @CsvSource({
        "'mixed mode, sharing', true",
        "'mixed mode, emulated-client, sharing', false",
        "'interpreted mode, sharing', false",
        "'', true"
    })
    void warmsUp_whereItWillEverBeFast(String vmInfo, boolean compiles) {
        assertEquals(compiles, SrtpWarmUp.compilesForSpeed(vmInfo));
    }
}
