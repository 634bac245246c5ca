package org.reelcast.bitstream.aac;

import java.util.Optional;
import org.reelcast.bitstream.BigEndian;

/**
 * The header that goes before each AAC access unit where nothing else configures the decoder (ISO/IEC 14496-3 section
 * 1.A.2.2): MPEG-4, one raw data block, no CRC. It says less than an {@link AudioSpecificConfig}: HE-AAC goes by its
 * core, and that it is more only the frames tell.
 */
public final class AdtsHeader {
    public static final int LENGTH = 7;
    /** Larger access units have no header. */
    public static final int MAX_PAYLOAD = 0x1fff - LENGTH;
    /** AAC Main, LC, SSR and LTP: profile_ObjectType has two bits. */
    private static final int LAST_OBJECT_TYPE = 4;

    private static final int FRAME_SAMPLES = 1024;
    private static final int SYNCWORD_MPEG_4_NO_CRC = 0xfff1;
    /** adts_buffer_fullness of a variable rate. */
    private static final int VARIABLE_RATE = 0x7ff;

    private final int profileRateAndChannels;

    private AdtsHeader(AudioSpecificConfig config) {
        profileRateAndChannels =
                config.coreObjectType() - 1 << 14 | config.rateIndex() << 10 | config.channelConfiguration() << 6;
    }

    /** The header of a stream's access units; empty when there is none, see {@link #whyNot}. */
    public static Optional<AdtsHeader> of(AudioSpecificConfig config) {
        return whyNot(config).isPresent() ? Optional.empty() : Optional.of(new AdtsHeader(config));
    }

    /** Why there is no header for what the configuration says, as a clause that goes on after "the sound"; or empty. */
    public static Optional<String> whyNot(AudioSpecificConfig config) {
        if (config.coreObjectType() < 1 || config.coreObjectType() > LAST_OBJECT_TYPE) {
            return Optional.of(
                    "is of audio object type " + config.coreObjectType() + ", and ADTS knows 1 to " + LAST_OBJECT_TYPE);
        }
        if (config.rateIndex() < 0) {
            return Optional.of("has a sample rate of " + config.sampleRate() + " Hz, for which ADTS has no index");
        }
        if (config.channelConfiguration() < 0) {
            return Optional.of("has a layout of channels for which ADTS has no number");
        }
        if (config.frameSamples() != FRAME_SAMPLES) {
            return Optional.of("has " + config.frameSamples() + " samples in a frame, where ADTS has " + FRAME_SAMPLES);
        }
        return Optional.empty();
    }

    /**
     * Writes the header.
     *
     * @param payload bytes of the access unit, at most {@link #MAX_PAYLOAD}
     */
    public void put(byte[] to, int at, int payload) {
        int length = LENGTH + payload;
        BigEndian.put16(to, at, SYNCWORD_MPEG_4_NO_CRC);
        BigEndian.put16(to, at + 2, profileRateAndChannels | length >> 11);
        BigEndian.put16(to, at + 4, length << 5 | VARIABLE_RATE >> 6);
        to[at + 6] = (byte) (VARIABLE_RATE << 2);
    }
}
