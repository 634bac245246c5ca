package org.reelcast.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110 section 14).
 *
 * @param first position of the first byte
 * @param last  position of the last byte; below {@code first} when the range lies outside the file
 */
public record ByteRange(long first, long last) {
    private static final Pattern ONE_RANGE = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /**
     * @param header may be null
     * @return empty when the whole file is to be sent: no header, another unit, several ranges or nonsense, all of
     *         which a server may pass over
     */
    public static Optional<ByteRange> parse(String header, long size) {
        Matcher range = header == null ? null : ONE_RANGE.matcher(header);
        if (range == null
                || !range.matches()
                || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Long.parseLong(range.group(2));
            return Optional.of(new ByteRange(suffix == 0 ? size : Math.max(0, size - suffix), size - 1));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, last));
    }

    public boolean isSatisfiable() {
        return first <= last;
    }

    public long length() {
        return last - first + 1;
    }
}
