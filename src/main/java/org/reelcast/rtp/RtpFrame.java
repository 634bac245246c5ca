package org.reelcast.rtp;

import java.util.Arrays;
import java.util.List;
import org.reelcast.media.Frame;

/**
 * A frame cut into RTP payloads, once for all viewers. Immutable, shared between loops; it refers to the frame's bytes
 * and holds only what a payload format adds in front of them.
 *
 * <p>A payload is a head (nothing, an FU-A header or a whole STAP-A), then a run of one of the frame's slices, then
 * maybe RTP padding (RFC 3550 section 5.1).
 */
public final class RtpFrame {
    private static final int HEAD_AT = 0;
    private static final int HEAD_LENGTH = 1;
    private static final int ARRAY = 2;
    private static final int BODY_AT = 3;
    private static final int BODY_LENGTH = 4;
    private static final int PADDING = 5;
    private static final int FIELDS = 6;

    private final Frame frame;
    private final boolean marked;
    private final int orientation;
    private final byte[] heads;
    private final int[] layout;
    private final int packets;
    private final int bytes;
    private final boolean disposable;
    /** See {@code OpusPacketizer.singles}; null until somebody wants them. */
    private volatile List<RtpFrame> singles;

    private RtpFrame(Builder builder, boolean marked) {
        this.frame = builder.frame;
        this.marked = marked;
        this.orientation = frame.format().rotation() / 90 & 3;
        this.heads = Arrays.copyOf(builder.heads, builder.headBytes);
        this.layout = Arrays.copyOf(builder.layout, builder.packets * FIELDS);
        this.packets = builder.packets;
        this.bytes = builder.bytes;
        this.disposable = builder.disposable && !frame.isKey();
    }

    /** What was cut up. */
    public Frame frame() {
        return frame;
    }

    public boolean isVideo() {
        return frame.isVideo();
    }

    public boolean isKey() {
        return frame.isKey();
    }

    /** Whether no other frame needs this one to be decoded; never true of sound. */
    public boolean isDisposable() {
        return disposable;
    }

    List<RtpFrame> singles() {
        return singles;
    }

    void keepSingles(List<RtpFrame> frames) {
        singles = frames;
    }

    /** Number of RTP packets; 0 when the frame holds nothing that may be sent. */
    public int packets() {
        return packets;
    }

    /** Payload bytes of all packets, padding not counted. */
    public int bytes() {
        return bytes;
    }

    /** Bytes of the payload of packet {@code packet}, without its padding. */
    public int payloadLength(int packet) {
        int at = packet * FIELDS;
        return layout[at + HEAD_LENGTH] + layout[at + BODY_LENGTH];
    }

    /** Bytes of padding behind the payload of packet {@code packet}, 0 to 255. */
    int padding(int packet) {
        return layout[packet * FIELDS + PADDING];
    }

    /** Writes the padding of packet {@code packet}: zeros, and their number as the last byte. */
    void writePadding(int packet, byte[] target, int offset) {
        int padding = padding(packet);
        if (padding > 0) {
            Arrays.fill(target, offset, offset + padding - 1, (byte) 0);
            target[offset + padding - 1] = (byte) padding;
        }
    }

    /** Writes the payload of packet {@code packet} to {@code target} from {@code offset}. */
    public void copyPayload(int packet, byte[] target, int offset) {
        int at = packet * FIELDS;
        int headLength = layout[at + HEAD_LENGTH];
        if (headLength == 2) {
            int headAt = layout[at + HEAD_AT];
            target[offset] = heads[headAt];
            target[offset + 1] = heads[headAt + 1];
        } else if (headLength > 0) {
            System.arraycopy(heads, layout[at + HEAD_AT], target, offset, headLength);
        }
        int bodyLength = layout[at + BODY_LENGTH];
        if (bodyLength > 0) {
            System.arraycopy(
                    frame.slice(layout[at + ARRAY]).array(),
                    layout[at + BODY_AT],
                    target,
                    offset + headLength,
                    bodyLength);
        }
    }

    /** The marker bit of packet {@code packet} (RFC 3550 section 5.1, meaning given by the payload format). */
    boolean marker(int packet) {
        return marked && packet == packets - 1;
    }

    /** Quarter turns clockwise that bring the picture upright: CVO's R1 R0 (3GPP TS 26.114 section 7.4.5). */
    int orientation() {
        return orientation;
    }

    /** Collects payloads in the order in which they are sent. */
    static final class Builder {
        private final Frame frame;
        private byte[] heads;
        private int headBytes;
        private int[] layout;
        private int packets;
        private int bytes;
        private boolean disposable;

        Builder(Frame frame, int expectedPackets) {
            this.frame = frame;
            this.heads = new byte[expectedPackets * 2];
            this.layout = new int[expectedPackets * FIELDS];
        }

        /** Adds bytes to the head of the packet that the next {@link #packet} ends. */
        void head(int value) {
            roomForHead(1);
            heads[headBytes++] = (byte) value;
        }

        void head(byte[] array, int offset, int length) {
            roomForHead(length);
            System.arraycopy(array, offset, heads, headBytes, length);
            headBytes += length;
        }

        /** Ends a packet: its head is the last {@code headLength} bytes added, its body is part of a slice. */
        void packet(int headLength, int slice, int offset, int length) {
            packet(headLength, slice, offset, length, 0);
        }

        /** The same with padding behind it. */
        void packet(int headLength, int slice, int offset, int length, int padding) {
            int at = packets * FIELDS;
            if (at == layout.length) {
                layout = Arrays.copyOf(layout, Math.max(FIELDS * 4, at * 2));
            }
            layout[at + HEAD_AT] = headBytes - headLength;
            layout[at + HEAD_LENGTH] = headLength;
            layout[at + ARRAY] = slice;
            layout[at + BODY_AT] = length > 0 ? frame.slice(slice).offset() + offset : 0;
            layout[at + BODY_LENGTH] = length;
            layout[at + PADDING] = padding;
            bytes += headLength + length;
            packets++;
        }

        /** No other frame needs this one. */
        void disposable() {
            disposable = true;
        }

        /** @param marked whether the last packet carries the marker bit */
        RtpFrame build(boolean marked) {
            return new RtpFrame(this, marked);
        }

        private void roomForHead(int length) {
            if (headBytes + length > heads.length) {
                heads = Arrays.copyOf(heads, Math.max(headBytes + length, heads.length * 2));
            }
        }
    }
}
