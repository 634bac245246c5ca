package org.reelcast.mp4.read;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which of a film's sounds is wanted: one of a language, or the track of a number. Of several that are meant, and where
 * there is none, the film's own order decides.
 *
 * @param wanted a language ({@code de}, {@code deu}, {@code de-AT}) or a track_ID; empty for whichever comes first
 */
public record AudioChoice(String wanted) {
    /** Whichever sound comes first. */
    public static final AudioChoice FIRST = new AudioChoice("");
    /** Longer than any name of a language (BCP 47). */
    private static final Pattern SENSIBLE = Pattern.compile("[0-9]{1,10}|[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,3}|");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    public AudioChoice {
        wanted = wanted.toLowerCase(Locale.ROOT);
    }

    /** Whether a text is a language or a number, or nothing, as far as its form tells. */
    public static boolean isOne(String text) {
        return SENSIBLE.matcher(text).matches();
    }

    /** Whether any sound will do. */
    public boolean isOpen() {
        return wanted.isEmpty();
    }

    /** Whether a track is one that is wanted; none when any will do. */
    boolean means(int trackId, String language) {
        return NUMBER.matcher(wanted).matches()
                ? Long.parseLong(wanted) == (trackId & 0xffff_ffffL)
                : !isOpen() && Languages.matches(wanted, language);
    }
}
