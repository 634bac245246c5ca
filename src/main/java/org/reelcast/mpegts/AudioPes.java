package org.reelcast.mpegts;

import java.util.List;
import org.reelcast.bitstream.aac.AdtsHeader;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * AAC with ADTS headers, several access units in one PES packet: alone each would leave half a packet empty. A unit has
 * the time of its first frame, and is due by its middle, as far behind pictures as ahead of them. What no ADTS header
 * can be made for, by its format or its size, is left out.
 */
final class AudioPes implements PesStream {
    private static final int MAX_FRAMES = 8;
    /** As many as 16 packets hold beside the PES header. */
    private static final int MAX_BYTES = 2930;

    private static final long MAX_LENGTH = Ticks.ofMs(200);

    private final boolean clocked;
    private final Frame[] frames;
    private final AdtsHeader[] headers;
    private final long[] times;
    private int frameCount;
    /** The first frame of each unit, and the end of the last one. */
    private final int[] starts;

    private int count;
    private final byte[] scratch = new byte[Math.max(PesHeader.MAX_LENGTH, AdtsHeader.LENGTH)];

    AudioPes(List<Frame> all, boolean clocked) {
        this.clocked = clocked;
        frames = new Frame[all.size()];
        headers = new AdtsHeader[all.size()];
        times = new long[all.size()];
        starts = new int[all.size() + 1];
        take(all);
        group(clocked ? Schedule.CLOCK_INTERVAL : MAX_LENGTH);
    }

    private void take(List<Frame> all) {
        Format format = null;
        AdtsHeader header = null;
        for (Frame frame : all) {
            if (frame.format() != format) {
                format = frame.format();
                header = AdtsHeader.of(AudioSpecificConfig.parse(
                                ((AacFormat) format).config().bytes()))
                        .orElse(null);
            }
            if (header != null && frame.size() > 0 && frame.size() <= AdtsHeader.MAX_PAYLOAD) {
                frames[frameCount] = frame;
                headers[frameCount] = header;
                times[frameCount++] = Ticks.ofUs(frame.presentationTimeUs());
            }
        }
    }

    /** @param maxLength from the start of a unit to that of the next one */
    private void group(long maxLength) {
        for (int start = 0; start < frameCount; start = starts[count]) {
            int end = start + 1;
            int bytes = bytes(frames[start]);
            while (end < frameCount
                    && end - start < MAX_FRAMES
                    && times[Math.min(end + 1, frameCount - 1)] - times[start] <= maxLength
                    && bytes + bytes(frames[end]) <= MAX_BYTES) {
                bytes += bytes(frames[end++]);
            }
            starts[++count] = end;
        }
    }

    private static int bytes(Frame frame) {
        return AdtsHeader.LENGTH + frame.size();
    }

    @Override
    public Pid pid() {
        return Pid.AUDIO;
    }

    @Override
    public boolean isClocked() {
        return clocked;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long time(int unit) {
        long first = times[starts[unit]];
        return clocked ? first : first + (times[starts[unit + 1] - 1] - first) / 2;
    }

    @Override
    public long delay() {
        return 0;
    }

    @Override
    public int bytes(int unit) {
        int bytes = PesHeader.length(0, 0);
        for (int i = starts[unit]; i < starts[unit + 1]; i++) {
            bytes += bytes(frames[i]);
        }
        return bytes;
    }

    @Override
    public boolean isEntry(int unit) {
        return true;
    }

    @Override
    public void put(int unit, PacketWriter out) {
        long time = times[starts[unit]];
        PesHeader.put(scratch, Pid.AUDIO, bytes(unit), time, time);
        out.put(scratch, 0, PesHeader.length(time, time));
        for (int i = starts[unit]; i < starts[unit + 1]; i++) {
            Frame frame = frames[i];
            headers[i].put(scratch, 0, frame.size());
            out.put(scratch, 0, AdtsHeader.LENGTH);
            for (int k = 0; k < frame.slices(); k++) {
                Slice slice = frame.slice(k);
                out.put(slice.array(), slice.offset(), slice.length());
            }
        }
    }
}
