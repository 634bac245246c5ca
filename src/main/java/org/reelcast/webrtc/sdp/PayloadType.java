package org.reelcast.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One RTP payload type of an offered section with all that the offer says of it.
 *
 * @param number    0 to 127; dynamic ones are not always 96 and above
 * @param encoding  the encoding's name as offered, for instance {@code H264}
 * @param rtpmap    the rtpmap's value after the payload type, for instance {@code opus/48000/2}
 * @param fmtp      the format parameters as offered, empty when there are none
 * @param feedback  the rtcp-fb values, for instance {@code nack pli} (RFC 4585 section 4.2)
 */
record PayloadType(int number, String encoding, String rtpmap, String fmtp, List<String> feedback) {

    /** The payload types of a section in the offerer's order; those without rtpmap are left out. */
    static List<PayloadType> of(MediaSection section) {
        List<String> rtpmaps = section.attributes().all("rtpmap");
        List<String> fmtps = section.attributes().all("fmtp");
        List<String> feedbacks = section.attributes().all("rtcp-fb");
        List<PayloadType> types = new ArrayList<>();
        for (String format : section.formats()) {
            int number = number(format);
            List<String> maps = valuesOf(rtpmaps, format, false);
            if (number < 0 || maps.isEmpty()) {
                continue;
            }
            String rtpmap = maps.get(0);
            int slash = rtpmap.indexOf('/');
            types.add(new PayloadType(number, slash < 0 ? rtpmap : rtpmap.substring(0, slash), rtpmap,
                    String.join(";", valuesOf(fmtps, format, false)), valuesOf(feedbacks, format, true)));
        }
        return types;
    }

    private static List<String> valuesOf(List<String> values, String format, boolean wildcard) {
        List<String> found = new ArrayList<>();
        for (String value : values) {
            int space = value.indexOf(' ');
            if (space > 0) {
                String key = value.substring(0, space);
                if (key.equals(format) || wildcard && key.equals("*")) {
                    found.add(value.substring(space + 1).strip());
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
        String[] parts = rtpmap.split("/");
        return parts.length > 1 && parts[1].equals(clockRate);
    }

    /** The value of a format parameter, null when it is not there; names compare without case. */
    String parameter(String name) {
        for (String parameter : fmtp.split(";")) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair[0].strip().toLowerCase(Locale.ROOT).equals(name)) {
                return pair.length == 2 ? pair[1].strip() : "";
            }
        }
        return null;
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
