package org.reelcast.webrtc.srtp;

/**
 * Encrypts and authenticates single packets in place under the session keys of one direction, and knows nothing of
 * roll-over or replay: that is {@link SrtpSender}'s and {@link SrtpReceiver}'s. One thread at a time.
 *
 * <p>{@code clear} is the number of leading bytes that are authenticated but not encrypted: the RTP header with its
 * extension, or the first 8 bytes of RTCP. All answer the new length or a {@link SrtpStatus}.
 */
abstract class PacketCipher {
    /** The E flag before the SRTCP index: the packet is encrypted (RFC 3711 section 3.4). */
    static final int E_FLAG = 0x8000_0000;
    /** Bytes of an RTCP compound that stay clear: header and sender's SSRC (RFC 3711 section 3.4). */
    static final int RTCP_CLEAR = 8;

    /** @param roc the roll-over counter: how often {@code seq} has wrapped (RFC 3711 section 3.3.1) */
    abstract int protectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq);

    abstract int unprotectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq);

    /** @param index 31 bits */
    abstract int protectRtcp(byte[] b, int off, int length, int ssrc, int index);

    /** The caller has read {@link #rtcpTrailer} and found the E flag set. */
    abstract int unprotectRtcp(byte[] b, int off, int length, int ssrc, int index);

    /** The word of E flag and index in a protected RTCP packet that is long enough to have one. */
    abstract int rtcpTrailer(byte[] b, int off, int length);
}
