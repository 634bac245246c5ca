package org.reelcast.output.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A media playlist taken apart by the book (RFC 8216, rfc8216bis), which fails at any line that is not in there. */
public final class ParsedPlaylist {
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",]*)(,|$)");

    /** A partial segment. */
    public record ListedPart(String uri, long durationUs, boolean independent) {}

    /**
     * A segment.
     *
     * @param uri           empty for one in the making
     * @param dateMs        0 without
     * @param map           empty without
     * @param discontinuous whether EXT-X-DISCONTINUITY is before it
     */
    public record Listed(
            String uri, long durationUs, long dateMs, String map, boolean discontinuous, List<ListedPart> parts) {}

    public final String text;
    public final List<Listed> segments = new ArrayList<>();
    public final Map<String, String> control = new HashMap<>();
    public int version;
    public int targetSeconds;
    public long sequence;
    public long discontinuitySequence = -1;
    public long partTargetUs;
    public String hint = "";
    public String type = "";
    public boolean ended;
    public boolean independentSegments;
    /** How many segments a delta update leaves out. */
    public int skipped;

    private long dateMs;
    private long durationUs = -1;
    private String map = "";
    private boolean discontinuous;
    private List<ListedPart> parts = new ArrayList<>();

    public ParsedPlaylist(String text) {
        this.text = text;
        List<String> lines = text.lines().toList();
        assertEquals("#EXTM3U", lines.get(0));
        assertTrue(text.endsWith("\n"), "the last line has no end");
        for (String line : lines.subList(1, lines.size())) {
            assertFalse(ended, "behind EXT-X-ENDLIST: " + line);
            if (line.startsWith("#")) {
                String[] tag = line.split(":", 2);
                tag(tag[0], tag.length > 1 ? tag[1] : "");
            } else {
                uri(line);
            }
        }
        if (!parts.isEmpty()) {
            segments.add(new Listed("", 0, dateMs, map, discontinuous, parts));
        }
    }

    private void uri(String uri) {
        assertTrue(durationUs >= 0, "no EXTINF before " + uri);
        segments.add(new Listed(uri, durationUs, dateMs, map, discontinuous, parts));
        dateMs = 0;
        durationUs = -1;
        discontinuous = false;
        parts = new ArrayList<>();
    }

    private void tag(String name, String value) {
        switch (name) {
            case "#EXT-X-VERSION" -> version = Integer.parseInt(value);
            case "#EXT-X-TARGETDURATION" -> targetSeconds = Integer.parseInt(value);
            case "#EXT-X-MEDIA-SEQUENCE" -> {
                assertTrue(segments.isEmpty());
                sequence = Long.parseLong(value);
            }
            case "#EXT-X-DISCONTINUITY-SEQUENCE" -> {
                assertTrue(segments.isEmpty());
                discontinuitySequence = Long.parseLong(value);
            }
            case "#EXT-X-INDEPENDENT-SEGMENTS" -> independentSegments = true;
            case "#EXT-X-PLAYLIST-TYPE" -> type = value;
            case "#EXT-X-I-FRAMES-ONLY" -> assertTrue(segments.isEmpty());
            case "#EXT-X-SERVER-CONTROL" -> control.putAll(attributes(value));
            case "#EXT-X-PART-INF" -> partTargetUs = us(attributes(value).get("PART-TARGET"));
            case "#EXT-X-SKIP" -> {
                assertTrue(segments.isEmpty() && parts.isEmpty() && version >= 9, "EXT-X-SKIP comes first: " + text);
                skipped = Integer.parseInt(attributes(value).get("SKIPPED-SEGMENTS"));
            }
            case "#EXT-X-MAP" -> map = quoted(attributes(value).get("URI"));
            case "#EXT-X-PROGRAM-DATE-TIME" -> dateMs = Instant.parse(value).toEpochMilli();
            case "#EXT-X-DISCONTINUITY" -> discontinuous = true;
            case "#EXTINF" -> durationUs = us(value.substring(0, value.indexOf(',')));
            case "#EXT-X-PART" -> {
                Map<String, String> part = attributes(value);
                parts.add(new ListedPart(
                        quoted(part.get("URI")), us(part.get("DURATION")), "YES".equals(part.get("INDEPENDENT"))));
            }
            case "#EXT-X-PRELOAD-HINT" -> {
                assertEquals("", hint, "two hints");
                assertEquals("PART", attributes(value).get("TYPE"));
                hint = quoted(attributes(value).get("URI"));
            }
            case "#EXT-X-ENDLIST" -> ended = true;
            default -> fail("unknown: " + name);
        }
    }

    /** An attribute list (RFC 8216 section 4.2). */
    public static Map<String, String> attributes(String list) {
        Map<String, String> attributes = new HashMap<>();
        Matcher next = ATTRIBUTE.matcher(list);
        int at = 0;
        while (at < list.length()) {
            assertTrue(next.find(at) && next.start() == at, list);
            attributes.put(next.group(1), next.group(2));
            at = next.end();
        }
        return attributes;
    }

    public static String quoted(String value) {
        assertTrue(value != null && value.length() > 2 && value.startsWith("\"") && value.endsWith("\""), value);
        return value.substring(1, value.length() - 1);
    }

    public static long us(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1e6);
    }

    /** Those that are whole. */
    public List<Listed> whole() {
        return segments.stream().filter(segment -> !segment.uri().isEmpty()).toList();
    }

    /** All segments of a delta update, as a player has them that knows an earlier list. */
    public List<Listed> after(List<Listed> earlier, long earlierSequence) {
        List<Listed> all = new ArrayList<>();
        for (int i = 0; i < skipped; i++) {
            Listed known = earlier.get((int) (sequence + i - earlierSequence));
            // of those that are further back no parts are listed any more
            all.add(new Listed(
                    known.uri(), known.durationUs(), known.dateMs(), known.map(), known.discontinuous(), List.of()));
        }
        all.addAll(segments);
        return all;
    }

    /** How long the list is. */
    public long lengthUs() {
        return whole().stream().mapToLong(Listed::durationUs).sum();
    }

    /** All that a player may fetch. */
    public List<String> uris() {
        List<String> uris = new ArrayList<>();
        for (Listed segment : segments) {
            if (!segment.map().isEmpty() && !uris.contains(segment.map())) {
                uris.add(segment.map());
            }
            segment.parts().forEach(part -> uris.add(part.uri()));
            if (!segment.uri().isEmpty()) {
                uris.add(segment.uri());
            }
        }
        if (!hint.isEmpty()) {
            uris.add(hint);
        }
        return uris;
    }
}
