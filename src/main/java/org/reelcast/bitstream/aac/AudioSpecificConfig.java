package org.reelcast.bitstream.aac;

import java.util.Arrays;
import java.util.Set;
import org.reelcast.bitstream.BitReader;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.CodecConfigException.Failure;

/**
 * An AudioSpecificConfig (ISO 14496-3, 1.6.2.1), which configures an AAC decoder: as much of it as decides how to treat
 * a track. HE-AAC may be signalled explicitly, at the front or in an extension at the end that older decoders skip, or
 * implicitly: then only the frames tell (1.6.5). Equal to another of the same bytes.
 *
 * @param bytes          all of it, for a decoder; not to be changed
 * @param objectType     audio object type that is named first: 2 AAC-LC, 5 SBR (HE-AAC), 29 parametric stereo
 *                       (HE-AAC v2), ...
 * @param coreObjectType of the coder below SBR and parametric stereo; the same as {@code objectType} without them
 * @param sampleRate     of the core coder in Hz, HE-AAC's output may have twice as much; 0 when it names none
 * @param channels       coded channels; 0 when that is said elsewhere
 * @param sbr            whether spectral band replication is signalled explicitly
 * @param ps             whether parametric stereo is signalled explicitly
 * @param frameSamples   samples a channel of the core coder in an access unit
 */
