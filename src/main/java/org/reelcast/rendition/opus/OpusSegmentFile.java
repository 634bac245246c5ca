package org.reelcast.rendition.opus;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.reelcast.media.Format;
import org.reelcast.rendition.cache.SegmentStore;

/**
 * The format of Opus segments in the disk cache, {@value #ENTRY_SEGMENTS} an entry: of each the number of packets, then
 * length and bytes of each packet. The checksum around an entry is {@link org.reelcast.storage.cache.DiskCache}'s.
 */
final class OpusSegmentFile implements SegmentStore.Layout<Integer, OpusSegment> {
    static final int ENTRY_SEGMENTS = 20;
    /** Longest Opus packet (RFC 6716 section 3.4: 120 ms of it never exceed this). */
    private static final int MAX_PACKET_BYTES = 8 * 1024;

    private final OpusSegmentGrid grid;
    private final Format format;

    OpusSegmentFile(OpusSegmentGrid grid, Format format) {
        this.grid = grid;
        this.format = format;
    }

    @Override
    public long number(Integer segment) {
        return segment;
    }

    @Override
    public String entry(Integer segment) {
        return segment / ENTRY_SEGMENTS + ".opus";
    }

    @Override
    public List<Integer> together(Integer segment) throws IOException {
        int first = segment / ENTRY_SEGMENTS * ENTRY_SEGMENTS;
        grid.lookAheadTo((long) first + ENTRY_SEGMENTS);
        long end = Math.min((long) first + ENTRY_SEGMENTS, grid.segments());
        return IntStream.range(first, (int) end).boxed().toList();
    }

    @Override
    public byte[] write(List<OpusSegment> segments) {
        int size = 0;
        for (OpusSegment segment : segments) {
            size += Short.BYTES;
            for (byte[] packet : segment.packets()) {
                size += Short.BYTES + packet.length;
            }
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (OpusSegment segment : segments) {
            out.putShort((short) segment.packets().length);
            for (byte[] packet : segment.packets()) {
                out.putShort((short) packet.length).put(packet);
            }
        }
        return out.array();
    }

    @Override
    public List<OpusSegment> read(byte[] entry, List<Integer> expected) {
        ByteBuffer in = ByteBuffer.wrap(entry);
        List<OpusSegment> segments = new ArrayList<>();
        try {
            for (int segment : expected) {
                byte[][] packets = packets(in, grid.count(segment));
                if (packets == null) {
                    return null;
                }
                segments.add(new OpusSegment(packets, format, grid.firstPacket(segment), grid.packetUs(), null));
            }
            return segments;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static byte[][] packets(ByteBuffer in, int count) {
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
        return packets;
    }
}
