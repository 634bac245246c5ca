package org.reelcast.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.reelcast.bitstream.BigEndian;

/**
 * The RTP header of one SSRC (RFC 3550 section 5.1) with its header extensions in the one-byte form (RFC 8285 section
 * 4.2), laid out once; only what changes is written per packet.
 *
 * <p>All packets of a frame have headers of one length, also where only the last carries the orientation (3GPP TS
 * 26.114 section 7.4.5): the others are padded, so that a run of equal fragments stays one. A header is a function of
 * frame, packet and sequence number alone. A retransmission under the same sequence number is therefore the same
 * packet bit by bit, which AES-GCM asks for: its nonce is used again. An extension that differs from one sending to the
 * next (abs-send-time, transport-wide sequence number) may be added only where RTX has been negotiated.
 */
final class HeaderTemplate {
    private static final int FIXED = 12;
    private static final int EXTENSION_BIT = 0x10;
    private static final int PADDING_BIT = 0x20;
    private static final int MARKER_BIT = 0x80;
    private static final int ONE_BYTE_PROFILE = 0xbede;
    private static final int MAX_ELEMENT = 16;

    private final boolean padded;
    private final byte[] plain;
    private final byte[] oriented;
    private final int orientationAt;
    private final int orientationId;

    private HeaderTemplate(RtpTrackConfig config, int payloadType, int ssrc, boolean padded) {
        this.padded = padded;
        byte[] elements = midElement(config);
        plain = header(payloadType, ssrc, elements);
        orientationId = config.orientationId();
        orientationAt = FIXED + 4 + elements.length;
        oriented = orientationId == 0 ? plain : header(payloadType, ssrc, Arrays.copyOf(elements, elements.length + 2));
    }

    /** Headers of the frames' own packets, with their padding. */
    static HeaderTemplate media(RtpTrackConfig config) {
        return new HeaderTemplate(config, config.payloadType(), config.ssrc(), true);
    }

    /** Headers of retransmissions, without padding (RFC 4588 section 4); null where they are not agreed on. */
    static HeaderTemplate retransmission(RtpTrackConfig config) {
        return config.hasRtx() ? new HeaderTemplate(config, config.rtxPayloadType(), config.rtxSsrc(), false) : null;
    }

    /** Length in bytes of the header of each packet of {@code frame}. */
    int length(RtpFrame frame) {
        return carriesOrientation(frame) ? oriented.length : plain.length;
    }

    /** Writes the header of packet {@code packet} of {@code frame}, {@link #length} bytes. */
    void write(byte[] target, int at, RtpFrame frame, int packet, int sequence, int timestamp) {
        boolean orientation = carriesOrientation(frame);
        byte[] header = orientation ? oriented : plain;
        System.arraycopy(header, 0, target, at, header.length);
        if (frame.marker(packet)) {
            target[at + 1] |= (byte) MARKER_BIT;
        }
        if (padded && frame.padding(packet) > 0) {
            target[at] |= (byte) PADDING_BIT;
        }
        BigEndian.put16(target, at + 2, sequence);
        BigEndian.put32(target, at + 4, timestamp);
        if (orientation && packet == frame.packets() - 1) {
            target[at + orientationAt] = (byte) (orientationId << 4);
            target[at + orientationAt + 1] = (byte) frame.orientation();
        }
    }

    private boolean carriesOrientation(RtpFrame frame) {
        return orientationId != 0 && (frame.isKey() || frame.orientation() != 0);
    }

    /** A tag too long for the one-byte form is left out: receivers then go by SSRC and payload type. */
    private static byte[] midElement(RtpTrackConfig config) {
        byte[] mid = config.mid().getBytes(StandardCharsets.UTF_8);
        if (config.midId() == 0 || mid.length == 0 || mid.length > MAX_ELEMENT) {
            return new byte[0];
        }
        byte[] element = new byte[1 + mid.length];
        element[0] = (byte) (config.midId() << 4 | mid.length - 1);
        System.arraycopy(mid, 0, element, 1, mid.length);
        return element;
    }

    private static byte[] header(int payloadType, int ssrc, byte[] elements) {
        int words = (elements.length + 3) / 4;
        byte[] header = new byte[FIXED + (words == 0 ? 0 : 4 + 4 * words)];
        header[0] = (byte) 0x80;
        header[1] = (byte) payloadType;
        BigEndian.put32(header, 8, ssrc);
        if (words > 0) {
            header[0] |= EXTENSION_BIT;
            BigEndian.put16(header, FIXED, ONE_BYTE_PROFILE);
            BigEndian.put16(header, FIXED + 2, words);
            System.arraycopy(elements, 0, header, FIXED + 4, elements.length);
        }
        return header;
    }
}
