package org.reelcast.webrtc.sdp;

/**
 * One {@code a=} line (RFC 8866 section 5.13).
 *
 * @param name  before the colon, as it was written
 * @param value after the colon without blanks at its end; empty for a property attribute
 */
record Attribute(String name, String value) {

    static Attribute of(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new Attribute(text.strip(), "")
                : new Attribute(text.substring(0, colon), text.substring(colon + 1).strip());
    }
}
