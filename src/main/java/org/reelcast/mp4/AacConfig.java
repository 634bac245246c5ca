package org.reelcast.mp4;

import java.nio.ByteBuffer;
import java.util.Set;
import org.reelcast.refusal.Refusal;

/** Reads {@code esds} (ISO 14496-14 section 5.6, ISO 14496-1 section 7.2.6) and the AudioSpecificConfig in it. */
final class AacConfig {
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int MPEG4_AUDIO = 0x40;
    private static final int MPEG2_AAC_MAIN = 0x66;
    private static final int MPEG2_AAC_SSR = 0x68;
    /** AAC Main, LC, SSR, LTP, SBR, Scalable, ER LC, ER LD, PS, ER ELD, USAC. */
    private static final Set<Integer> AAC = Set.of(1, 2, 3, 4, 5, 6, 17, 23, 29, 39, 42);
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350};
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8};

    private AacConfig() {
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
        if (specific.length < 2) {
            if (type == MPEG4_AUDIO) {
                throw Refusals.broken("Box 'esds' has no AudioSpecificConfig");
            }
            specific = implied(type - MPEG2_AAC_MAIN + 1, channels, rate);
        }
        return entry(specific, format, channels);
    }

    private static Object entry(byte[] specific, String format, int entryChannels) throws Refusal {
        Bits bits = new Bits(specific);
        int objectType = objectType(bits);
        int rate = rate(bits);
        int configuration = bits.read(4);
        int core = objectType;
        if (objectType == 5 || objectType == 29) {
            rate(bits);
            core = objectType(bits);
        }
        if (!AAC.contains(core)) {
            return CodecNames.ofAudioObjectType(core);
        }
        int channels = configuration > 0 && configuration < CHANNELS.length ? CHANNELS[configuration] : entryChannels;
        if (rate <= 0 || rate > 192_000) {
            throw Refusals.broken("Box 'esds' names a sample rate of " + rate + " Hz");
        }
        if (channels <= 0 || channels > 64) {
            throw Refusals.broken("Box 'esds' names " + channels + " channels");
        }
        return new AacEntry(format, specific, objectType, channels, rate);
    }

    /** MPEG-2 AAC may come without a config: what the sample entry says is made into one. */
    private static byte[] implied(int objectType, int channels, int rate) throws Refusal {
        for (int index = 0; index < RATES.length; index++) {
            for (int c = 1; c < CHANNELS.length; c++) {
                if (RATES[index] == rate && CHANNELS[c] == channels) {
                    int config = objectType << 11 | index << 7 | c << 3;
                    return new byte[] {(byte) (config >> 8), (byte) config};
                }
            }
        }
        throw Refusals.broken("MPEG-2 AAC of " + rate + " Hz and " + channels + " channels has no config");
    }

    private static int objectType(Bits bits) {
        int type = bits.read(5);
        return type == 31 ? 32 + bits.read(6) : type;
    }

    private static int rate(Bits bits) {
        int index = bits.read(4);
        if (index == 15) {
            return bits.read(24);
        }
        return index < RATES.length ? RATES[index] : 0;
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

    /** Bits from the front of an array; zeros behind its end. */
    private static final class Bits {
        private final byte[] bytes;
        private int at;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int read(int count) {
            int value = 0;
            for (int i = 0; i < count; i++, at++) {
                int bit = at >> 3 < bytes.length ? bytes[at >> 3] >> 7 - (at & 7) & 1 : 0;
                value = value << 1 | bit;
            }
            return value;
        }
    }
}
