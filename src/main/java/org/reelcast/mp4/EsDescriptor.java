package org.reelcast.mp4;

import java.nio.ByteBuffer;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Reads {@code esds} (ISO 14496-14 section 5.6, ISO 14496-1 section 7.2.6) and the AudioSpecificConfig in it. */
final class EsDescriptor {
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int MPEG4_AUDIO = 0x40;
    private static final int MPEG2_AAC_MAIN = 0x66;
    private static final int MPEG2_AAC_SSR = 0x68;

    private EsDescriptor() {
    }

    /**
     * @param channels as the sample entry says
     * @param rate     likewise, in Hz
     * @return an {@link AacEntry} or a {@link Unplayable}
     * @throws java.nio.BufferUnderflowException when the box is cut off
     */
    static Object read(ByteBuffer esds, String format, int channels, int rate) throws Refusal {
        esds.getInt();
        ByteBuffer es = descriptor(esds, ES_DESCRIPTOR);
        es.getShort();
        int flags = es.get();
        if ((flags & 0x80) != 0) {
            es.getShort();
        }
        if ((flags & 0x40) != 0) {
            skip(es, es.get() & 0xff);
        }
        if ((flags & 0x20) != 0) {
            es.getShort();
        }
        ByteBuffer config = descriptor(es, DECODER_CONFIG);
        int type = config.get() & 0xff;
        if (type != MPEG4_AUDIO && (type < MPEG2_AAC_MAIN || type > MPEG2_AAC_SSR)) {
            return CodecNames.ofObjectType(type);
        }
        skip(config, 12);
        ByteBuffer info = config.hasRemaining() ? descriptor(config, DECODER_SPECIFIC_INFO) : config;
        byte[] specific = new byte[info.remaining()];
        info.get(specific);
        if (specific.length >= 2) {
            return entry(AudioSpecificConfig.parse(specific), format, channels);
        }
        if (type == MPEG4_AUDIO) {
            throw Refusals.broken("Box 'esds' has no AudioSpecificConfig");
        }
        return entry(implied(type - MPEG2_AAC_MAIN + 1, channels, rate), format, channels);
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

    /** MPEG-2 AAC may come without a config: what the sample entry says is made into one. */
    private static AudioSpecificConfig implied(int objectType, int channels, int rate) throws Refusal {
        try {
            return AudioSpecificConfig.of(objectType, rate, channels);
        } catch (CodecConfigException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE,
                    "MPEG-2 AAC of " + rate + " Hz and " + channels + " channels has no config", e);
        }
    }

    /** The payload of the next descriptor of that kind; others before it are skipped. */
    private static ByteBuffer descriptor(ByteBuffer buffer, int wanted) {
        while (true) {
            int tag = buffer.get() & 0xff;
            int length = 0;
            int b;
            int bytes = 0;
            do {
                b = buffer.get();
                length = length << 7 | b & 0x7f;
            } while ((b & 0x80) != 0 && ++bytes < 4);
            // lengths that are a little too large occur; what is there counts
            int within = Math.min(length, buffer.remaining());
            ByteBuffer payload = buffer.slice(buffer.position(), within);
            if (tag == wanted) {
                return payload;
            }
            buffer.position(buffer.position() + within);
        }
    }

    private static void skip(ByteBuffer buffer, int count) {
        for (int i = 0; i < count; i++) {
            buffer.get();
        }
    }
}
