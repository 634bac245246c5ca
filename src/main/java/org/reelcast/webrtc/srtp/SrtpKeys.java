package org.reelcast.webrtc.srtp;

import java.util.Arrays;

/**
 * Master key and salt of one direction.
 *
 * @param profile how packets are protected with it
 */
public record SrtpKeys(SrtpProfile profile, byte[] key, byte[] salt) {

    /**
     * Takes one side's keys out of what DTLS exported: client key, server key, client salt, server salt (RFC 5764
     * section 4.2).
     *
     * @param client whether the DTLS client's sending keys are wanted, or else the server's
     */
    public static SrtpKeys fromDtls(SrtpProfile profile, byte[] material, boolean client) {
        int key = profile.keyLength();
        int salt = profile.saltLength();
        int keyAt = client ? 0 : key;
        int saltAt = 2 * key + (client ? 0 : salt);
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(material, keyAt, keyAt + key),
                Arrays.copyOfRange(material, saltAt, saltAt + salt));
    }
}
