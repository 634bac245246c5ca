package org.reelcast.rtp.receive;

import org.reelcast.bitstream.BigEndian;

/**
 * An RTP packet read where it lies (RFC 3550 section 5.1, header extensions by RFC 8285). One instance is used again
 * and again; what it gives holds until the next {@link #read}.
 */
public final class RtpPacket {
    private static final int FIXED = 12;
    private static final int ONE_BYTE = 0xbede;
    private static final int TWO_BYTES = 0x1000;

    private byte[] array;
    private int offset;
    private int extensionsAt;
    private int extensionsLength;
    private int extensionsProfile;
    private int payloadAt;
    private int payloadLength;
    private int foundLength;

    /** Returns false when these bytes are no RTP packet; the accessors are then of no use. */
    public boolean read(byte[] b, int off, int length) {
        array = b;
        offset = off;
        extensionsLength = 0;
        if (length < FIXED || (b[off] & 0xc0) != 0x80) {
            return false;
        }
        int end = off + length;
        int at = off + FIXED + 4 * (b[off] & 0x0f);
        if ((b[off] & 0x10) != 0) {
            if (at + 4 > end) {
                return false;
            }
            extensionsProfile = BigEndian.u16(b, at);
            extensionsLength = 4 * BigEndian.u16(b, at + 2);
            extensionsAt = at + 4;
            at = extensionsAt + extensionsLength;
        }
        if (at > end) {
            return false;
        }
        if ((b[off] & 0x20) != 0) {
            int padding = BigEndian.u8(b, end - 1);
            if (padding == 0 || padding > end - at) {
                return false;
            }
            end -= padding;
        }
        payloadAt = at;
        payloadLength = end - at;
        return true;
    }

    public byte[] array() {
        return array;
    }

    public boolean marker() {
        return (array[offset + 1] & 0x80) != 0;
    }

    public int payloadType() {
        return array[offset + 1] & 0x7f;
    }

    /** 16 bits. */
    public int sequence() {
        return BigEndian.u16(array, offset + 2);
    }

    /** 32 bits, in units of the payload's clock rate. */
    public int timestamp() {
        return BigEndian.i32(array, offset + 4);
    }

    public int ssrc() {
        return BigEndian.i32(array, offset + 8);
    }

    /** Offset in {@link #array}. */
    public int payloadAt() {
        return payloadAt;
    }

    /** Without padding; 0 in packets that probe the path. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Where in {@link #array} the header extension {@code id} has its data, -1 when it is not there. */
    public int extension(int id) {
        int end = extensionsAt + extensionsLength;
        if (id == 0 || extensionsLength == 0) {
            return -1;
        }
        if (extensionsProfile == ONE_BYTE) {
            return oneByte(id, end);
        }
        return (extensionsProfile & 0xfff0) == TWO_BYTES ? twoBytes(id, end) : -1;
    }

    /** Length of the data that {@link #extension} found last. */
    public int extensionLength() {
        return foundLength;
    }

    private int oneByte(int id, int end) {
        for (int at = extensionsAt; at < end; ) {
            int element = array[at] >> 4 & 0x0f;
            int length = (array[at] & 0x0f) + 1;
            if (array[at] == 0) {
                at++;
            } else if (element == 15 || at + 1 + length > end) {
                return -1;
            } else if (element == id) {
                foundLength = length;
                return at + 1;
            } else {
                at += 1 + length;
            }
        }
        return -1;
    }

    private int twoBytes(int id, int end) {
        for (int at = extensionsAt; at < end; ) {
            if (array[at] == 0) {
                at++;
                continue;
            }
            if (at + 2 > end || at + 2 + BigEndian.u8(array, at + 1) > end) {
                return -1;
            }
            int length = BigEndian.u8(array, at + 1);
            if (BigEndian.u8(array, at) == id) {
                foundLength = length;
                return at + 2;
            }
            at += 2 + length;
        }
        return -1;
    }
}
