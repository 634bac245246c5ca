package org.reelcast.stream;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream with its picture in another size, at another bitrate or in another profile, as somebody wants it: a URI names
 * it, so that all who want the same share one, whatever takes it.
 *
 * @param name    name or URI of the stream
 * @param width   at most, in pixels; 0 for no matter, as the next
 * @param height  likewise
 * @param bitrate of the picture in kbit/s
 * @param baseline whether the picture is in H.264's Constrained Baseline profile, each NAL unit of it as short as a packet:
 *                 for viewers who take no other profile, or packets of packetization mode 0 alone (RFC 6184 section 6.2)
 */
public record Variant(String name, int width, int height, int bitrate, boolean baseline) {
    public static final String SCHEME = "transcode";
    private static final Pattern URI = Pattern.compile(SCHEME + "://(\\d{1,6})x(\\d{1,6})@(\\d{1,7})(-baseline)?/(.+)");

    /** In whichever profile. */
    public Variant(String name, int width, int height, int bitrate) {
        this(name, width, height, bitrate, false);
    }

    /** What is taken by that name or URI, in Constrained Baseline profile. */
    public static Variant baseline(String nameOrUri) {
        Variant other = parse(nameOrUri).orElse(new Variant(nameOrUri, 0, 0, 0));
        return new Variant(other.name, other.width, other.height, other.bitrate, true);
    }

    /** Whether that names one in Constrained Baseline profile. */
    public static boolean isBaseline(String nameOrUri) {
        return parse(nameOrUri).filter(Variant::baseline).isPresent();
    }

    /** Whether it is the stream as it is. */
    public boolean isOriginal() {
        return width <= 0 && height <= 0 && bitrate <= 0 && !baseline;
    }

    public String uri() {
        return SCHEME + "://" + Math.max(0, width) + "x" + Math.max(0, height) + "@" + Math.max(0, bitrate)
                + (baseline ? "-baseline" : "") + "/" + name;
    }

    /** What a URI names; empty when it is none of a variant. */
    public static Optional<Variant> parse(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches()
                ? Optional.of(new Variant(
                        parts.group(5),
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        parts.group(4) != null))
                : Optional.empty();
    }
}
