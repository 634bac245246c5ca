package org.reelcast.mp4.read;

import java.util.List;
import java.util.Map;
import org.reelcast.media.Format;

/**
 * The language of a track as its {@code mdhd} says it: three letters of five bits each (ISO 14496-12 section 8.4.2), or
 * in QuickTime, below what letters come to, a number of the Macintosh (QuickTime File Format, "Language code values").
 */
final class MacLanguages {
    /** What three letters come to is not less. */
    private static final int LETTERS = 0x400;
    /** Of numbers 0 to 46, by ISO 639-2/T. */
    private static final List<String> FIRST = List.of(
            "eng", "fra", "deu", "ita", "nld", "swe", "spa", "dan", "por", "nor", "heb", "jpn", "ara", "fin", "ell",
            "isl", "mlt", "tur", "hrv", "zho", "urd", "hin", "tha", "kor", "lit", "pol", "hun", "est", "lav", "smi",
            "fao", "fas", "rus", "zho", "nld", "gle", "sqi", "ron", "ces", "slk", "slv", "yid", "srp", "mkd", "bul",
            "ukr", "bel");
    /** Later ones that films are made in. */
    private static final Map<Integer, String> LATER = Map.of(80, "vie", 81, "ind", 128, "cym", 129, "eus", 130, "cat");

    private MacLanguages() {}

    /**
     * @param code        as it is in the file
     * @param isQuickTime whether 0 is English there and not, as in other files, nothing
     * @return three letters, {@code und} when none is said
     */
    static String of(int code, boolean isQuickTime) {
        if (code >= LETTERS) {
            String letters = "" + letter(code >> 10) + letter(code >> 5) + letter(code);
            return letters.matches("[a-z]{3}") ? letters : Format.UNDETERMINED;
        }
        if (code == 0 && !isQuickTime) {
            return Format.UNDETERMINED;
        }
        return code < FIRST.size() ? FIRST.get(code) : LATER.getOrDefault(code, Format.UNDETERMINED);
    }

    private static char letter(int bits) {
        return (char) (0x60 + (bits & 0x1f));
    }
}
