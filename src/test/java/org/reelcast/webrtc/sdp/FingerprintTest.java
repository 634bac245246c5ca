package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] CERTIFICATE = {1, 2, 3};
    private static final byte[] ANOTHER = {1, 2, 4};
    private static final HexFormat OCTETS = HexFormat.ofDelimiter(":");

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "SHA-384", "sha-384", "sha-512"})
    void certificate_isHeldAgainstEachHash(String hash) throws Exception {
        String value =
                hash + " " + OCTETS.formatHex(MessageDigest.getInstance(hash).digest(CERTIFICATE));
        Fingerprint fingerprint = Fingerprint.parse(value);
        assertTrue(fingerprint.matches(CERTIFICATE));
        assertFalse(fingerprint.matches(ANOTHER), "a wrong one");
        assertTrue(value.equalsIgnoreCase(fingerprint.toString()), fingerprint.toString());
    }

    @Test
    void hashOfAnotherLength_isNone() throws Exception {
        String hash = OCTETS.formatHex(MessageDigest.getInstance("SHA-256").digest(CERTIFICATE));
        assertNull(Fingerprint.parse("sha-512 " + hash));
        assertNull(Fingerprint.parse("sha-1 " + hash));
    }
}
