package org.reelcast.rtp;

import org.reelcast.bitstream.BigEndian;

/**
 * Reads compound RTCP packets (RFC 3550 section 6.1), reduced-size ones too (RFC 5506). Never throws and never
 * allocates, whatever the bytes; packet types it does not know are skipped.
 */
public final class RtcpReader {
    public static final int SENDER_REPORT = 200;
    public static final int RECEIVER_REPORT = 201;
    public static final int SOURCE_DESCRIPTION = 202;
    public static final int GOODBYE = 203;
    public static final int TRANSPORT_FEEDBACK = 205;
    public static final int PAYLOAD_FEEDBACK = 206;
    static final int REPORT_BLOCK = 24;
    static final int NACK = 1;
    private static final int TRANSPORT_WIDE = 15;
    static final int PICTURE_LOSS = 1;
    private static final int FULL_INTRA = 4;
    static final int APPLICATION = 15;
    static final int REMB = 0x52454d42;

    private RtcpReader() {}

    /**
     * Gives {@code handler} what is in the packet.
     *
     * @return false when it is broken somewhere; what came before that place has been handled
     */
    public static boolean read(byte[] b, int offset, int length, RtcpHandler handler) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (end - at < 4 || (b[at] & 0xc0) != 0x80) {
                return false;
            }
            int size = 4 * (BigEndian.u16(b, at + 2) + 1);
            if (size > end - at) {
                return false;
            }
            int content = size;
            if ((b[at] & 0x20) != 0) {
                int padding = BigEndian.u8(b, at + size - 1);
                if (padding == 0 || padding > size - 4 || at + size != end) {
                    return false;
                }
                content -= padding;
            }
            if (!one(b, at, content, handler)) {
                return false;
            }
            at += size;
        }
        return length > 0;
    }

    private static boolean one(byte[] b, int at, int size, RtcpHandler handler) {
        int count = b[at] & 0x1f;
        return switch (BigEndian.u8(b, at + 1)) {
            case SENDER_REPORT -> senderReport(b, at, size, count, handler);
            case RECEIVER_REPORT -> size >= 8 && blocks(b, at, 8, size, count, handler);
            case GOODBYE -> goodbye(b, at, size, count, handler);
            case TRANSPORT_FEEDBACK -> size >= 12 && transportFeedback(b, at, size, count, handler);
            case PAYLOAD_FEEDBACK -> size >= 12 && payloadFeedback(b, at, size, count, handler);
            default -> true;
        };
    }

    private static boolean senderReport(byte[] b, int at, int size, int count, RtcpHandler handler) {
        if (size < 28) {
            return false;
        }
        handler.onSenderReport(
                BigEndian.i32(b, at + 4),
                BigEndian.i64(b, at + 8),
                BigEndian.i32(b, at + 16),
                BigEndian.u32(b, at + 20),
                BigEndian.u32(b, at + 24));
        return blocks(b, at, 28, size, count, handler);
    }

    private static boolean blocks(byte[] b, int at, int from, int size, int count, RtcpHandler handler) {
        if (from + count * REPORT_BLOCK > size) {
            return false;
        }
        int reporter = BigEndian.i32(b, at + 4);
        for (int i = 0; i < count; i++) {
            int block = at + from + i * REPORT_BLOCK;
            int lost = BigEndian.i32(b, block + 4);
            handler.onReportBlock(
                    reporter,
                    BigEndian.i32(b, block),
                    lost >>> 24,
                    lost << 8 >> 8,
                    BigEndian.i32(b, block + 8),
                    BigEndian.u32(b, block + 12),
                    BigEndian.i32(b, block + 16),
                    BigEndian.i32(b, block + 20));
        }
        return true;
    }

    private static boolean goodbye(byte[] b, int at, int size, int count, RtcpHandler handler) {
        if (4 + 4 * count > size) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            handler.onBye(BigEndian.i32(b, at + 4 + 4 * i));
        }
        return true;
    }

    private static boolean transportFeedback(byte[] b, int at, int size, int format, RtcpHandler handler) {
        if (format == NACK) {
            int ssrc = BigEndian.i32(b, at + 8);
            for (int i = 12; i + 4 <= size; i += 4) {
                handler.onNack(ssrc, BigEndian.u16(b, at + i), BigEndian.u16(b, at + i + 2));
            }
        } else if (format == TRANSPORT_WIDE) {
            handler.onTransportFeedback(b, at, size);
        }
        return true;
    }

    private static boolean payloadFeedback(byte[] b, int at, int size, int format, RtcpHandler handler) {
        if (format == PICTURE_LOSS) {
            handler.onPictureLoss(BigEndian.i32(b, at + 8));
        } else if (format == FULL_INTRA) {
            for (int i = 12; i + 8 <= size; i += 8) {
                handler.onFullIntraRequest(BigEndian.i32(b, at + i), BigEndian.u8(b, at + i + 4));
            }
        } else if (format == APPLICATION && size >= 20 && BigEndian.i32(b, at + 12) == REMB) {
            int exponent = BigEndian.u8(b, at + 17) >> 2;
            long mantissa = BigEndian.u24(b, at + 17) & 0x3ffff;
            // 18 bits shifted by up to 63: beyond what any link carries the estimate says "no limit"
            handler.onBitrateEstimate(exponent > 40 ? Long.MAX_VALUE : mantissa << exponent);
        }
        return true;
    }
}
