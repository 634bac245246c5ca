package org.reelcast.rendition.samples;

import java.io.IOException;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Track;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the samples of one track and reads them. Samples that lie near each other come with one read, as a block
 * that is never written to again: what is handed out are places in it, not copies. Blocks start small, so that the
 * first frame is there soon, and grow while reading goes on in order. For one thread at a time.
 */
public final class SampleReader {
    private static final int FIRST_BLOCK_BYTES = 64 * 1024;
    private static final int AAC_BLOCK_BYTES = 64 * 1024;
    /** Longest AAC frame: 6144 bits for each of 48 channels (ISO 14496-3, 4.5.3.1), with room. */
    private static final int AAC_FRAME_BYTES = 64 * 1024;
    /** Longest of other codecs: FLAC, 65 535 samples of 8 channels and 32 bits. */
    private static final int AUDIO_FRAME_BYTES = 2 * 1024 * 1024;
    /** Longest hole between two samples (the other track's) that is read over. */
    private static final int MAX_HOLE_BYTES = 32 * 1024;

    private final SampleTable samples;
    private final SampleCursor cursor;
    private final SampleCursor ahead;
    private final int maxBlockBytes;
    private final int maxSampleBytes;
    private final SharedBlocks blocks;
    private ByteSource source;
    private byte[] block = new byte[0];
    private long blockPosition;
    private int blockBytes;
    private int following;
    private int lastRead = -2;
    private int offset;
    private int length;

    /**
     * @param maxBlockBytes  most to read at once
     * @param maxSampleBytes longer samples are refused: no such frame can be
     */
    public SampleReader(ByteSource source, SampleTable samples, int maxBlockBytes, int maxSampleBytes) {
        this(source, samples, maxBlockBytes, maxSampleBytes, new SharedBlocks());
    }

    /** @param blocks what other readers of the same source hold */
    public SampleReader(
            ByteSource source, SampleTable samples, int maxBlockBytes, int maxSampleBytes, SharedBlocks blocks) {
        this.blocks = blocks;
        this.source = source;
        this.samples = samples;
        this.cursor = samples.cursor();
        this.ahead = samples.cursor();
        this.maxBlockBytes = maxBlockBytes;
        this.maxSampleBytes = maxSampleBytes;
    }

    /** A reader of AAC access units. */
    public static SampleReader ofAac(ByteSource source, SampleTable samples, SharedBlocks blocks) {
        return new SampleReader(source, samples, AAC_BLOCK_BYTES, AAC_FRAME_BYTES, blocks);
    }

    /** A reader of a track of any sound. */
    public static SampleReader ofAudio(ByteSource source, SampleTable samples, SharedBlocks blocks) {
        return new SampleReader(source, samples, AAC_BLOCK_BYTES, AUDIO_FRAME_BYTES, blocks);
    }

    /**
     * Makes sure that the index of a fragmented film is read as far as {@code timeUs}; no more than a look at any
     * other.
     *
     * @throws IOException when the file breaks on the way there
     */
    public static void reach(Track track, long timeUs) throws IOException {
        track.samples().reach(timeUs);
    }

    /**
     * The same for who only looks ahead: where the film breaks on the way, that is met by who walks there.
     *
     * @throws IOException when the file cannot be read
     */
    public static void lookAhead(Track track, long timeUs) throws IOException {
        try {
            reach(track, timeUs);
        } catch (Refusal broken) {
            // what comes before the break is known now
        }
    }

    /** From now on reads the same bytes through {@code other}. */
    public void readFrom(ByteSource other) {
        source = other;
    }

    /** Goes to the next sample; false at the end. */
    public boolean next() throws IOException {
        if (!cursor.seek(following)) {
            return false;
        }
        following++;
        return true;
    }

    /** Makes sample {@code index} the one that {@link #next} goes to. */
    public void standBefore(int index) {
        following = index;
    }

    /** The sample that {@link #next} goes to. */
    public int following() {
        return following;
    }

    /** Goes to sample {@code index}; false when there is none. */
    public boolean seek(int index) throws IOException {
        following = index + 1;
        return cursor.seek(index);
    }

    /** Tells of the sample that {@link #next} or {@link #seek} went to. */
    public SampleCursor at() {
        return cursor;
    }

    public SampleTable samples() {
        return samples;
    }

    /**
     * Reads the sample; then {@link #array()}, {@link #offset()} and {@link #length()} say where it is.
     *
     * @throws IOException when it cannot be read, is longer than a frame can be or reaches past the end of the file
     */
    public void read() throws IOException {
        long position = cursor.position();
        length = cursor.size();
        if (length < 0 || length > maxSampleBytes) {
            throw new IOException("Sample " + cursor.index() + " claims " + length + " bytes");
        }
        if (!cursor.isAvailable()) {
            throw new IOException("The file ends within sample " + cursor.index());
        }
        if (position < blockPosition || position + length > blockPosition + block.length) {
            load(position);
        }
        offset = (int) (position - blockPosition);
        lastRead = cursor.index();
    }

    private void load(long position) throws IOException {
        blockBytes = Math.min(maxBlockBytes, cursor.index() == lastRead + 1 ? blockBytes * 2 : FIRST_BLOCK_BYTES);
        long end = position + length;
        for (int i = cursor.index() + 1; i < samples.count() && ahead.seek(i); i++) {
            long next = ahead.position();
            long nextEnd = next + ahead.size();
            if (next < end || next - end > MAX_HOLE_BYTES || nextEnd - position > blockBytes || !ahead.isAvailable()) {
                break;
            }
            end = nextEnd;
        }
        // never into the old block: frames still point there
        SharedBlocks.Block shared = blocks.read(source, position, length, (int) (end - position));
        block = shared.bytes();
        blockPosition = shared.position();
        if (blockPosition + block.length < position + length) {
            throw new IOException("The file ends within sample " + cursor.index() + ": it became shorter");
        }
    }

    public byte[] array() {
        return block;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }
}
