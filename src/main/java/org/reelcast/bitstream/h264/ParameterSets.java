package org.reelcast.bitstream.h264;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.reelcast.bitstream.BitReader;
import org.reelcast.media.Slice;

/**
 * The parameter sets in force at one place of a track: those of the sample entry, replaced one by one by those inside
 * the samples (ITU-T H.264, 7.4.1.2.1). One reader, one instance.
 */
public final class ParameterSets {
    private static final int SPS_IDS = 32;
    private static final int PPS_IDS = 256;

    private final Slice[] sps = new Slice[SPS_IDS];
    private final Slice[] pps = new Slice[PPS_IDS];
    private Slice[] all = new Slice[0];
    private Sps parsed;
    private boolean stale = true;

    /** Forgets all before and takes those of a sample entry. */
    public void reset(AvcConfig config) {
        Arrays.fill(sps, null);
        Arrays.fill(pps, null);
        parsed = null;
        stale = true;
        for (byte[] unit : config.sps()) {
            offer(unit, 0, unit.length);
        }
        for (byte[] unit : config.pps()) {
            offer(unit, 0, unit.length);
        }
    }

    /**
     * Takes a parameter set, copying it when it is new.
     *
     * @return whether it changes what is in force; false for the same once more and for what cannot be read
     */
    public boolean offer(byte[] array, int offset, int length) {
        int type = length == 0 ? 0 : NalType.of(array[offset]);
        Sps read = null;
        Slice[] table;
        int id;
        if (type == NalType.SPS) {
            read = Sps.parse(array, offset, length);
            table = sps;
            id = read == null ? -1 : read.id();
        } else if (type == NalType.PPS && length > 1) {
            table = pps;
            BitReader bits = BitReader.ofNal(array, offset + 1, Math.min(8, length - 1));
            id = bits.ue();
            id = bits.overrun() ? -1 : id;
        } else {
            return false;
        }
        if (id < 0 || id >= table.length || same(table[id], array, offset, length)) {
            return false;
        }
        table[id] = Slice.of(Arrays.copyOfRange(array, offset, offset + length));
        if (read != null) {
            parsed = read;
        }
        stale = true;
        return true;
    }

    private static boolean same(Slice known, byte[] array, int offset, int length) {
        return known != null
                && known.length() == length
                && Arrays.equals(
                        known.array(), known.offset(), known.offset() + length, array, offset, offset + length);
    }

    /** All of them, sequence sets first, ready to go before an IDR picture. Not to be changed. */
    public Slice[] all() {
        if (stale) {
            all = Stream.concat(Arrays.stream(sps), Arrays.stream(pps))
                    .filter(Objects::nonNull)
                    .toArray(Slice[]::new);
            stale = false;
        }
        return all;
    }

    /**
     * Those in force as a decoder's configuration; there must be a sequence parameter set.
     *
     * @param nalLengthSize bytes of the length before each NAL unit
     */
    public AvcConfig config(int nalLengthSize) {
        return AvcConfig.of(nalLengthSize, bytes(sps), bytes(pps));
    }

    private static List<byte[]> bytes(Slice[] sets) {
        return Arrays.stream(sets).filter(Objects::nonNull).map(Slice::array).toList();
    }

    /** The sequence parameter set that came last; null when there is none that can be read. */
    public Sps sps() {
        return parsed;
    }
}
