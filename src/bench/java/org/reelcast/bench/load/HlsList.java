package org.reelcast.bench.load;

import java.time.Instant;

/**
 * What a player of low latency reads in a playlist.
 *
 * @param sequence of the segment in the making
 * @param parts    how many of it are listed
 * @param lastPart the URI of the newest part
 * @param dueMs    since 1970, when that part was to be listed: so far before it is shown as players hold back
 */
record HlsList(long sequence, int parts, String lastPart, long dueMs) {

    static HlsList parse(String text) {
        long sequence = 0;
        double holdBack = 0;
        double inSegment = 0;
        long dateMs = 0;
        int parts = 0;
        String last = "";
        long dueMs = 0;
        for (String line : text.split("\n")) {
            if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
                sequence = Long.parseLong(line.substring(line.indexOf(':') + 1));
            } else if (line.startsWith("#EXT-X-SERVER-CONTROL:")) {
                holdBack = number(line, "PART-HOLD-BACK=");
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                dateMs = Instant.parse(line.substring(line.indexOf(':') + 1)).toEpochMilli();
                inSegment = 0;
            } else if (line.startsWith("#EXT-X-PART:")) {
                parts++;
                inSegment += number(line, "DURATION=");
                int at = line.indexOf("URI=\"") + 5;
                last = line.substring(at, line.indexOf('"', at));
                dueMs = dateMs + Math.round((inSegment - holdBack) * 1000);
            } else if (!line.startsWith("#")) {
                sequence++;
                parts = 0;
            }
        }
        return new HlsList(sequence, parts, last, dueMs);
    }

    private static double number(String line, String name) {
        int at = line.indexOf(name);
        if (at < 0) {
            return 0;
        }
        int end = line.indexOf(',', at);
        return Double.parseDouble(line.substring(at + name.length(), end < 0 ? line.length() : end));
    }
}
