package org.reelcast.output.hls.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a media segment, or of a part of one.
 *
 * @param sequence media sequence number
 * @param part     -1 for the whole segment
 * @param mp4      fragmented MP4, else MPEG-TS
 */
public record MediaName(String text, long sequence, int part, boolean mp4) {
    public static final String MP4_TYPE = "video/mp4";
    private static final String TS_TYPE = "video/mp2t";
    /** Each number in one way of writing it, as caches go by names. */
    private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,14})(?:\\.(0|[1-9]\\d{0,3}))?\\.(m4s|ts)");

    /** @param prefix what names of that stream start with, followed by a hyphen */
    public static Optional<MediaName> parse(String prefix, String resource) {
        if (!resource.startsWith(prefix + "-")) {
            return Optional.empty();
        }
        Matcher name = FORM.matcher(resource.substring(prefix.length() + 1));
        if (!name.matches() || name.group(2) != null && name.group(3).equals("ts")) {
            return Optional.empty();
        }
        return Optional.of(new MediaName(
                resource,
                Long.parseLong(name.group(1)),
                name.group(2) == null ? -1 : Integer.parseInt(name.group(2)),
                name.group(3).equals("m4s")));
    }

    /** The name of a whole segment. */
    public static String segment(String prefix, long sequence, boolean mp4) {
        return prefix + "-" + sequence + (mp4 ? ".m4s" : ".ts");
    }

    /** The name of a part. */
    public static String part(String prefix, long sequence, int part) {
        return prefix + "-" + sequence + "." + part + ".m4s";
    }

    /** The name of an initialization segment. */
    public static String map(String prefix) {
        return prefix + "-init.mp4";
    }

    public String mediaType() {
        return mp4 ? MP4_TYPE : TS_TYPE;
    }
}
