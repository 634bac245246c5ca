package org.reelcast.mp4.write;

import java.util.Arrays;

/** The samples of one track that wait to become part of a fragment: facts in arrays, payload in one buffer. */
final class SampleRun {
    static final int SYNC = 0x0200_0000;
    static final int NOT_SYNC = 0x0101_0000;

    private final int trackId;
    private int count;
    private int[] duration = new int[64];
    private int[] size = new int[64];
    private int[] flags = new int[64];
    private int[] composition = new int[64];
    private final BoxBuffer data = new BoxBuffer();
    private int dataEnd;
    private long firstTime;
    private long lastTime;

    SampleRun(int trackId) {
        this.trackId = trackId;
    }

    int count() {
        return count;
    }

    /** Decode time of the first sample. */
    long firstTime() {
        return firstTime;
    }

    /** Decode time of the last sample. */
    long lastTime() {
        return lastTime;
    }

    int bytes() {
        return data.length();
    }

    /** The payload; what is appended belongs to the sample that {@link #add} names next. */
    BoxBuffer data() {
        return data;
    }

    /** What was appended to the payload since the last call is a sample. */
    void add(long decodeTime, int compositionOffset, boolean sync) {
        add(decodeTime, compositionOffset, sync, data.length() - dataEnd);
        dataEnd = data.length();
    }

    /** A sample whose payload lies elsewhere. */
    void add(long decodeTime, int compositionOffset, boolean sync, int bytes) {
        if (count == size.length) {
            duration = Arrays.copyOf(duration, count * 2);
            size = Arrays.copyOf(size, count * 2);
            flags = Arrays.copyOf(flags, count * 2);
            composition = Arrays.copyOf(composition, count * 2);
        }
        if (count == 0) {
            firstTime = decodeTime;
        }
        size[count] = bytes;
        flags[count] = sync ? SYNC : NOT_SYNC;
        composition[count] = compositionOffset;
        duration[count] = 0;
        lastTime = decodeTime;
        count++;
    }

    /** How long the last sample lasts. */
    void lasts(int units) {
        duration[count - 1] = units;
    }

    /**
     * Writes the {@code traf} (ISO 14496-12 section 8.8.6).
     *
     * @return where the offset of the data is to be patched in
     */
    int write(BoxBuffer out) {
        out.open("traf");
        out.openFull("tfhd", 0, 0x2_0000).u32(trackId).close();
        out.openFull("tfdt", 1, 0).u64(firstTime).close();
        out.openFull("trun", 1, 0xf01).u32(count);
        int offsetAt = out.length();
        out.u32(0);
        for (int i = 0; i < count; i++) {
            out.u32(duration[i]).u32(size[i]).u32(flags[i]).u32(composition[i]);
        }
        out.close().close();
        return offsetAt;
    }

    void clear() {
        count = 0;
        dataEnd = 0;
        data.clear();
    }
}
