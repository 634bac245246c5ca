package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One RTP payload type of an offered section with what the offer says of it and somebody here asks for.
 *
 * @param number     0 to 127; dynamic ones are not always 96 and above
 * @param encoding   the encoding's name as offered, for instance {@code H264}
 * @param rtpmap     the rtpmap's value after the payload type, for instance {@code opus/48000/2}
 * @param parameters the format parameters (fmtp), names in lower case; empty when there are none
 * @param feedback   those of the rtcp-fb values (RFC 4585 section 4.2) that are known here
 */
record PayloadType(int number, String encoding, String rtpmap, Map<String, String> parameters, Set<String> feedback) {
    static final String NACK = "nack";
    static final String PLI = "nack pli";
    static final String FIR = "ccm fir";
    static final String REMB = "goog-remb";

    private static final Set<String> FEEDBACK = Set.of(NACK, PLI, FIR, REMB);
    private static final String ALL_FORMATS = "*";
    /** Codecs define a dozen or so; further ones are not looked at. */
    private static final int MAX_PARAMETERS = 64;

    /**
     * The payload types of a section in the offerer's order; those without rtpmap are left out. Each line is read once,
     * whatever the number of formats.
     */
    static List<PayloadType> of(MediaSection section) {
        Map<String, List<String>> rtpmaps = byFormat(section.attributes().all("rtpmap"));
        Map<String, List<String>> fmtps = byFormat(section.attributes().all("fmtp"));
        Map<String, List<String>> feedbacks = byFormat(section.attributes().all("rtcp-fb"));
        Set<String> common = known(feedbacks, ALL_FORMATS, Set.of());
        List<PayloadType> types = new ArrayList<>();
        for (String format : section.formats()) {
            int number = number(format);
            List<String> maps = rtpmaps.get(format);
            if (number >= 0 && maps != null) {
                String rtpmap = maps.get(0);
                int slash = rtpmap.indexOf('/');
                types.add(new PayloadType(
                        number,
                        slash < 0 ? rtpmap : rtpmap.substring(0, slash),
                        rtpmap,
                        parameters(fmtps.getOrDefault(format, List.of())),
                        known(feedbacks, format, common)));
            }
        }
        return types;
    }

    private static Map<String, List<String>> byFormat(List<String> values) {
        Map<String, List<String>> found = new HashMap<>();
        for (String value : values) {
            int space = value.indexOf(' ');
            if (space > 0) {
                found.computeIfAbsent(value.substring(0, space), format -> new ArrayList<>(1))
                        .add(value.substring(space + 1).strip());
            }
        }
        return found;
    }

    private static Set<String> known(Map<String, List<String>> feedbacks, String format, Set<String> common) {
        Set<String> found = new HashSet<>(common);
        found.addAll(feedbacks.getOrDefault(format, List.of()));
        found.retainAll(FEEDBACK);
        return found;
    }

    private static Map<String, String> parameters(List<String> fmtps) {
        Map<String, String> found = new HashMap<>();
        int read = 0;
        for (String fmtp : fmtps) {
            for (String parameter : fmtp.split(";", MAX_PARAMETERS + 1)) {
                if (read++ == MAX_PARAMETERS) {
                    return found;
                }
                String[] pair = parameter.strip().split("=", 2);
                if (!pair[0].isBlank()) {
                    found.putIfAbsent(
                            pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
                }
            }
        }
        return found;
    }

    private static int number(String format) {
        try {
            int number = Integer.parseInt(format);
            return number >= 0 && number <= 127 ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    boolean isEncoding(String name) {
        return encoding.equalsIgnoreCase(name);
    }

    boolean isRate(String clockRate) {
        String[] parts = rtpmap.split("/", 3);
        return parts.length > 1 && parts[1].equals(clockRate);
    }

    /** The value of a format parameter, null when it is not there; names compare without case. */
    String parameter(String name) {
        return parameters.get(name);
    }

    /** Of H.264; absent means 0 (RFC 6184 section 8.1). */
    String packetizationMode() {
        String offered = parameter("packetization-mode");
        return offered == null ? "0" : offered;
    }

    /** The payload type that carries retransmissions of this one (RFC 4588 section 8.1), null when not offered. */
    PayloadType retransmission(List<PayloadType> types) {
        for (PayloadType type : types) {
            if (type.isEncoding("rtx") && String.valueOf(number).equals(type.parameter("apt"))) {
                return type;
            }
        }
        return null;
    }
}
