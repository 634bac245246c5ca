package org.reelcast.bitstream.h264;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.CodecConfigException.Failure;

/**
 * An AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1), the payload of {@code avcC}: the parameter sets of an
 * H.264 stream, and how its samples delimit NAL units. Equal to another that says the same. The lists and arrays are
 * not to be changed.
 *
 * @param profile       AVCProfileIndication
 * @param constraints   profile_compatibility; constraint_set0_flag is bit 7
 * @param level         AVCLevelIndication
 * @param nalLengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param sps           sequence parameter sets, NAL units of at least one byte; may be none where the samples have them
 * @param pps           picture parameter sets, likewise
 * @param extension     what follows: chroma format, bit depths and parameter set extensions of High profiles, as it
 *                      stands; empty with other profiles and in what older writers made
 */
public record AvcConfig(
        int profile,
        int constraints,
        int level,
        int nalLengthSize,
        List<byte[]> sps,
        List<byte[]> pps,
        byte[] extension) {
    /** Of a stream that brings all its parameter sets itself. */
    public static final AvcConfig NONE = new AvcConfig(0, 0, 0, 4, List.of(), List.of());

    private static final int VERSION = 1;
    private static final int MAX_SPS = 31;
    private static final int MAX_PPS = 255;
    /** Version, profile, constraints, level, length size, number of sequence parameter sets. */
    private static final int HEAD = 6;

    public AvcConfig {
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }

    /** The same with the extension that follows from the first sequence parameter set. */
    public AvcConfig(int profile, int constraints, int level, int nalLengthSize, List<byte[]> sps, List<byte[]> pps) {
        this(profile, constraints, level, nalLengthSize, sps, pps, extension(profile, sps));
    }

    /** The configuration of a stream whose lengths have four bytes; see {@link #of(int, List, List)}. */
    public static AvcConfig of(List<byte[]> sps, List<byte[]> pps) {
        return of(4, sps, pps);
    }

    /**
     * The configuration of a stream with these parameter sets. Those beyond what a record can hold, 31 and 255, are
     * left out.
     *
     * @param nalLengthSize bytes of the length before each NAL unit
     * @param sps           at least one, of at least four bytes; the first says the profile and the level
     */
    public static AvcConfig of(int nalLengthSize, List<byte[]> sps, List<byte[]> pps) {
        byte[] first = sps.get(0);
        return new AvcConfig(
                first[1] & 0xff,
                first[2] & 0xff,
                first[3] & 0xff,
                nalLengthSize,
                sps.subList(0, Math.min(MAX_SPS, sps.size())),
                pps.subList(0, Math.min(MAX_PPS, pps.size())));
    }

    /** Chroma format, both bit depths and no parameter set extensions; 4:2:0 with 8 bits when the set is not read. */
    private static byte[] extension(int profile, List<byte[]> sps) {
        if (!Sps.hasChromaFormat(profile)) {
            return new byte[0];
        }
        Sps first = sps.isEmpty() ? null : Sps.parse(sps.get(0), 0, sps.get(0).length);
        return new byte[] {
            (byte) (0xfc | (first == null ? 1 : first.chromaFormat())),
            (byte) (0xf8 | (first == null ? 0 : first.bitDepth() - 8)),
            (byte) (0xf8 | (first == null ? 0 : first.chromaBitDepth() - 8)),
            0
        };
    }

    /** Reads a record. Empty parameter sets, which occur, are left out. */
    public static AvcConfig parse(byte[] record) throws CodecConfigException {
        ByteBuffer in = ByteBuffer.wrap(record);
        try {
            in.get();
            int profile = in.get() & 0xff;
            int constraints = in.get() & 0xff;
            int level = in.get() & 0xff;
            int nalLengthSize = 1 + (in.get() & 3);
            List<byte[]> sps = sets(in, in.get() & 0x1f);
            List<byte[]> pps = sets(in, in.get() & 0xff);
            if (nalLengthSize == 3) {
                throw new CodecConfigException(Failure.NAL_LENGTH_SIZE, "has a NAL length size of 3");
            }
            byte[] extension = new byte[in.remaining()];
            in.get(extension);
            return new AvcConfig(profile, constraints, level, nalLengthSize, sps, pps, extension);
        } catch (BufferUnderflowException e) {
            throw new CodecConfigException(Failure.CUT_OFF, "is cut off");
        }
    }

    private static List<byte[]> sets(ByteBuffer in, int count) {
        List<byte[]> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] set = new byte[in.getShort() & 0xffff];
            in.get(set);
            if (set.length > 0) {
                sets.add(set);
            }
        }
        return sets;
    }

    /** The record. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(HEAD + length(sps) + 1 + length(pps) + extension.length);
        out.put((byte) VERSION).put((byte) profile).put((byte) constraints).put((byte) level);
        out.put((byte) (0xfc | nalLengthSize - 1));
        put(out, 0xe0, sps);
        put(out, 0, pps);
        return out.put(extension).array();
    }

    private static int length(List<byte[]> sets) {
        return sets.stream().mapToInt(set -> 2 + set.length).sum();
    }

    private static void put(ByteBuffer out, int reserved, List<byte[]> sets) {
        out.put((byte) (reserved | sets.size()));
        for (byte[] set : sets) {
            out.putShort((short) set.length).put(set);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AvcConfig config
                && profile == config.profile
                && constraints == config.constraints
                && level == config.level
                && nalLengthSize == config.nalLengthSize
                && same(sps, config.sps)
                && same(pps, config.pps)
                && Arrays.equals(extension, config.extension);
    }

    private static boolean same(List<byte[]> sets, List<byte[]> others) {
        return Arrays.deepEquals(sets.toArray(), others.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.deepHashCode(sps.toArray()) + Arrays.deepHashCode(pps.toArray());
    }
}
