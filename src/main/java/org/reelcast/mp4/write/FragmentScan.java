package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.mp4.box.BoxType;

/**
 * Walks the fragments of a file that {@link FragmentWriter} wrote, as often as one likes, and stops where a fragment is
 * not whole: there the writer was cut off.
 */
final class FragmentScan {
    /** Far more than a second of anything. */
    private static final int MAX_BOX = 16 << 20;

    private static final int SAMPLE = 16;

    /** What one track has in a fragment. */
    record Samples(int trackId, int entry, long decodeTime, int count, ByteBuffer table) {

        long duration(int i) {
            return table.getInt(i * SAMPLE) & 0xffff_ffffL;
        }

        int size(int i) {
            return table.getInt(i * SAMPLE + 4);
        }

        boolean isSync(int i) {
            return table.getInt(i * SAMPLE + 8) == SampleRun.SYNC;
        }

        int composition(int i) {
            return table.getInt(i * SAMPLE + 12);
        }

        /** Of all samples together. */
        long bytes() {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += size(i);
            }
            return sum;
        }
    }

    /** Takes what is found. */
    interface Visitor {
        /** See {@link FragmentWriter#soundLater}. */
        default void soundLater(long us) {}

        /** The samples of one track in the fragment, video before audio; good until the next call. */
        default void samples(Samples samples) throws IOException {}

        /** The fragment's data lie here, after the samples of it were visited. */
        default void data(long position, long length) throws IOException {}
    }

    private final FileChannel file;
    private final long start;
    private final long size;
    /** Sample entries of the video track in the order of their numbers, the header's first. */
    private final List<ByteBuffer> entries = new ArrayList<>();

    private final ByteBuffer small = ByteBuffer.allocate(16);
    private ByteBuffer large = ByteBuffer.allocate(4096);

    /**
     * @param start      where the header ends
     * @param firstEntry the sample entry of the video track in it, empty without such a track
     */
    FragmentScan(FileChannel file, long start, ByteBuffer firstEntry) throws IOException {
        this.file = file;
        entries.add(firstEntry);
        this.start = start;
        this.size = file.size();
    }

    /** The sample entries that were met beside the header's; one that comes back is the same. */
    List<ByteBuffer> furtherEntries() {
        return entries.subList(1, entries.size());
    }

    /** @return where the last whole fragment ends */
    long walk(Visitor visitor) throws IOException {
        long position = start;
        long end = start;
        int entry = 1;
        while (readAt(position, small, 8)) {
            int length = small.getInt(0);
            int type = small.getInt(4);
            if (length < 8 || length > MAX_BOX || position + length > size) {
                break;
            }
            if (type == BoxType.UUID && length >= EntryBox.HEADER + 8) {
                ByteBuffer box = payload(position, length);
                if (length == AudioOffsetBox.LENGTH) {
                    visitor.soundLater(box.getLong());
                } else {
                    entry = number(box);
                }
            } else if (type == BoxType.MOOF) {
                long mdat = position + length;
                if (!readAt(mdat, small, 8) || small.getInt(4) != BoxType.MDAT) {
                    break;
                }
                int mdatLength = small.getInt(0);
                if (mdatLength < 8
                        || mdat + mdatLength > size
                        || !fragment(position, length, mdatLength, entry, visitor)) {
                    break;
                }
                position = mdat + mdatLength;
                end = position;
                continue;
            } else {
                break;
            }
            position += length;
        }
        return end;
    }

    private int number(ByteBuffer entry) {
        int known = entries.indexOf(entry);
        if (known < 0) {
            known = entries.size();
            entries.add(entry);
        }
        return known + 1;
    }

    private ByteBuffer payload(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length - EntryBox.HEADER);
        readAt(position + EntryBox.HEADER, bytes, bytes.capacity());
        return bytes;
    }

    private boolean fragment(long position, int length, int mdatLength, int entry, Visitor visitor) throws IOException {
        if (large.capacity() < length) {
            large = ByteBuffer.allocate(length * 2);
        }
        readAt(position, large, length);
        BoxView moof = new BoxView(large, 0, length);
        List<Samples> found = new ArrayList<>();
        long bytes = 0;
        for (BoxView traf : moof.children()) {
            if (traf.type() == BoxType.TRAF) {
                Samples samples = samples(traf.children(), entry);
                if (samples == null) {
                    return false;
                }
                found.add(samples);
                bytes += samples.bytes();
            }
        }
        if (bytes != mdatLength - 8) {
            return false;
        }
        for (Samples samples : found) {
            visitor.samples(samples);
        }
        visitor.data(position + length + 8, bytes);
        return true;
    }

    private static Samples samples(List<BoxView> boxes, int entry) {
        int trackId = 0;
        long decodeTime = 0;
        for (BoxView box : boxes) {
            if (box.type() == BoxType.TFHD) {
                trackId = box.u32(4);
            } else if (box.type() == BoxType.TFDT) {
                decodeTime = box.u64(4);
            } else if (box.type() == BoxType.TRUN) {
                int count = box.u32(4);
                if (count < 1 || box.length() != 12 + (long) count * SAMPLE) {
                    return null;
                }
                boolean video = trackId == MovieHeader.VIDEO_ID;
                return new Samples(trackId, video ? entry : 1, decodeTime, count, box.payload(12));
            }
        }
        return null;
    }

    /** Fills the buffer from its start; false when the file ends before. */
    private boolean readAt(long position, ByteBuffer buffer, int count) throws IOException {
        buffer.clear().limit(count);
        while (buffer.hasRemaining()) {
            int n = file.read(buffer, position + buffer.position());
            if (n < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }
}
