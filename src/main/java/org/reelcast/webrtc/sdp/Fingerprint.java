package org.reelcast.webrtc.sdp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a certificate (RFC 8122 section 5).
 *
 * @param algorithm the name for {@link MessageDigest}
 * @param hash      its bytes
 */
public record Fingerprint(String algorithm, byte[] hash) {
    private static final HexFormat OCTETS = HexFormat.ofDelimiter(":").withUpperCase();

    /** SHA-256 over the DER bytes of a certificate. */
    public static Fingerprint sha256(byte[] certificate) {
        return new Fingerprint("SHA-256", digest("SHA-256", certificate));
    }

    /** @return null when the value is not a fingerprint or of a hash that is not to be trusted */
    static Fingerprint parse(String value) {
        String[] parts = value.split(" +", 3);
        if (parts.length != 2) {
            return null;
        }
        String algorithm = parts[0].toUpperCase(Locale.ROOT);
        int length = length(algorithm);
        String[] octets = parts[1].split(":", length + 1);
        if (length == 0 || octets.length != length) {
            return null;
        }
        byte[] hash = new byte[length];
        for (int i = 0; i < length; i++) {
            int octet = octets[i].length() == 2 ? octet(octets[i]) : -1;
            if (octet < 0) {
                return null;
            }
            hash[i] = (byte) octet;
        }
        return new Fingerprint(algorithm, hash);
    }

    private static int length(String algorithm) {
        switch (algorithm) {
            case "SHA-256":
                return 32;
            case "SHA-384":
                return 48;
            case "SHA-512":
                return 64;
            default:
                return 0;
        }
    }

    private static int octet(String hex) {
        int high = Character.digit(hex.charAt(0), 16);
        int low = Character.digit(hex.charAt(1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Whether {@code certificate} (DER) has this fingerprint. */
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash, digest(algorithm, certificate));
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    /** As in an {@code a=fingerprint} line. */
    @Override
    public String toString() {
        return algorithm.toLowerCase(Locale.ROOT) + ' ' + OCTETS.formatHex(hash);
    }
}
