package org.reelcast.bitstream.h264;

/**
 * Walks over the NAL units of one sample, each with its length in front (ISO 14496-15, 5.3.4.2). Every length is held
 * against what is left, so whatever the bytes are, a unit never reaches out of the sample. Made once, used for many.
 */
public final class NalCursor {
    private byte[] array;
    private int next;
    private int end;
    private int lengthSize;
    private int offset;
    private int length;
    private long brokenLength = -1;

    /** @param lengthSize bytes of a length: 1 to 4 */
    public NalCursor reset(byte[] array, int offset, int length, int lengthSize) {
        this.array = array;
        this.next = offset;
        this.end = offset + length;
        this.lengthSize = lengthSize;
        this.brokenLength = -1;
        return this;
    }

    /** Moves to the next unit that is not empty; false at the end or where the lengths are {@link #broken()}. */
    public boolean next() {
        while (end - next >= lengthSize) {
            long unit = 0;
            for (int i = 0; i < lengthSize; i++) {
                unit = unit << 8 | array[next + i] & 0xff;
            }
            if (unit > end - next - lengthSize) {
                brokenLength = unit;
                return false;
            }
            offset = next + lengthSize;
            length = (int) unit;
            next = offset + length;
            if (length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the walk ended at a length that is longer than what is left. */
    public boolean broken() {
        return brokenLength >= 0;
    }

    /** The length that broke the walk, and what was left, as a clause for a sentence. */
    public String problem() {
        return "a NAL unit claims " + brokenLength + " bytes where " + (end - next - lengthSize) + " are left";
    }

    public byte[] array() {
        return array;
    }

    /** Where the unit starts, its header byte first. */
    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** See {@link NalType}. */
    public int type() {
        return NalType.of(array[offset]);
    }

    /** Whether other pictures may refer to the slice's (nal_ref_idc, ITU-T H.264 section 7.4.1). */
    public boolean isReference() {
        return (array[offset] & 0x60) != 0;
    }

    /** Whether the unit is a slice whose type is B. */
    public boolean isBSlice() {
        return SliceHeader.isB(array, offset, length);
    }
}
