package org.reelcast.rendition.h264;

import java.io.IOException;
import java.util.Arrays;
import org.reelcast.bitstream.h264.NalCursor;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.bitstream.h264.PictureHeader;
import org.reelcast.bitstream.h264.PictureOrder;
import org.reelcast.bitstream.h264.SliceHeader;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Slice;

/**
 * Sorts out the NAL units of one sample: slices and SEI stay in order; parameter sets are taken note of and come back
 * before an IDR picture (all that are in force) or where they change in between; delimiters, fillers, ends of sequence,
 * auxiliary pictures and layers of scalable or multiview video are left out. The two fields of a frame are one, also
 * where each has a sample of its own. One instance, used for many samples.
 */
final class AccessUnit {
    /** More SEI than this in one sample is a flood and left out. */
    private static final int MAX_SEI_UNITS = 8;

    private static final int MAX_SEI_BYTES = 4096;

    private final NalCursor cursor = new NalCursor();
    /** Looks into the sample behind. */
    private final NalCursor following = new NalCursor();

    private final ParameterSets sets;
    private final PictureOrder order = new PictureOrder();
    private Slice[] kept = new Slice[16];
    private int keptCount;
    private int seiUnits;
    private int seiBytes;
    private boolean idr;
    private boolean bSlice;
    private boolean reference;
    private boolean shownLast;
    private boolean picture;
    /** Of the picture when it is a field whose other field did not come; else null. */
    private PictureHeader field;
    /** The sample brought parameter sets that were not in force before it. */
    private boolean setsChanged;

    AccessUnit(ParameterSets sets) {
        this.sets = sets;
    }

    /**
     * Takes a sample apart.
     *
     * @param lengthSize bytes of a NAL unit's length
     * @throws IOException when a length reaches past the sample; the message is a clause
     */
    void parse(byte[] array, int offset, int length, int lengthSize) throws IOException {
        keptCount = 0;
        seiUnits = 0;
        seiBytes = 0;
        idr = false;
        bSlice = false;
        reference = false;
        picture = false;
        field = null;
        setsChanged = false;
        append(array, offset, length, lengthSize);
    }

    /** Takes what follows as part of the same access unit: the sample that holds the second field. */
    void append(byte[] array, int offset, int length, int lengthSize) throws IOException {
        cursor.reset(array, offset, length, lengthSize);
        while (cursor.next()) {
            take(cursor.type());
        }
        if (cursor.broken()) {
            throw new IOException(cursor.problem());
        }
    }

    private void take(int type) {
        switch (type) {
            case NalType.IDR -> {
                begin();
                idr = true;
                reference = true;
                keep();
            }
            case NalType.SLICE, NalType.PARTITION_A -> {
                begin();
                bSlice |= cursor.isBSlice();
                reference |= cursor.isReference();
                keep();
            }
            case NalType.PARTITION_A + 1, NalType.PARTITION_C -> keep();
            case NalType.SEI -> {
                seiUnits++;
                seiBytes += cursor.length();
                if (seiUnits <= MAX_SEI_UNITS && seiBytes <= MAX_SEI_BYTES) {
                    keep();
                }
            }
            case NalType.SPS, NalType.PPS ->
                setsChanged |= sets.offer(cursor.array(), cursor.offset(), cursor.length());
            default -> {}
        }
    }

    private void begin() {
        if (!picture) {
            shownLast = order.isShownLast(sets.sps(), cursor.array(), cursor.offset(), cursor.length());
            field = field(cursor);
        } else if (field != null) {
            PictureHeader header = field(cursor);
            field = header != null && header.bottom() == field.bottom() ? field : null;
        }
        picture = true;
    }

    /** The header of a slice of a field picture; null of others. */
    private PictureHeader field(NalCursor slice) {
        Sps sps = sets.sps();
        PictureHeader header = sps == null || !sps.interlaced()
                ? null
                : PictureHeader.parse(sps, slice.array(), slice.offset(), slice.length());
        return header != null && header.field() ? header : null;
    }

    /** Whether it is one field of a frame, and the other one may come in the next sample. */
    boolean isFirstField() {
        return field != null;
    }

    /** Whether a sample holds the other field: to be told by its first slice. */
    boolean isSecondField(byte[] array, int offset, int length, int lengthSize) {
        following.reset(array, offset, length, lengthSize);
        while (following.next()) {
            if (following.type() >= NalType.SLICE && following.type() <= NalType.IDR) {
                PictureHeader header = field(following);
                return header != null && header.isSecondFieldOf(field);
            }
        }
        return false;
    }

    private void keep() {
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, keptCount * 2);
        }
        kept[keptCount++] = new Slice(cursor.array(), cursor.offset(), cursor.length());
    }

    /** Whether there is a picture in it at all. */
    boolean hasPicture() {
        return picture;
    }

    boolean isIdr() {
        return idr;
    }

    boolean hasBSlice() {
        return bSlice;
    }

    /** Whether it has B slices and is, or may be, shown before a picture that came earlier. */
    boolean isReorderedB() {
        return bSlice && !shownLast;
    }

    /** The next sample does not follow on the last one. */
    void jump() {
        order.reset();
    }

    /** Whether no slice of it refers to another picture. */
    boolean isIntra() {
        boolean intra = picture;
        for (int i = 0; intra && i < keptCount; i++) {
            int type = NalType.of(kept[i].array()[kept[i].offset()]);
            if (type == NalType.SLICE || type == NalType.PARTITION_A) {
                SliceHeader header = SliceHeader.parse(kept[i].array(), kept[i].offset(), kept[i].length());
                intra = header != null && header.isIntra();
            }
        }
        return intra;
    }

    /** Whether other pictures may refer to it. */
    boolean isReference() {
        return reference;
    }

    /** The payload to send: parameter sets where they belong, then what was kept. */
    Slice[] payload() {
        return idr || setsChanged ? payloadWithSets() : Arrays.copyOf(kept, keptCount);
    }

    /** All parameter sets in force, then what was kept. */
    Slice[] payloadWithSets() {
        Slice[] front = sets.all();
        Slice[] payload = Arrays.copyOf(front, front.length + keptCount);
        System.arraycopy(kept, 0, payload, front.length, keptCount);
        return payload;
    }

    /** Lets go of the last sample's bytes. */
    void clear() {
        Arrays.fill(kept, null);
        keptCount = 0;
    }
}
