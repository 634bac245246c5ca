package org.reelcast.rtp.receive;

/**
 * One publisher's receive side.
 *
 * @param video           null when there is none
 * @param audio           null when there is none
 * @param ssrc            under which our reports go; random
 * @param cname           of our own, 1 to 64 bytes
 * @param reducedSize     whether feedback may go without a report around it (RFC 5506, a=rtcp-rsize)
 * @param startBitrateBps what REMB says first
 * @param maxBitrateBps   what REMB says at most; 0 when REMB was not negotiated
 */
public record RtpReceiverConfig(
        ReceiveTrackConfig video,
        ReceiveTrackConfig audio,
        int ssrc,
        String cname,
        boolean reducedSize,
        long startBitrateBps,
        long maxBitrateBps) {}
