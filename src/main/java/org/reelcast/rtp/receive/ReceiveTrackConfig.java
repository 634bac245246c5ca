package org.reelcast.rtp.receive;

import org.reelcast.media.Codec;

/**
 * How one track comes from a publisher, as negotiated by SDP. Packets are told apart by their payload types; the
 * sources behind them are learned.
 *
 * @param codec          what it carries
 * @param payloadTypes   of the codec, several when several forms of it were answered
 * @param rtxPayloadType of RTX (RFC 4588), {@link org.reelcast.rtp.RtpTrackConfig#NONE} without
 * @param orientationId  header extension id of 3GPP video orientation, 0 without
 * @param sendTimeId     header extension id of abs-send-time, 0 without
 * @param nack           whether lost packets are asked for
 * @param maxWaitUs      how long what came waits for what is missing
 */
public record ReceiveTrackConfig(
        Codec codec,
        int[] payloadTypes,
        int rtxPayloadType,
        int orientationId,
        int sendTimeId,
        boolean nack,
        long maxWaitUs) {

    public ReceiveTrackConfig {
        if (codec.clockRate() == 0) {
            throw new IllegalArgumentException(codec + " is not received over RTP");
        }
    }

    boolean hasPayloadType(int payloadType) {
        for (int each : payloadTypes) {
            if (each == payloadType) {
                return true;
            }
        }
        return false;
    }
}
