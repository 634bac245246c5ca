package org.reelcast.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the pages: read, hashed and compressed once.
 *
 * @param type its media type
 * @param body its content
 * @param gzip the same compressed (RFC 1952)
 * @param hash of the content, in hexadecimal digits
 */
record PageFile(String type, byte[] body, byte[] gzip, String hash) {
    private static final int HASH_DIGITS = 20;

    static PageFile of(String path, byte[] body) {
        return new PageFile(FileFolder.contentType(Path.of(path)), body, compress(body), hash(body));
    }

    /** @param compressed the two forms are two representations, and each has a tag of its own (RFC 9110 section 8.8.3) */
    String tag(boolean compressed) {
        return '"' + hash + (compressed ? "-gzip" : "") + '"';
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] compress(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
