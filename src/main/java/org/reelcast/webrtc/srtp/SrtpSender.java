package org.reelcast.webrtc.srtp;

import org.reelcast.bitstream.BigEndian;

/**
 * Protects what one peer sends (RFC 3711, RFC 7714), in place. One thread at a time. A packet that is sent again under
 * its old sequence number must be the same to the byte: with another content its nonce would be used twice.
 */
public final class SrtpSender {
    private final PacketCipher cipher;
    private final ReplayState state = new ReplayState();
    private int rtcpIndex;

    public SrtpSender(SrtpKeys keys) {
        cipher = PacketCiphers.of(keys);
    }

    /**
     * @param b the packet at {@code off}, with room behind for {@link SrtpProfile#rtpOverhead()}
     * @return the protected packet's length, or a {@link SrtpStatus}
     */
    public int protectRtp(byte[] b, int off, int length) {
        int clear = RtpHeader.length(b, off, length);
        if (clear < 0) {
            return clear;
        }
        int seq = RtpHeader.sequence(b, off);
        int ssrc = RtpHeader.ssrc(b, off);
        int at = state.findOrAddSent(ssrc, seq);
        if (at < 0) {
            return at;
        }
        long index = ReplayState.estimate(state.highest(at), seq);
        if (index >>> 48 != 0) {
            return index < 0 ? SrtpStatus.INVALID : SrtpStatus.KEY_EXPIRED;
        }
        state.raise(at, index);
        return cipher.protectRtp(b, off, clear, length, ssrc, (int) (index >>> 16), seq);
    }

    /**
     * @param b the compound at {@code off}, with room behind for {@link SrtpProfile#rtcpOverhead()}
     * @return the protected compound's length, or a {@link SrtpStatus}
     */
    public int protectRtcp(byte[] b, int off, int length) {
        if (length < PacketCipher.RTCP_CLEAR) {
            return SrtpStatus.INVALID;
        }
        if (rtcpIndex == Integer.MAX_VALUE) {
            return SrtpStatus.KEY_EXPIRED;
        }
        return cipher.protectRtcp(b, off, length, BigEndian.i32(b, off + 4), rtcpIndex++);
    }
}
