package org.reelcast.webrtc.srtp;

/** The choice of a {@link PacketCipher} by the protection profile. */
final class PacketCiphers {

    private PacketCiphers() {}

    static PacketCipher of(SrtpKeys keys) {
        return switch (keys.profile()) {
            case AEAD_AES_128_GCM -> new GcmCipher(keys);
            case AES128_CM_HMAC_SHA1_80 -> new CmCipher(keys);
        };
    }
}
