package org.reelcast.mp4.read;

import java.nio.ByteBuffer;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Reads {@code esds} (ISO 14496-14 section 5.6, ISO 14496-1 section 7.2.6) and the AudioSpecificConfig in it. */
final class EsDescriptor {
    private static final int MPEG4_AUDIO = 0x40;
    private static final int MPEG2_AAC_MAIN = 0x66;
    private static final int MPEG2_AAC_SSR = 0x68;
    /** Audio object type (ISO 14496-3 table 1.17). */
    private static final int LC = 2;

    private EsDescriptor() {}

    /**
     * Reads an audio track's.
     *
     * @param channels as the sample entry says
     * @param rate     likewise, in Hz
     * @return an {@link AacEntry}, an {@link AudioEntry} or an {@link Unplayable}
     */
    static Object read(ByteBuffer esds, String format, int channels, int rate) throws Refusal {
        EsConfig config = EsConfig.read(esds);
        int type = config.objectType();
        byte[] specific = config.specific();
        if (type != MPEG4_AUDIO && (type < MPEG2_AAC_MAIN || type > MPEG2_AAC_SSR)) {
            Object other = OtherCodecs.audio(type, specific, channels, rate);
            return other == null ? CodecNames.ofObjectType(type) : other;
        }
        if (specific.length >= 2) {
            return entry(AudioSpecificConfig.parse(specific), format, channels);
        }
        return entry(implied(type == MPEG4_AUDIO ? LC : type - MPEG2_AAC_MAIN + 1, channels, rate), format, channels);
    }

    /** The sound of an entry without the box: AAC-LC as the entry says, which is what browsers take it for. */
    static Object missing(String format, int channels, int rate) throws Refusal {
        return entry(implied(LC, channels, rate), format, channels);
    }

    private static Object entry(AudioSpecificConfig config, String format, int entryChannels) throws Refusal {
        if (!config.isAac()) {
            return CodecNames.ofAudioObjectType(config.coreObjectType());
        }
        try {
            config.checkSampleRate();
            return new AacEntry(format, config, config.channelsOr(entryChannels));
        } catch (CodecConfigException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box 'esds' " + e.getMessage(), e);
        }
    }

    /** AAC may come without a config: what the sample entry says is made into one. */
    private static AudioSpecificConfig implied(int objectType, int channels, int rate) throws Refusal {
        try {
            return AudioSpecificConfig.of(objectType, rate, channels);
        } catch (CodecConfigException e) {
            throw new Refusal(
                    StatusText.FAILED_TO_READ_FILE,
                    "AAC of " + rate + " Hz and " + channels + " channels has no usable 'esds'",
                    e);
        }
    }
}
