package org.reelcast.rendition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.mp4.read.GeneratedFilm;

/**
 * Writes H.264 that x264 does not: B pictures in any order, field pictures, parameter sets that say what is not true.
 * Pictures of 160x128 in CAVLC, main profile; the first shows a pattern, each other one what it refers to, and a square
 * of its own (ITU-T H.264, 7.3).
 */
public final class GeneratedH264 {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int WIDTH = 10;
    private static final int HEIGHT = 8;
    /** A macroblock that is predicted from its neighbours, in one byte: I_16x16_2_0_0 and nothing more. */
    private static final int FLAT = 0b00100_1_1_1;

    private static final int PCM = 25;
    private static final int FIRST_INTRA_OF_P = 5;
    private static final int FIRST_INTRA_OF_B = 23;

    private final byte[] sps;
    private final byte[] pps;
    private final List<byte[]> samples = new ArrayList<>();
    private final List<Integer> orders = new ArrayList<>();
    private final List<Integer> syncs = new ArrayList<>();
    private final boolean fields;
    private final int orderType;
    private boolean apart;
    private int pictures;
    private final int references;
    private final int reorderFrames;
    private int width = WIDTH;
    private int height = HEIGHT;
    private byte[] inBand;
    private int number;
    private int firstOfGroup;

    /**
     * @param fields        whether each picture is two fields
     * @param orderType     pic_order_cnt_type: 0 or 2
     * @param references    pictures that later ones may refer to
     * @param reorderFrames what it says of reordering; -1: nothing
     */
    public GeneratedH264(boolean fields, int orderType, int references, int reorderFrames) {
        this.fields = fields;
        this.orderType = orderType;
        this.references = references;
        this.reorderFrames = reorderFrames;
        sps = sets(WIDTH, HEIGHT);
        pps = unit(
                0x68,
                new Bits()
                        .ue(0)
                        .ue(0)
                        .bits(0, 2)
                        .ue(0)
                        .ue(0)
                        .ue(0)
                        .bits(0, 3)
                        .ue(0)
                        .ue(0)
                        .ue(0)
                        .bits(0b100, 3));
    }

    private byte[] sets(int width, int height) {
        Bits set = new Bits().bits(77, 8).bits(0, 8).bits(30, 8).ue(0).ue(4).ue(orderType);
        if (orderType == 0) {
            set.ue(4);
        }
        set.ue(references).bits(0, 1).ue(width - 1).ue((fields ? height / 2 : height) - 1);
        set.bits(fields ? 0b00 : 0b1, fields ? 2 : 1).bits(1, 1).bits(0, 1).bits(reorderFrames < 0 ? 0 : 1, 1);
        if (reorderFrames >= 0) {
            // VUI: nothing but the bitstream restriction (E.1.1)
            set.bits(0, 8)
                    .bits(0b11, 2)
                    .ue(0)
                    .ue(0)
                    .ue(10)
                    .ue(10)
                    .ue(reorderFrames)
                    .ue(references);
        }
        return unit(0x67, set);
    }

    /**
     * From the next picture on, which is to be an I, pictures have another size, as parameter sets within its sample
     * say: flat ones, a byte for each macroblock or less.
     *
     * @param side in macroblocks
     */
    public GeneratedH264 resize(int side) {
        width = side;
        height = side;
        inBand = sets(side, side);
        return this;
    }

    /** From here on each field is a sample of its own. */
    public GeneratedH264 fieldsApart() {
        apart = true;
        return this;
    }

    /**
     * Adds a picture, in the order of decoding.
     *
     * @param type      I (an IDR picture), P or B
     * @param order     the place among those shown since the last I
     * @param reference whether later ones may refer to it
     */
    public GeneratedH264 picture(char type, int order, boolean reference) {
        if (type == 'I') {
            number = 0;
            firstOfGroup = samples.size();
            syncs.add(firstOfGroup);
        }
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        if (type == 'I' && inBand != null) {
            add(sample, inBand);
            add(sample, pps);
        }
        for (int field = 0; field < (fields ? 2 : 1); field++) {
            // the second field of an IDR picture is none
            boolean idr = type == 'I' && field == 0;
            byte[] slice = unit((reference ? 0x20 : 0) | (idr ? 5 : 1), slice(type, idr, order, reference, field));
            add(sample, slice);
            if (apart && field == 0) {
                samples.add(sample.toByteArray());
                sample.reset();
                orders.add(firstOfGroup + order);
            }
        }
        samples.add(sample.toByteArray());
        orders.add(firstOfGroup + order);
        number = reference ? number + 1 : number;
        pictures++;
        return this;
    }

