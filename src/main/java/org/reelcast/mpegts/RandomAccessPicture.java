package org.reelcast.mpegts;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.BitReader;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/**
 * A picture at which decoding may start, with all parameter sets: those that its format has and it does not bring
 * itself go before it. A picture parameter set goes behind the sequence parameter sets, as decoders forget it when one
 * that it refers to is replaced.
 */
final class RandomAccessPicture {
    /** profile_idc, constraint flags and level_idc come before a sequence parameter set's number. */
    private static final int SPS_ID_BITS = 24;

    private final AvcConfig config;

    /** @throws IllegalArgumentException when the format's configuration cannot be read */
    RandomAccessPicture(H264Format format) {
        try {
            config = format.config().isEmpty()
                    ? null
                    : AvcConfig.parse(format.config().bytes());
        } catch (CodecConfigException e) {
            throw new IllegalArgumentException("An H.264 configuration " + e.getMessage(), e);
        }
    }

    /**
     * The NAL units to write.
     *
     * @param own those of the frame
     */
    Slice[] units(List<Slice> own) {
        int behindSps = 0;
        for (int i = 0; i < own.size(); i++) {
            behindSps = type(own.get(i)) == NalType.SPS ? i + 1 : behindSps;
        }
        List<Slice> units = new ArrayList<>();
        addMissing(units, config == null ? List.of() : config.sps(), own);
        units.addAll(own.subList(0, behindSps));
        addMissing(units, config == null ? List.of() : config.pps(), own);
        units.addAll(own.subList(behindSps, own.size()));
        return units.toArray(Slice[]::new);
    }

    private static void addMissing(List<Slice> units, List<byte[]> sets, List<Slice> own) {
        for (byte[] set : sets) {
            Slice unit = Slice.of(set);
            if (own.stream().noneMatch(other -> type(other) == type(unit) && id(other) == id(unit))) {
                units.add(unit);
            }
        }
    }

    /** seq_parameter_set_id or pic_parameter_set_id (ITU-T H.264 sections 7.3.2.1.1 and 7.3.2.2). */
    private static int id(Slice set) {
        BitReader bits = BitReader.ofNal(set.array(), set.offset() + 1, set.length() - 1);
        bits.bits(type(set) == NalType.SPS ? SPS_ID_BITS : 0);
        return bits.ue();
    }

    /** 0, which none has, of a unit that is empty. */
    static int type(Slice unit) {
        return unit.length() == 0 ? 0 : NalType.of(unit.array()[unit.offset()]);
    }
}
