package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.reelcast.refusal.Refusal;

/**
 * An offer taken apart: session attributes and media sections (RFC 8866). Lenient about line ends, blanks and unknown
 * lines; strict about sizes and about media lines, because the answer must mirror those. Whoever reads further looks
 * at each line a fixed number of times, so that time and memory grow with the offer's length and no faster.
 */
public final class SessionDescription {
    /** Browsers' offers have 5 to 15 KB. */
    private static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_LINES = 4000;
    private static final int MAX_SECTIONS = 32;
    /** Payload types have seven bits (RFC 3550 section 5.1). */
    private static final int MAX_FORMATS = 128;
    /** Type, port and protocol. */
    private static final int BEFORE_FORMATS = 3;

    private final Attributes session = new Attributes();
    private final List<MediaSection> sections = new ArrayList<>();
    /** The mids of sections that are bundled, a set for each bundle. */
    private final List<Set<String>> bundles = new ArrayList<>();

    private SessionDescription() {}

    static SessionDescription parse(String sdp) throws Refusal {
        if (sdp == null || sdp.isBlank()) {
            throw Refusals.bad("The offer is empty");
        }
        if (sdp.length() > MAX_LENGTH) {
            throw Refusals.bad("The offer is longer than " + MAX_LENGTH + " characters");
        }
        SessionDescription description = new SessionDescription();
        Attributes current = description.session;
        int lines = 0;
        int at = 0;
        while (at < sdp.length()) {
            int end = sdp.indexOf('\n', at);
            end = end < 0 ? sdp.length() : end;
            String line = sdp.substring(at, end).stripTrailing();
            at = end + 1;
            if (++lines > MAX_LINES || line.length() > MAX_LINE) {
                throw Refusals.bad("The offer has too many or too long lines");
            }
            if (lines == 1 && !line.equals("v=0")) {
                throw Refusals.bad("The offer does not start with v=0");
            }
            if (line.startsWith("m=")) {
                current = new Attributes();
                description.sections.add(section(line.substring(2), current));
                if (description.sections.size() > MAX_SECTIONS) {
                    throw Refusals.bad("The offer has more than " + MAX_SECTIONS + " media sections");
                }
            } else if (line.startsWith("a=")) {
                current.add(line.substring(2));
            }
        }
        if (description.sections.isEmpty()) {
            throw Refusals.bad("The offer has no media section");
        }
        description.readBundles();
        return description;
    }

    private static MediaSection section(String line, Attributes attributes) throws Refusal {
        String[] fields = line.strip().split(" +", BEFORE_FORMATS + MAX_FORMATS + 1);
        if (fields.length <= BEFORE_FORMATS) {
            throw Refusals.bad("Not a media line: m=" + line);
        }
        if (fields.length > BEFORE_FORMATS + MAX_FORMATS) {
            throw Refusals.bad("The offer has a media section with more than " + MAX_FORMATS + " formats");
        }
        return new MediaSection(
                fields[0],
                port(fields[1]),
                fields[2],
                Arrays.stream(fields).skip(BEFORE_FORMATS).distinct().toList(),
                attributes);
    }

    private static int port(String field) throws Refusal {
        int slash = field.indexOf('/');
        String digits = slash < 0 ? field : field.substring(0, slash);
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 0xFFFF) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw Refusals.bad("Not a port: " + field);
        }
        throw Refusals.bad("Not a port: " + field);
    }

    List<MediaSection> sections() {
        return sections;
    }

    Attributes session() {
        return session;
    }

    /** A section's attribute or, where the section has none, the session's (as Firefox writes fingerprints). */
    String inherited(MediaSection section, String name) {
        String own = section.attributes().first(name);
        return own != null ? own : session.first(name);
    }

    /** RFC 8843 section 5. */
    private void readBundles() {
        Set<String> mids = new LinkedHashSet<>();
        for (MediaSection section : sections) {
            mids.add(section.mid());
        }
        for (String group : session.all("group")) {
            StringTokenizer tokens = new StringTokenizer(group, " ");
            if (tokens.hasMoreTokens() && tokens.nextToken().equals("BUNDLE")) {
                Set<String> bundle = new LinkedHashSet<>();
                while (tokens.hasMoreTokens()) {
                    String mid = tokens.nextToken();
                    if (mids.contains(mid)) {
                        bundle.add(mid);
                    }
                }
                bundles.add(bundle);
            }
        }
    }

    /** Whether one group bundles the sections of these mids. */
    boolean areBundled(String mid, String other) {
        if (mid == null || other == null) {
            return false;
        }
        for (Set<String> bundle : bundles) {
            if (bundle.contains(mid)) {
                return bundle.contains(other);
            }
        }
        return mid.equals(other);
    }
}
