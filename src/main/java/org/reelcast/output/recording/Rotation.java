package org.reelcast.output.recording;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a recording goes on in another file.
 *
 * @param us    microseconds of film; {@link Long#MAX_VALUE} for no limit
 * @param bytes size of the file; likewise
 */
public record Rotation(long us, long bytes) {
    public static final Rotation NEVER = new Rotation(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([Mm]?)");

    /**
     * Reads WCS's notation: {@code 10} is ten seconds, {@code 10M} ten megabytes, nothing and 0 never.
     *
     * @return empty when it is none of these
     */
    public static Optional<Rotation> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(NEVER);
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        if (number == 0) {
            return Optional.of(NEVER);
        }
        return Optional.of(
                form.group(2).isEmpty()
                        ? new Rotation(number * 1_000_000, Long.MAX_VALUE)
                        : new Rotation(Long.MAX_VALUE, number << 20));
    }

    /** In WCS's notation, as it is {@link #parse}d. */
    String text() {
        if (us != Long.MAX_VALUE) {
            return Long.toString(us / 1_000_000);
        }
        return bytes == Long.MAX_VALUE ? "0" : (bytes >> 20) + "M";
    }

    boolean isDue(long filmUs, long fileBytes) {
        return filmUs >= us || fileBytes >= bytes;
    }
}
