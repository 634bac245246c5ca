package org.reelcast.rendition.reencode;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.reelcast.bitstream.h264.InBandFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rendition.cache.SegmentStore;

/**
 * The format of a segment in the disk cache: its end, the number of pictures, then of each picture its time, key flag,
 * number of NAL units, and length and bytes of each. The checksum around it is {@link
 * org.reelcast.storage.cache.DiskCache}'s.
 */
final class SegmentFile implements SegmentStore.Layout<SegmentGrid.Bounds, Segment> {
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final int FRAME_BYTES = Long.BYTES + Short.BYTES + Byte.BYTES;

    private final int rotation;

    /** @param rotation of the film's pictures, degrees */
    SegmentFile(int rotation) {
        this.rotation = rotation;
    }

    @Override
    public long number(SegmentGrid.Bounds segment) {
        return segment.startUs();
    }

    @Override
    public String entry(SegmentGrid.Bounds segment) {
        return segment.startUs() + ".h264";
    }

    @Override
    public List<SegmentGrid.Bounds> together(SegmentGrid.Bounds segment) {
        return List.of(segment);
    }

    @Override
    public byte[] write(List<Segment> segments) {
        Segment segment = segments.get(0);
        List<Frame> frames = segment.frames();
        int size = HEAD_BYTES;
        for (Frame frame : frames) {
            size += FRAME_BYTES + frame.slices() * Integer.BYTES + frame.size();
        }
        ByteBuffer out =
                ByteBuffer.allocate(size).putLong(segment.bounds().endUs()).putInt(frames.size());
        for (Frame frame : frames) {
            out.putLong(frame.presentationTimeUs())
                    .put((byte) (frame.isKey() ? 1 : 0))
                    .putShort((short) frame.slices());
            for (int i = 0; i < frame.slices(); i++) {
                Slice slice = frame.slice(i);
                out.putInt(slice.length()).put(slice.array(), slice.offset(), slice.length());
            }
        }
        return out.array();
    }

    @Override
    public List<Segment> read(byte[] entry, List<SegmentGrid.Bounds> expected) {
        Segment segment = read(entry, expected.get(0));
        return segment == null ? null : List.of(segment);
    }

    /** One segment; null when the bytes are not that. The frames' slices are places in {@code bytes}. */
    Segment read(byte[] bytes, SegmentGrid.Bounds bounds) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getLong() != bounds.endUs()) {
                return null;
            }
            int count = in.getInt();
            Segment segment = new Segment(bounds);
            Format format = null;
            for (int i = 0; i < count; i++) {
                long timeUs = in.getLong();
                boolean key = in.get() != 0;
                Slice[] slices = new Slice[in.getShort() & 0xffff];
                for (int s = 0; s < slices.length; s++) {
                    int length = in.getInt();
                    if (length <= 0 || length > in.remaining()) {
                        return null;
                    }
                    slices[s] = new Slice(bytes, in.position(), length);
                    in.position(in.position() + length);
                }
                format = InBandFormat.of(slices, format, rotation);
                if (format == null) {
                    return null;
                }
                segment.add(new Frame(format, timeUs, timeUs, key, slices));
            }
            segment.finish();
            return segment;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }
}
