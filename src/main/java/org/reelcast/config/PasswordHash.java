package org.reelcast.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What of a password is kept: a hash that takes a while to compute (PBKDF2 with HMAC-SHA-256, RFC 8018). */
public final class PasswordHash {
    /** For somebody whom nobody knows: to look for a name takes as long as to look for a password. */
    public static final PasswordHash OF_NOBODY = of("");

    private static final String SCHEME = "pbkdf2-sha256";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int ITERATIONS = 210_000;
    private static final int MOST_ITERATIONS = 2_000_000;
    private static final int SALT_BYTES = 16;
    private static final int BYTES = 32;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /** With a salt of its own. */
    public static PasswordHash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /** As {@link #text} wrote it; empty when it is none. */
    static Optional<PasswordHash> parse(String text) {
        String[] parts = text.split(":");
        try {
            int iterations = parts.length == 4 && parts[0].equals(SCHEME) ? Integer.parseInt(parts[1]) : 0;
            if (iterations < 1 || iterations > MOST_ITERATIONS) {
                return Optional.empty();
            }
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            byte[] hash = Base64.getDecoder().decode(parts[3]);
            return salt.length == 0 || hash.length != BYTES
                    ? Optional.empty()
                    : Optional.of(new PasswordHash(iterations, salt, hash));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return SCHEME + ':' + iterations + ':' + base64.encodeToString(salt) + ':' + base64.encodeToString(hash);
    }

    /** Takes some 100 ms. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            // by its bytes: the JDK takes the low ones of each character alone
            char[] bytes =
                    new String(password.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).toCharArray();
            return SecretKeyFactory.getInstance(ALGORITHM)
                    .generateSecret(new PBEKeySpec(bytes, salt, iterations, BYTES * Byte.SIZE))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }
}
