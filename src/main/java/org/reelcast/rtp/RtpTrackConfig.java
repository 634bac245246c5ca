package org.reelcast.rtp;

import org.reelcast.media.Codec;

/**
 * How one track goes to one viewer, as negotiated by SDP.
 *
 * @param codec            what its frames are
 * @param payloadType      0 to 127
 * @param ssrc             synchronisation source; random
 * @param rtxPayloadType   payload type of RTX (RFC 4588), {@link #NONE} when it was not negotiated
 * @param rtxSsrc          synchronisation source of RTX; unused without it
 * @param mid              the m-line's identification tag, empty when unknown
 * @param midId            header extension id of sdes:mid (RFC 8843 section 15), 1 to 14, 0 when it was not negotiated
 * @param orientationId    header extension id of 3GPP video orientation, 1 to 14, 0 when it was not negotiated
 * @param nack             whether lost packets are sent again (RFC 4585)
 * @param firstSequence    first RTP sequence number; random, best below 32768 so that the SRTP rollover counter of a
 *                         receiver that missed the first packets is not in doubt (RFC 3711 section 3.3.1)
 * @param rtxFirstSequence the same for RTX
 * @param timestampBase    RTP timestamp at time 0; random
 */
public record RtpTrackConfig(
        Codec codec,
        int payloadType,
        int ssrc,
        int rtxPayloadType,
        int rtxSsrc,
        String mid,
        int midId,
        int orientationId,
        boolean nack,
        int firstSequence,
        int rtxFirstSequence,
        int timestampBase) {
    /** No such payload type. */
    public static final int NONE = -1;

    public RtpTrackConfig {
        if (codec.clockRate() == 0) {
            throw new IllegalArgumentException(codec + " is not sent over RTP");
        }
        if (payloadType < 0 || payloadType > 127 || rtxPayloadType < NONE || rtxPayloadType > 127) {
            throw new IllegalArgumentException(
                    "RTP payload types are 0 to 127, not " + payloadType + ", " + rtxPayloadType);
        }
        if (midId < 0 || midId > 14 || orientationId < 0 || orientationId > 14) {
            throw new IllegalArgumentException(
                    "One-byte header extension ids are 1 to 14, not " + midId + ", " + orientationId);
        }
    }

    /** A track without RTX, NACK and header extensions; the with-methods add them. */
    public static RtpTrackConfig of(Codec codec, int payloadType, int ssrc, int firstSequence, int timestampBase) {
        return new RtpTrackConfig(
                codec, payloadType, ssrc, NONE, 0, "", 0, 0, false, firstSequence & 0xffff, 0, timestampBase);
    }

    /** The same with packets sent again on request (RFC 4585). */
    public RtpTrackConfig withNack() {
        return new RtpTrackConfig(
                codec,
                payloadType,
                ssrc,
                rtxPayloadType,
                rtxSsrc,
                mid,
                midId,
                orientationId,
                true,
                firstSequence,
                rtxFirstSequence,
                timestampBase);
    }

    /** RTX is of use with NACK only. */
    public RtpTrackConfig withRtx(int rtxPayloadType, int rtxSsrc, int rtxFirstSequence) {
        return new RtpTrackConfig(
                codec,
                payloadType,
                ssrc,
                rtxPayloadType,
                rtxSsrc,
                mid,
                midId,
                orientationId,
                nack,
                firstSequence,
                rtxFirstSequence & 0xffff,
                timestampBase);
    }

    /** The same with sdes:mid in each packet (RFC 8843 section 15). */
    public RtpTrackConfig withMid(String mid, int midId) {
        return new RtpTrackConfig(
                codec,
                payloadType,
                ssrc,
                rtxPayloadType,
                rtxSsrc,
                mid,
                midId,
                orientationId,
                nack,
                firstSequence,
                rtxFirstSequence,
                timestampBase);
    }

    /** The same with the video orientation of 3GPP TS 26.114. */
    public RtpTrackConfig withOrientation(int orientationId) {
        return new RtpTrackConfig(
                codec,
                payloadType,
                ssrc,
                rtxPayloadType,
                rtxSsrc,
                mid,
                midId,
                orientationId,
                nack,
                firstSequence,
                rtxFirstSequence,
                timestampBase);
    }

    public boolean hasRtx() {
        return rtxPayloadType != NONE;
    }
}
