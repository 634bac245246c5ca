package org.reelcast.output.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A still image.
 *
 * @param bytes     not to be changed
 * @param mediaType what they are: {@code image/png}
 * @param entityTag the same for the same bytes (RFC 9110 section 8.8.3), without its quotes
 */
record Image(byte[] bytes, String mediaType, String entityTag) {
    private static final int TAG_BYTES = 12;

    static Image of(byte[] bytes, ImageFormat format) {
        return new Image(bytes, format.mediaType(), digest(bytes));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
