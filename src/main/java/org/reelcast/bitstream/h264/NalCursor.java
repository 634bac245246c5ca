package org.reelcast.bitstream.h264;

/**
 * Walks over the NAL units of one sample, each with its length in front (ISO 14496-15, 5.3.4.2). Every length is held
 * against what is left, so whatever the bytes are, a unit never reaches out of the sample. Made once, used for many.
 *
 * <p>Some writers do not put lengths where they belong. A sample that is a byte stream (ITU-T H.264, annex B), and
 * whose lengths make no sense, is walked by its start codes. Units that stand behind a start code within another one, of
 * which only the first got a length, come one by one: no unit may hold a start code (7.4.1). Slices, which are nearly
 * all of a film's bytes, are looked through in the first samples only, unless some were found there; a decoder finds
 * those that stand behind other slices by itself.
 */
public final class NalCursor {
    /** Slices that are looked through before others are believed to hold no start codes. */
    private static final int SLICES_LOOKED_THROUGH = 16;

    private byte[] array;
    private int next;
    private int end;
    private int lengthSize;
    private int offset;
    private int length;
    private long brokenLength = -1;
    /** Where the next unit starts that has no length of its own, and the end of what it is in. */
    private int hidden;

    private int hiddenEnd;
    private int slicesLeft = SLICES_LOOKED_THROUGH;

    /** @param lengthSize bytes of a length: 1 to 4 */
    public NalCursor reset(byte[] array, int offset, int length, int lengthSize) {
        this.array = array;
        this.end = offset + length;
        this.lengthSize = lengthSize;
        begin(offset);
        if (StartCodes.isAt(array, offset, end) && !isWalkedByLengths(offset)) {
            begin(end);
            hidden = StartCodes.next(array, offset, end) + StartCodes.LENGTH;
            hiddenEnd = end;
        }
        return this;
    }

    private void begin(int from) {
        next = from;
        hidden = 0;
        hiddenEnd = 0;
        brokenLength = -1;
    }

    /** Whether the lengths lead to the sample's end. */
    private boolean isWalkedByLengths(int from) {
        int at = from;
        while (end - at >= lengthSize) {
            long unit = lengthAt(at);
            if (unit > end - at - lengthSize) {
                return false;
            }
            at += lengthSize + (int) unit;
        }
        return true;
    }

    private long lengthAt(int at) {
        long unit = 0;
        for (int i = 0; i < lengthSize; i++) {
            unit = unit << 8 | array[at + i] & 0xff;
        }
        return unit;
    }

    /** Moves to the next unit that is not empty; false at the end or where the lengths are {@link #broken()}. */
    public boolean next() {
        while (hidden < hiddenEnd || end - next >= lengthSize) {
            if (hidden < hiddenEnd) {
                if (split(hidden, hiddenEnd)) {
                    return true;
                }
                continue;
            }
            long unit = lengthAt(next);
            if (unit > end - next - lengthSize) {
                brokenLength = unit;
                return false;
            }
            int start = next + lengthSize;
            next = start + (int) unit;
            if (unit > 0 && take(start, next)) {
                return true;
            }
        }
        return false;
    }

    private boolean take(int start, int behind) {
        offset = start;
        length = behind - start;
        int type = type();
        boolean slice = type >= NalType.SLICE && type <= NalType.IDR;
        if (slice && slicesLeft == 0) {
            return true;
        }
        int code = StartCodes.next(array, start, behind);
        if (code == behind) {
            slicesLeft -= slice ? 1 : 0;
            return true;
        }
        slicesLeft = slice ? SLICES_LOOKED_THROUGH : slicesLeft;
        return split(start, behind);
    }

    /** The unit from {@code start} up to a start code or {@code behind}; false when there is none before that. */
    private boolean split(int start, int behind) {
        int code = StartCodes.next(array, start, behind);
        hidden = Math.min(behind, code + StartCodes.LENGTH);
        hiddenEnd = behind;
        offset = start;
        length = StartCodes.trimmed(array, start, code) - start;
        return length > 0;
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
