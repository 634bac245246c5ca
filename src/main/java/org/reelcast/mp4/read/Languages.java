package org.reelcast.mp4.read;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/** Compares names of languages: {@code de}, {@code de-AT}, {@code deu} and {@code ger} are one (ISO 639, BCP 47). */
final class Languages {
    /** ISO 639-2's bibliographic codes that are not those of terminology. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("alb", "sqi"),
            Map.entry("arm", "hye"),
            Map.entry("baq", "eus"),
            Map.entry("bur", "mya"),
            Map.entry("chi", "zho"),
            Map.entry("cze", "ces"),
            Map.entry("dut", "nld"),
            Map.entry("fre", "fra"),
            Map.entry("geo", "kat"),
            Map.entry("ger", "deu"),
            Map.entry("gre", "ell"),
            Map.entry("ice", "isl"),
            Map.entry("mac", "mkd"),
            Map.entry("mao", "mri"),
            Map.entry("may", "msa"),
            Map.entry("per", "fas"),
            Map.entry("rum", "ron"),
            Map.entry("slo", "slk"),
            Map.entry("tib", "bod"),
            Map.entry("wel", "cym"));

    private Languages() {}

    /** Whether what is spoken is what is wanted; regions count only when both tell theirs. */
    static boolean matches(String wanted, String spoken) {
        if (!code(wanted).equals(code(spoken))) {
            return false;
        }
        String region = region(wanted);
        String other = region(spoken);
        return region.isEmpty() || other.isEmpty() || region.equals(other);
    }

    /** The language by ISO 639-2/T where it has such a code. */
    private static String code(String tag) {
        String language = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        if (language.length() == 2) {
            try {
                return new Locale(language).getISO3Language();
            } catch (MissingResourceException e) {
                return language;
            }
        }
        return BIBLIOGRAPHIC.getOrDefault(language, language);
    }

    private static String region(String tag) {
        String[] parts = tag.split("[-_]");
        return parts.length < 2 ? "" : parts[parts.length - 1].toUpperCase(Locale.ROOT);
    }
}
