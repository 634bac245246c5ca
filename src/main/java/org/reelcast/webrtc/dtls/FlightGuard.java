package org.reelcast.webrtc.dtls;

import org.reelcast.bitstream.BigEndian;

/**
 * Keeps a client's ChangeCipherSpec from overtaking its CertificateVerify. Bouncy Castle switches keys at the former as
 * soon as it has the key exchange; when the latter was lost or swapped on the way, its repetition comes under the old
 * keys and is never looked at: the handshake hangs until it times out. What is held back here is sent again by the
 * client's own timer together with all of its flight (RFC 6347 section 4.2.4).
 */
final class FlightGuard {
    private static final int RECORD_HEADER = 13;
    private static final int MESSAGE_HEADER = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE_VERIFY = 15;

    private int verifiedTo;
    private boolean verified;

    /** @return how many of the datagram's bytes may be let through; whole records, from the first */
    int admit(byte[] b, int off, int length) {
        int at = 0;
        while (!verified && length - at >= RECORD_HEADER) {
            int type = b[off + at] & 0xFF;
            int epoch = BigEndian.u16(b, off + at + 3);
            if (type == CHANGE_CIPHER_SPEC || epoch > 0) {
                return at;
            }
            int content = BigEndian.u16(b, off + at + 11);
            int end = at + RECORD_HEADER + content;
            if (type == HANDSHAKE && end <= length) {
                messages(b, off + at + RECORD_HEADER, content);
            }
            at = end;
        }
        return length;
    }

    /** Looks through one record's handshake messages or fragments (RFC 6347 section 4.2.2). */
    private void messages(byte[] b, int off, int length) {
        int at = 0;
        while (length - at >= MESSAGE_HEADER) {
            int whole = BigEndian.u24(b, off + at + 1);
            int from = BigEndian.u24(b, off + at + 6);
            int size = BigEndian.u24(b, off + at + 9);
            if (b[off + at] == CERTIFICATE_VERIFY && from <= verifiedTo) {
                verifiedTo = Math.max(verifiedTo, from + size);
                verified |= verifiedTo >= whole;
            }
            at += MESSAGE_HEADER + size;
        }
    }
}
