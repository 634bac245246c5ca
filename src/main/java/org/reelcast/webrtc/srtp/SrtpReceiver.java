package org.reelcast.webrtc.srtp;

import org.reelcast.bitstream.BigEndian;

/** Takes the protection off what one peer sent (RFC 3711, RFC 7714), in place. One thread at a time. */
public final class SrtpReceiver {
    private final SrtpProfile profile;
    private final PacketCipher cipher;
    private final ReplayState rtp = new ReplayState();
    private final ReplayState rtcp = new ReplayState();

    public SrtpReceiver(SrtpKeys keys) {
        profile = keys.profile();
        cipher = PacketCiphers.of(keys);
    }

    /** @return the plain packet's length, or a {@link SrtpStatus}; then the packet's bytes may have changed */
    public int unprotectRtp(byte[] b, int off, int length) {
        int clear = RtpHeader.length(b, off, length);
        if (clear < 0) {
            return clear;
        }
        int seq = RtpHeader.sequence(b, off);
        int ssrc = RtpHeader.ssrc(b, off);
        int at = rtp.find(ssrc);
        long index = at < 0 ? seq : ReplayState.estimate(rtp.highest(at), seq);
        int refused = at < 0 ? 0 : rtp.check(at, index);
        if (refused != 0) {
            return refused;
        }
        int plain = cipher.unprotectRtp(b, off, clear, length, ssrc, (int) (index >>> 16), seq);
        return plain < 0 ? plain : accept(rtp, at, ssrc, index, plain);
    }

    /** @return the plain compound's length, or a {@link SrtpStatus}; then the packet's bytes may have changed */
    public int unprotectRtcp(byte[] b, int off, int length) {
        if (length < PacketCipher.RTCP_CLEAR + profile.rtcpOverhead()) {
            return SrtpStatus.INVALID;
        }
        int trailer = cipher.rtcpTrailer(b, off, length);
        if ((trailer & PacketCipher.E_FLAG) == 0) {
            return SrtpStatus.INVALID;
        }
        int index = trailer & ~PacketCipher.E_FLAG;
        int ssrc = BigEndian.i32(b, off + 4);
        int at = rtcp.find(ssrc);
        int refused = at < 0 ? 0 : rtcp.check(at, index);
        if (refused != 0) {
            return refused;
        }
        int plain = cipher.unprotectRtcp(b, off, length, ssrc, index);
        return plain < 0 ? plain : accept(rtcp, at, ssrc, index, plain);
    }

    /** A source is remembered only once a packet of it was authentic. */
    private static int accept(ReplayState state, int known, int ssrc, long index, int plain) {
        state.accept(known >= 0 ? known : state.addReceived(ssrc, index), index);
        return plain;
    }
}
