package org.reelcast.rtp;

import java.nio.charset.StandardCharsets;
import org.reelcast.bitstream.BigEndian;

/** Lays out RTCP packets. Each method returns the offset behind what it wrote. */
public final class RtcpWriter {
    static final int SENDER_INFO = 28;
    private static final int VERSION = 0x80;
    private static final int CNAME = 1;

    private RtcpWriter() {}

    /** Sender report without report blocks (RFC 3550 section 6.4.1). */
    public static int senderReport(byte[] b, int at, int ssrc, long ntp, int timestamp, int packets, int octets) {
        header(b, at, 0, RtcpReader.SENDER_REPORT, SENDER_INFO);
        BigEndian.put32(b, at + 4, ssrc);
        BigEndian.put64(b, at + 8, ntp);
        BigEndian.put32(b, at + 16, timestamp);
        BigEndian.put32(b, at + 20, packets);
        BigEndian.put32(b, at + 24, octets);
        return at + SENDER_INFO;
    }

    /** Bytes that {@link #sourceDescription} takes. */
    public static int sourceDescriptionLength(byte[] cname) {
        return 8 + padded(2 + cname.length);
    }

    /**
     * Source description of one chunk with a CNAME (RFC 3550 section 6.5). The item list ends with at least one null
     * byte and the chunk on a 32-bit boundary; pion throws the whole compound away when it does not.
     */
    public static int sourceDescription(byte[] b, int at, int ssrc, byte[] cname) {
        int length = sourceDescriptionLength(cname);
        header(b, at, 1, RtcpReader.SOURCE_DESCRIPTION, length);
        BigEndian.put32(b, at + 4, ssrc);
        b[at + 8] = CNAME;
        b[at + 9] = (byte) cname.length;
        System.arraycopy(cname, 0, b, at + 10, cname.length);
        for (int i = at + 10 + cname.length; i < at + length; i++) {
            b[i] = 0;
        }
        return at + length;
    }

    /** Goodbye of one source without a reason (RFC 3550 section 6.6). */
    public static int goodbye(byte[] b, int at, int ssrc) {
        header(b, at, 1, RtcpReader.GOODBYE, 8);
        BigEndian.put32(b, at + 4, ssrc);
        return at + 8;
    }

    /** Bytes of a receiver report with {@code blocks} report blocks. */
    public static int receiverReportLength(int blocks) {
        return 8 + blocks * RtcpReader.REPORT_BLOCK;
    }

    /** The head of a receiver report; {@code blocks} report blocks are to follow (RFC 3550 section 6.4.2). */
    public static int receiverReport(byte[] b, int at, int ssrc, int blocks) {
        header(b, at, blocks, RtcpReader.RECEIVER_REPORT, receiverReportLength(blocks));
        BigEndian.put32(b, at + 4, ssrc);
        return at + 8;
    }

    /** A report block; see {@link RtcpHandler#onReportBlock}. */
    public static int reportBlock(
            byte[] b,
            int at,
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int highestSequence,
            int jitter,
            int lastReport,
            int delay) {
        BigEndian.put32(b, at, ssrc);
        BigEndian.put32(b, at + 4, fractionLost << 24 | cumulativeLost & 0xffffff);
        BigEndian.put32(b, at + 8, highestSequence);
        BigEndian.put32(b, at + 12, jitter);
        BigEndian.put32(b, at + 16, lastReport);
        BigEndian.put32(b, at + 20, delay);
        return at + RtcpReader.REPORT_BLOCK;
    }

    /** The head of a generic NACK; {@code entries} of four bytes are to follow (RFC 4585 section 6.2.1). */
    public static int nack(byte[] b, int at, int ssrc, int mediaSsrc, int entries) {
        header(b, at, RtcpReader.NACK, RtcpReader.TRANSPORT_FEEDBACK, 12 + 4 * entries);
        BigEndian.put32(b, at + 4, ssrc);
        BigEndian.put32(b, at + 8, mediaSsrc);
        return at + 12;
    }

    /** Picture loss indication (RFC 4585 section 6.3.1). */
    public static int pictureLoss(byte[] b, int at, int ssrc, int mediaSsrc) {
        header(b, at, RtcpReader.PICTURE_LOSS, RtcpReader.PAYLOAD_FEEDBACK, 12);
        BigEndian.put32(b, at + 4, ssrc);
        BigEndian.put32(b, at + 8, mediaSsrc);
        return at + 12;
    }

    /** Receiver estimated maximum bitrate for one source (draft-alvestrand-rmcat-remb-03 section 2.2). */
    public static int bitrateEstimate(byte[] b, int at, int ssrc, int mediaSsrc, long bitsPerSecond) {
        header(b, at, RtcpReader.APPLICATION, RtcpReader.PAYLOAD_FEEDBACK, 24);
        BigEndian.put32(b, at + 4, ssrc);
        BigEndian.put32(b, at + 8, 0);
        BigEndian.put32(b, at + 12, RtcpReader.REMB);
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        BigEndian.put32(b, at + 16, 1 << 24 | exponent << 18 | (int) (bitsPerSecond >> exponent));
        BigEndian.put32(b, at + 20, mediaSsrc);
        return at + 24;
    }

    /** The first four bytes of a packet of {@code length} bytes, a multiple of 4. */
    static void header(byte[] b, int at, int count, int type, int length) {
        b[at] = (byte) (VERSION | count);
        b[at + 1] = (byte) type;
        BigEndian.put16(b, at + 2, length / 4 - 1);
    }

    /** A canonical name as an SDES item holds it (RFC 3550 section 6.5.1). */
    public static byte[] cnameBytes(String cname) {
        return cname.getBytes(StandardCharsets.UTF_8);
    }

    /** With the null byte that ends the list, up to the next 32-bit boundary. */
    private static int padded(int items) {
        return (items / 4 + 1) * 4;
    }
}