    private static void add(ByteArrayOutputStream sample, byte[] unit) {
        sample.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
        sample.writeBytes(unit);
    }

    private Bits slice(char type, boolean idr, int order, boolean reference, int field) {
        Bits slice =
                new Bits().ue(0).ue(type == 'I' ? 7 : type == 'P' ? 5 : 6).ue(0).bits(number & 0xff, 8);
        if (fields) {
            slice.bits(0b10 | field, 2);
        }
        if (idr) {
            slice.ue(syncs.size() & 1);
        }
        if (orderType == 0) {
            slice.bits(2 * order + field & 0xff, 8);
        }
        if (type == 'B') {
            slice.bits(0b1, 1);
        }
        if (type != 'I') {
            slice.bits(0, type == 'B' ? 3 : 2);
        }
        if (reference) {
            slice.bits(0, idr ? 2 : 1);
        }
        slice.ue(0).ue(1);
        int blocks = fields ? width * height / 2 : width * height;
        if (inBand != null) {
            if (type == 'I') {
                for (int i = 0; i < blocks; i++) {
                    slice.bits(FLAT, 8);
                }
            } else {
                slice.ue(blocks);
            }
        } else if (type == 'I') {
            for (int i = 0; i < blocks; i++) {
                slice.ue(PCM).block(i * 3 % 90);
            }
        } else {
            int own = pictures * 3 % blocks;
            slice.ue(own)
                    .ue((type == 'P' ? FIRST_INTRA_OF_P : FIRST_INTRA_OF_B) + PCM)
                    .block(100 + pictures % 100);
            if (own < blocks - 1) {
                slice.ue(blocks - 1 - own);
            }
        }
        return slice;
    }

    private static byte[] unit(int header, Bits payload) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(header);
        int zeros = 0;
        for (byte b : payload.bits(1, 1).bytes()) {
            if (zeros == 2 && (b & 0xff) <= 3) {
                stream.write(3);
                zeros = 0;
            }
            stream.write(b);
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return stream.toByteArray();
    }

    /** Leaves a sample out; a film that says when each is shown cannot do without. */
    public GeneratedH264 loseSample(int index) {
        samples.remove(index);
        return this;
    }

    /**
     * The pictures as a film of 25 a second.
     *
     * @param offsets whether it says when each is shown, by composition offsets and an edit list
     */
    public Path film(Path file, boolean offsets) throws IOException {
        return Files.write(file, GeneratedFilm.of(sps, pps, samples, syncs, offsets ? orders : null));
    }

    /** The same without a decoder's configuration: the samples are a byte stream, key frames with their sets. */
    public Path byteStream(Path file) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            if (syncs.contains(i)) {
                stream.writeBytes(START_CODE);
                stream.writeBytes(sps);
                stream.writeBytes(START_CODE);
                stream.writeBytes(pps);
            }
            stream.writeBytes(START_CODE);
            stream.write(samples.get(i), START_CODE.length, samples.get(i).length - START_CODE.length);
            streams.add(stream.toByteArray());
        }
        return Files.write(file, GeneratedFilm.withoutConfig(streams, syncs));
    }

    /** Bits of a unit's payload, without emulation prevention. */
    private static final class Bits {
        private byte[] bytes = new byte[64];
        private int count;

        Bits bits(int value, int length) {
            for (int i = length - 1; i >= 0; i--) {
                if (count / 8 == bytes.length) {
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
                bytes[count / 8] |= (byte) ((value >> i & 1) << 7 - count % 8);
                count++;
            }
            return this;
        }

        /** Exp-Golomb (9.1). */
        Bits ue(int value) {
            int length = 32 - Integer.numberOfLeadingZeros(value + 1);
            return bits(0, length - 1).bits(value + 1, length);
        }

        /** A macroblock's samples as they are, all of one brightness. */
        Bits block(int luma) {
            bits(0, (8 - count % 8) % 8);
            for (int i = 0; i < 384; i++) {
                bits(i < 256 ? 40 + luma : 128, 8);
            }
            return this;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, (count + 7) / 8);
        }
    }
}
