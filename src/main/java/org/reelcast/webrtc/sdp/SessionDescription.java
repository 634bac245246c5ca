package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.refusal.Refusal;

/**
 * An offer taken apart: session attributes and media sections (RFC 8866). Lenient about line ends, blanks and unknown
 * lines; strict about sizes and about media lines, because the answer must mirror those.
 */
public final class SessionDescription {
    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_LINES = 4000;
    private static final int MAX_SECTIONS = 32;

    private final Attributes session = new Attributes();
    private final List<MediaSection> sections = new ArrayList<>();

    private SessionDescription() {
    }

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
                current.add(Attribute.of(line.substring(2)));
            }
        }
        if (description.sections.isEmpty()) {
            throw Refusals.bad("The offer has no media section");
        }
        return description;
    }

    private static MediaSection section(String line, Attributes attributes) throws Refusal {
        String[] fields = line.strip().split(" +");
        if (fields.length < 4) {
            throw Refusals.bad("Not a media line: m=" + line);
        }
        return new MediaSection(fields[0], port(fields[1]), fields[2],
                List.copyOf(Arrays.asList(fields).subList(3, fields.length)), attributes);
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

    /** The mids of the group that bundles {@code mid} (RFC 8843 section 5); only {@code mid} when none does. */
    List<String> bundleOf(String mid) {
        for (String group : session.all("group")) {
            List<String> tokens = Arrays.asList(group.split(" +", -1));
            if (tokens.get(0).equals("BUNDLE") && tokens.subList(1, tokens.size()).contains(mid)) {
                return tokens.subList(1, tokens.size());
            }
        }
        return mid == null ? List.of() : List.of(mid);
    }
}
