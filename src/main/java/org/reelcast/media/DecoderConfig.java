package org.reelcast.media;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes that configure a decoder, as the codec's file format puts them into a sample entry. Equal to another of the
 * same bytes.
 *
 * @param bytes not to be changed
 */
public record DecoderConfig(byte[] bytes) {
    /** For a codec, or a form of it, whose frames say all themselves. */
    public static final DecoderConfig NONE = new DecoderConfig(new byte[0]);

    /** Whether there is nothing to configure. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecoderConfig config && Arrays.equals(bytes, config.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
