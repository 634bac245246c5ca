package org.reelcast.mpegts;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/**
 * H.264 as a byte stream (ITU-T H.264 annex B; ISO/IEC 13818-1 section 2.14.1): each access unit starts with its
 * delimiter, and each at which decoding can start, as well as the segment's first, with all parameter sets. A unit is
 * due when it is decoded.
 *
 * <p>No picture may be shown before it is decoded, and no two be decoded at once. MP4 allows both (negative composition
 * offsets); such pictures are decoded earlier here, before the first of those to come is shown. Of others this changes
 * nothing.
 */
final class VideoPes implements PesStream {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    /** With its start code; primary_pic_type 7 says nothing. */
    private static final byte[] DELIMITER = {0, 0, 0, 1, NalType.AUD, (byte) 0xf0};

    private final Frame[] frames;
    private final int count;
    private final long[] shown;
    private final long[] decoded;
    private final int[] bytes;
    /** Where they are others than the frame's; null elsewhere. */
    private final Slice[][] units;

    private final boolean[] entries;
    private long delay;
    private final byte[] scratch = new byte[PesHeader.MAX_LENGTH];

    VideoPes(List<Frame> all) {
        frames = all.stream().filter(frame -> frame.size() > 0).toArray(Frame[]::new);
        count = frames.length;
        shown = new long[count];
        decoded = new long[count];
        bytes = new int[count];
        units = new Slice[count][];
        entries = new boolean[count];
        time();
        measure();
    }

    private void time() {
        long latest = Long.MAX_VALUE;
        for (int i = count - 1; i >= 0; i--) {
            shown[i] = Ticks.ofUs(frames[i].presentationTimeUs());
            latest = Math.min(latest, Math.min(shown[i], Ticks.ofUs(frames[i].decodeTimeUs())));
            decoded[i] = latest;
        }
        spread();
        for (int i = count - 1; i >= 0; i--) {
            decoded[i] = i + 1 < count ? Math.min(decoded[i], decoded[i + 1] - 1) : decoded[i];
            delay = Math.max(delay, shown[i] - decoded[i]);
        }
    }

    /** Pictures that would all be decoded at one time are, evenly, since the one before. */
    private void spread() {
        long before = 0;
        for (int start = 0, end; start < count; start = end) {
            long time = decoded[start];
            for (end = start + 1; end < count && decoded[end] == time; ) {
                end++;
            }
            int together = end - start;
            long room = start == 0 ? together : time - before;
            for (int i = 1; i < together; i++) {
                decoded[start + i - 1] = time - room + room * i / together;
            }
            before = time;
        }
    }

    private void measure() {
        Format format = null;
        RandomAccessPicture entry = null;
        for (int i = 0; i < count; i++) {
            Frame frame = frames[i];
            entries[i] = frame.isKey() || has(frame, NalType.IDR);
            if (entries[i] || i == 0) {
                if (frame.format() != format) {
                    format = frame.format();
                    entry = new RandomAccessPicture((H264Format) format);
                }
                units[i] = entry.units(withoutDelimiter(frame));
            } else if (has(frame, NalType.AUD)) {
                units[i] = withoutDelimiter(frame).toArray(Slice[]::new);
            }
            int total = PesHeader.length(shown[i], decoded[i]) + DELIMITER.length;
            for (int k = 0; k < units(i); k++) {
                int length = unit(i, k).length();
                total = Math.addExact(total, length > 0 ? START_CODE.length + length : 0);
            }
            bytes[i] = total;
        }
    }

    private static boolean has(Frame frame, int type) {
        boolean has = false;
        for (int i = 0; i < frame.slices(); i++) {
            has |= RandomAccessPicture.type(frame.slice(i)) == type;
        }
        return has;
    }

    /**
     * The frame's units but for its own delimiter, in whose place ours comes (ITU-T H.264 section 7.4.1.2.3): some
     * writers put SEI before it. One behind a slice stays: there the second field of the frame starts.
     */
    private static List<Slice> withoutDelimiter(Frame frame) {
        List<Slice> units = new ArrayList<>();
        boolean behindSlice = false;
        for (int i = 0; i < frame.slices(); i++) {
            int type = RandomAccessPicture.type(frame.slice(i));
            behindSlice |= type >= NalType.SLICE && type <= NalType.IDR;
            if (type != NalType.AUD || behindSlice) {
                units.add(frame.slice(i));
            }
        }
        return units;
    }

    private int units(int picture) {
        return units[picture] == null ? frames[picture].slices() : units[picture].length;
    }

    private Slice unit(int picture, int index) {
        return units[picture] == null ? frames[picture].slice(index) : units[picture][index];
    }

    @Override
    public Pid pid() {
        return Pid.VIDEO;
    }

    @Override
    public boolean isClocked() {
        return true;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long time(int unit) {
        return decoded[unit];
    }

    @Override
    public long delay() {
        return delay;
    }

    @Override
    public int bytes(int unit) {
        return bytes[unit];
    }

    @Override
    public boolean isEntry(int unit) {
        return entries[unit];
    }

    @Override
    public void put(int unit, PacketWriter out) {
        PesHeader.put(scratch, Pid.VIDEO, bytes[unit], shown[unit], decoded[unit]);
        out.put(scratch, 0, PesHeader.length(shown[unit], decoded[unit]));
        out.put(DELIMITER, 0, DELIMITER.length);
        for (int i = 0; i < units(unit); i++) {
            Slice nal = unit(unit, i);
            if (nal.length() > 0) {
                out.put(START_CODE, 0, START_CODE.length);
                out.put(nal.array(), nal.offset(), nal.length());
            }
        }
    }
}
