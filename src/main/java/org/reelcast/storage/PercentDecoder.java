package org.reelcast.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-decoding of a stream name, once (RFC 3986 section 2.1). A plus is a plus. */
public final class PercentDecoder {

    private PercentDecoder() {}

    /** @return the decoded name; empty when an escape is malformed or the bytes are not strict UTF-8 */
    public static Optional<String> decode(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        try {
            // strict: overlong forms such as %c0%ae and lone surrogates do not pass
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            while (encoded.hasRemaining()) {
                byte b = encoded.get();
                if (b != '%') {
                    bytes.write(b);
                    continue;
                }
                int high = encoded.hasRemaining() ? hex(encoded.get()) : -1;
                int low = encoded.hasRemaining() ? hex(encoded.get()) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.write(high << 4 | low);
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int hex(byte b) {
        // Character.digit would take full-width digits too, but bytes are ASCII here or negative
        return b < 0 ? -1 : Character.digit(b, 16);
    }
}
