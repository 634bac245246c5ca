package org.reelcast.rtp;

import org.reelcast.media.Codec;

/** The choice of a {@link Packetizer} by the codec. */
public final class Packetizers {

    private Packetizers() {}

    /** The packetizer for {@code codec} with payloads of at most {@code maxPayload} bytes. */
    public static Packetizer of(Codec codec, int maxPayload) {
        return switch (codec) {
            case H264 -> new H264Packetizer(maxPayload);
            case OPUS -> new OpusPacketizer();
            case AAC -> throw new IllegalArgumentException("AAC is not sent over RTP: browsers do not take it");
        };
    }

    /** The same with {@link Packetizer#DEFAULT_MAX_PAYLOAD}. */
    public static Packetizer of(Codec codec) {
        return of(codec, Packetizer.DEFAULT_MAX_PAYLOAD);
    }

    /** The packetizer for H.264 in NAL units that fit a packet each, for those who take no others. */
    public static Packetizer ofSingleUnits() {
        return new H264Packetizer(Packetizer.DEFAULT_MAX_PAYLOAD, true);
    }
}
