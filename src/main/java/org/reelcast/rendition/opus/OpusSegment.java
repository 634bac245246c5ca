package org.reelcast.rendition.opus;

import java.io.IOException;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rendition.cache.MemoryCache;

/** Opus packets in a row, as the frames that all viewers share. */
final class OpusSegment implements MemoryCache.Sized {
    /** What a frame takes besides its packet. */
    private static final int FRAME_HEAP_BYTES = 120;

    private final byte[][] packets;
    private final Frame[] frames;
    private final int heapBytes;
    private final IOException failure;

    /** @param failure why there are no more packets although there should be; null when these are all */
    OpusSegment(byte[][] packets, Format format, long firstPacket, long packetUs, IOException failure) {
        this.packets = packets;
        this.failure = failure;
        this.frames = new Frame[packets.length];
        int bytes = 0;
        for (int i = 0; i < packets.length; i++) {
            long timeUs = (firstPacket + i) * packetUs;
            frames[i] = new Frame(format, timeUs, timeUs, true, Slice.of(packets[i]));
            bytes += packets[i].length + FRAME_HEAP_BYTES;
        }
        this.heapBytes = bytes;
    }

    /** @throws IOException when the film breaks before this packet */
    Frame frame(int index) throws IOException {
        if (index >= frames.length && failure != null) {
            throw failure;
        }
        return frames[index];
    }

    int count() {
        return packets.length;
    }

    /** Whether these are all packets: the film does not break within the segment. */
    boolean isWhole() {
        return failure == null;
    }

    /** The packets' bytes, not to be written to. */
    byte[][] packets() {
        return packets;
    }

    @Override
    public int heapBytes() {
        return heapBytes;
    }
}
