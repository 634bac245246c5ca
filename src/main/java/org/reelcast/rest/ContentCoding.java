package org.reelcast.rest;

import java.util.Locale;

/** What content codings a client takes, by its {@code Accept-Encoding} (RFC 9110 section 12.5.3). */
public final class ContentCoding {

    private ContentCoding() {}

    /** @param accepted the header; null when there is none */
    public static boolean takesGzip(String accepted) {
        boolean others = false;
        for (String each : accepted == null
                ? new String[0]
                : accepted.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = each.split(";");
            String coding = parts[0].strip();
            boolean wanted = isWanted(parts);
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            others |= coding.equals("*") && wanted;
        }
        return others;
    }

    /** Whether its weight is not zero (RFC 9110 section 12.4.2). */
    private static boolean isWanted(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q")) {
                return !parameter.replace(" ", "").matches("q=0(\\.0{0,3})?");
            }
        }
        return true;
    }
}