public record AudioSpecificConfig(
        byte[] bytes,
        int objectType,
        int coreObjectType,
        int sampleRate,
        int channels,
        boolean sbr,
        boolean ps,
        int frameSamples) {
    private static final int LC = 2;
    private static final int LTP = 4;
    private static final int SBR = 5;
    private static final int PS = 29;
    private static final Set<Integer> LOW_DELAY = Set.of(23, 39);
    private static final int USAC = 42;
    /** AAC Main, LC, SSR, LTP, SBR, Scalable, ER LC, ER LD, PS, ER ELD, USAC (table 1.17). */
    private static final Set<Integer> AAC = Set.of(1, LC, 3, LTP, SBR, 6, 17, 23, PS, 39, 42);
    /** By samplingFrequencyIndex (table 1.18). */
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private static final int RATE_SPELLED_OUT = 15;
    private static final int MIN_RATE = 4_000;
    private static final int MAX_RATE = 192_000;
    /** By channelConfiguration (table 1.19). */
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8};

    private static final int MAX_CHANNELS = 64;
    private static final int SYNC_SBR = 0x2b7;
    private static final int SYNC_PS = 0x548;
    /** Up to this rate an AAC-LC track may turn out to be HE-AAC that does not say so up front. */
    private static final int MAX_IMPLICIT_CORE_RATE = 24_000;

    private static final int MAX_PLAIN_RATE = 48_000;
    /** A decoder's filters overlap two access units; spectral band replication also waits for its header. */
    private static final int LC_PREROLL = 3;

    private static final int HE_PREROLL = 12;

    /** Reads what is there; bits past the end are zero. */
    public static AudioSpecificConfig parse(byte[] bytes) {
        BitReader bits = BitReader.of(bytes);
        int objectType = objectType(bits);
        int core = objectType;
        int rate = rate(bits);
        int configuration = bits.bits(4);
        boolean ps = objectType == PS;
        boolean sbr = ps || objectType == SBR;
        if (sbr) {
            rate(bits);
            core = objectType(bits);
        }
        // frameLengthFlag, with which GASpecificConfig (4.4.1) and ELDSpecificConfig (4.6.20.2) begin
        boolean shorter = core != USAC && bits.flag();
        if (!sbr && core <= LTP && configuration > 0) {
            // GASpecificConfig is so short only where no program_config_element follows
            bits.bits(bits.flag() ? 14 : 0);
            bits.bit();
            sbr = bits.bits(11) == SYNC_SBR && objectType(bits) == SBR && bits.flag();
            if (sbr) {
                rate(bits);
                ps = bits.bits(11) == SYNC_PS && bits.flag();
            }
        }
        return new AudioSpecificConfig(
                bytes,
                objectType,
                core,
                rate,
                configuration < CHANNELS.length ? CHANNELS[configuration] : 0,
                sbr,
                ps,
                frameSamples(core, shorter));
    }

    private static int frameSamples(int core, boolean shorter) {
        int samples = shorter ? 960 : 1024;
        return LOW_DELAY.contains(core) ? samples / 2 : samples;
    }

    private static int objectType(BitReader bits) {
        int type = bits.bits(5);
        return type == 31 ? 32 + bits.bits(6) : type;
    }

    private static int rate(BitReader bits) {
        int index = bits.bits(4);
        if (index == RATE_SPELLED_OUT) {
            return bits.bits(24);
        }
        return index < RATES.length ? RATES[index] : 0;
    }

    /**
     * The configuration of an AAC stream without SBR.
     *
     * @throws CodecConfigException when there is no index for the rate or for the channels
     */
    public static AudioSpecificConfig of(int objectType, int sampleRate, int channels) throws CodecConfigException {
        int config = objectType << 11
                | index(RATES, sampleRate, Failure.SAMPLE_RATE) << 7
                | index(CHANNELS, channels, Failure.CHANNELS) << 3;
        return parse(new byte[] {(byte) (config >> 8), (byte) config});
    }

    private static int index(int[] table, int value, Failure failure) throws CodecConfigException {
        int index = indexOf(table, value);
        if (index < 0) {
            throw new CodecConfigException(failure, "has no index for " + value);
        }
        return index;
    }

    private static int indexOf(int[] table, int value) {
        for (int i = 0; i < table.length; i++) {
            if (table[i] == value && value > 0) {
                return i;
            }
        }
        return -1;
    }

    /** samplingFrequencyIndex of the core coder's rate (table 1.18), -1 when the table has none. */
    int rateIndex() {
        return indexOf(RATES, sampleRate);
    }

    /** channelConfiguration that says by number how many channels there are, up to 7 (table 1.19); otherwise -1. */
    int channelConfiguration() {
        return indexOf(CHANNELS, channels);
    }

    /** Whether the core coder is one of AAC's. */
    public boolean isAac() {
        return AAC.contains(coreObjectType);
    }

    /** @throws CodecConfigException when the sample rate is none, or none that occurs */
    public void checkSampleRate() throws CodecConfigException {
        if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
            throw new CodecConfigException(Failure.SAMPLE_RATE, "names a sample rate of " + sampleRate + " Hz");
        }
    }

    /**
     * How many channels are coded.
     *
     * @param otherwise what is said elsewhere
     * @throws CodecConfigException when it is a number that does not occur
     */
    public int channelsOr(int otherwise) throws CodecConfigException {
        int known = channels > 0 ? channels : otherwise;
        if (known <= 0 || known > MAX_CHANNELS) {
            throw new CodecConfigException(Failure.CHANNELS, "names " + known + " channels");
        }
        return known;
    }

    /**
     * Whether spectral band replication is in use or may turn out to be: it takes longer to settle after a jump. That
     * an extension denies it counts for nothing; to settle longer than needed does no harm.
     */
    public boolean mayBeHe() {
        return sbr || objectType == LC && sampleRate <= MAX_IMPLICIT_CORE_RATE;
    }

    /** Access units that are decoded before sound is right after a jump, so that they are not to be heard. */
    public int prerollFrames() {
        return mayBeHe() ? HE_PREROLL : LC_PREROLL;
    }

    /** Whether a single coded channel may turn out as stereo (parametric stereo), so that only decoding tells. */
    public boolean mayBeParametricStereo() {
        return channels == 1 && !ps && mayBeHe();
    }

    /**
     * Whether all players of AAC take it: AAC-LC that cannot turn out to be HE-AAC, of one or two channels, in access
     * units of 1024 samples.
     */
    public boolean isPlain() {
        return objectType == LC
                && !sbr
                && !mayBeHe()
                && sampleRate <= MAX_PLAIN_RATE
                && frameSamples == 1024
                && (channels == 1 || channels == 2);
    }

    /** Channels of what comes out, 1 or 2, without looking at the frames. */
    public int outputChannels() {
        return channels == 1 && !ps ? 1 : 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioSpecificConfig config && Arrays.equals(bytes, config.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
