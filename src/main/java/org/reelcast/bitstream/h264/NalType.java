package org.reelcast.bitstream.h264;

/** {@code nal_unit_type} (ITU-T H.264, table 7-1). */
public final class NalType {
    public static final int SLICE = 1;
    public static final int PARTITION_A = 2;
    public static final int PARTITION_C = 4;
    public static final int IDR = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int AUD = 9;
    public static final int FILLER = 12;

    private NalType() {}

    /** The type in a NAL unit's first byte. */
    public static int of(byte header) {
        return header & 0x1f;
    }
}
