package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.Arrays;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the blocks of a Matroska file by their heads, never over what they hold (RFC 9559 section 10). Clusters of
 * known and unknown size are one to it: what comes next belongs to the last one that began.
 */
final class MatroskaBlocks {
    /** Heads of blocks lie apart; sound lies close together. */
    private static final int HEAD = 512;
    /** No element's head is longer. */
    private static final int MOST_HEAD_BYTES = 12;

    private static final int KEY = 0x80;
    private static final int LACING = 6;
    private static final int XIPH = 2;
    private static final int FIXED = 4;
    /** So many elements without a frame that anybody wants are no film. */
    private static final int MOST_IDLE = 1 << 20;

    private static final long NANOSECONDS = 1000;

    private final Window window;
    private final long end;
    private final long scaleNs;
    private final Taker taker;
    private final Notes notes;
    private long position;
    private long clusterTime;
    private boolean isAtCluster;
    private int idle;

    /** Is told of frames. */
    interface Taker {
        /** How long a frame of the track lasts, 0 when that is not known; negative when nobody wants it. */
        long frameUs(int track);

        void take(int track, long position, int size, long timeUs, boolean isKey) throws Refusal;
    }

    /**
     * @param position from where to look
     * @param end      of the segment
     * @param scaleNs  that a unit of time lasts
     */
    MatroskaBlocks(ByteSource source, long position, long end, long scaleNs, Taker taker, Notes notes) {
        this.window = new Window(source, HEAD);
        this.position = position;
        this.end = end;
        this.scaleNs = scaleNs;
        this.taker = taker;
        this.notes = notes;
    }

    /** Whether the last step began a cluster. */
    boolean isAtCluster() {
        return isAtCluster;
    }

    /**
     * Goes over one element.
     *
     * @return false at the end
     */
    boolean step() throws IOException {
        isAtCluster = false;
        if (end - position < MOST_HEAD_BYTES && !isWhole()) {
            return false;
        }
        EbmlElement element = EbmlElement.read(window, position, end);
        if (++idle > MOST_IDLE) {
            throw Refusals.broken("The file has more than " + MOST_IDLE + " elements on end without a frame");
        }
        switch (element.id()) {
            case MatroskaId.CLUSTER -> {
                isAtCluster = true;
                position = element.payload();
                return true;
            }
            case MatroskaId.EBML, MatroskaId.SEGMENT -> {
                notes.add("What is joined behind the film's end does not play");
                return false;
            }
            case MatroskaId.TIMESTAMP -> clusterTime = element.unsigned(window);
            case MatroskaId.SIMPLE_BLOCK, MatroskaId.BLOCK_GROUP -> {
                if (element.end() > end || element.isUnknown()) {
                    notes.add("The file is cut off: its last frame is not whole");
                    return false;
                }
                if (element.id() == MatroskaId.SIMPLE_BLOCK) {
                    block(element, false, false);
                } else {
                    group(element);
                }
            }
            default -> {
                // nothing that is needed
            }
        }
        position = element.end();
        return true;
    }

    /** Whether what is left is an element: the file may have been cut off within its head. */
    private boolean isWhole() throws IOException {
        try {
            return position + 1 < end && EbmlElement.read(window, position, end).end() <= end;
        } catch (Refusal e) {
            return false;
        }
    }

    private void group(EbmlElement group) throws IOException {
        EbmlElement block = null;
        boolean refers = false;
        for (EbmlElement child : group.children(window)) {
            block = child.id() == MatroskaId.BLOCK ? child : block;
            refers |= child.id() == MatroskaId.REFERENCE_BLOCK;
        }
        if (block != null) {
            block(block, true, !refers);
        }
    }

    private void block(EbmlElement block, boolean isGrouped, boolean isKey) throws IOException {
        int numberBytes = EbmlElement.length(window.u8(block.payload()));
        long data = block.payload() + numberBytes + 3;
        if (numberBytes > 4 || data > block.end()) {
            throw Refusals.broken("The block at position " + block.payload() + " is cut off");
        }
        int track = (int) (EbmlElement.number(window, block.payload(), numberBytes) & (1 << 7 * numberBytes) - 1);
        long frameUs = taker.frameUs(track);
        if (frameUs < 0) {
            return;
        }
        int flags = window.u8(data - 1);
        long timeUs = timeUs((short) window.u16(data - 3));
        boolean key = isGrouped ? isKey : (flags & KEY) != 0;
        idle = 0;
        if ((flags & LACING) == 0) {
            take(track, data, block.end() - data, timeUs, key);
            return;
        }
        int[] sizes = sizes(block, flags & LACING, data);
        long at = block.end();
        for (int size : sizes) {
            at -= size;
        }
        for (int i = 0; i < sizes.length; i++) {
            take(track, at, sizes[i], timeUs + i * frameUs, key);
            at += sizes[i];
        }
    }

    private void take(int track, long at, long size, long timeUs, boolean isKey) throws Refusal {
        if (size > Limits.SAMPLE_BYTES) {
            throw Refusals.broken("A frame claims " + size + " bytes");
        }
        taker.take(track, at, (int) size, timeUs, isKey);
    }

    private long timeUs(int relative) throws Refusal {
        double us = ((double) clusterTime + relative) * scaleNs / NANOSECONDS;
        if (clusterTime < 0 || Math.abs(us) > Timeline.maxTime(MatroskaSamples.TIMESCALE) / 2.0) {
            throw Refusals.broken("A block claims the time " + clusterTime);
        }
        return Math.floorDiv((clusterTime + relative) * scaleNs, NANOSECONDS);
    }

    /** Of the frames of a block that has several (section 10.3). */
    private int[] sizes(EbmlElement block, int lacing, long data) throws IOException {
        int[] sizes = new int[window.u8(data) + 1];
        long at = data + 1;
        int last = sizes.length - 1;
        if (lacing == FIXED) {
            Arrays.fill(sizes, (int) Math.min(Limits.SAMPLE_BYTES, (block.end() - at) / sizes.length));
            return sizes;
        }
        long sum = 0;
        for (int i = 0; i < last; i++) {
            long size = 0;
            if (lacing == XIPH) {
                int part;
                do {
                    part = window.u8(at++);
                    size += part;
                } while (part == 255 && at < block.end());
            } else {
                int bytes = EbmlElement.length(window.u8(at));
                if (bytes > 4) {
                    throw lace(block);
                }
                long value = EbmlElement.number(window, at, bytes) & (1L << 7 * bytes) - 1;
                size = i == 0 ? value : sizes[i - 1] + value - ((1L << 7 * bytes - 1) - 1);
                at += bytes;
            }
            if (size < 0 || size > block.length()) {
                throw lace(block);
            }
            sizes[i] = (int) size;
            sum += size;
        }
        long rest = block.end() - at - sum;
        if (rest < 0 || rest > Limits.SAMPLE_BYTES) {
            throw lace(block);
        }
        sizes[last] = (int) rest;
        return sizes;
    }

    private static Refusal lace(EbmlElement block) {
        return Refusals.broken("The frames of the block at position " + block.payload() + " have impossible sizes");
    }
}
