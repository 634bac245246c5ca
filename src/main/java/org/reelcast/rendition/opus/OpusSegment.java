package org.reelcast.rendition.opus;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rendition.cache.MemoryCache;

/** Some packets in a row, as the frames that all viewers share. */
final class OpusSegment implements MemoryCache.Sized {
    /** Longest Opus packet (RFC 6716 section 3.4: 120 ms of it never exceed this). */
    private static final int MAX_PACKET_BYTES = 8 * 1024;
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

    int count() {
        return frames.length;
    }

    /** @throws IOException when the film breaks before this packet */
    Frame frame(int index) throws IOException {
        if (index >= frames.length && failure != null) {
            throw failure;
        }
        return frames[index];
    }

    /** Where the film breaks within the segment, the reason; else null. */
    IOException failure() {
        return failure;
    }

    @Override
    public int heapBytes() {
        return heapBytes;
    }

    /** Bytes that {@link #write} needs. */
    int storedBytes() {
        int bytes = 2;
        for (byte[] packet : packets) {
            bytes += 2 + packet.length;
        }
        return bytes;
    }

    /** Number of packets, then length and bytes of each. */
    void write(ByteBuffer out) {
        out.putShort((short) packets.length);
        for (byte[] packet : packets) {
            out.putShort((short) packet.length).put(packet);
        }
    }

    /** Reads what {@link #write} wrote; null when it is not that, or not {@code count} packets. */
    static OpusSegment read(ByteBuffer in, Format format, long firstPacket, int count, long packetUs) {
        try {
            if (in.getShort() != count) {
                return null;
            }
            byte[][] packets = new byte[count][];
            for (int i = 0; i < count; i++) {
                int length = in.getShort();
                if (length <= 0 || length > MAX_PACKET_BYTES) {
                    return null;
                }
                packets[i] = new byte[length];
                in.get(packets[i]);
            }
            return new OpusSegment(packets, format, firstPacket, packetUs, null);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }
}
