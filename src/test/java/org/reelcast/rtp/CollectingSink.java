package org.reelcast.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sink that keeps the packets as they are before encryption, and complains when it is used against its contract. */
public final class CollectingSink implements PacketSink {
    public final List<byte[]> rtp = new ArrayList<>();
    public final List<byte[]> rtcp = new ArrayList<>();
    /** RTP and RTCP in the order of sending. */
    public final List<byte[]> all = new ArrayList<>();

    public int flushes;
    private byte[] array = new byte[2048];
    private int reserved = -1;
    private int at;
    private boolean unflushed;

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int reserve(int length) {
        if (reserved >= 0) {
            throw new IllegalStateException("reserved twice");
        }
        // another array and offset each time: whoever kept the old ones is found out
        array = new byte[length + 40];
        Arrays.fill(array, (byte) 0xa5);
        at = (at + 7) % 40;
        reserved = length;
        return at;
    }

    @Override
    public void commitRtp(int length) {
        rtp.add(commit(length));
    }

    @Override
    public void commitRtcp(int length) {
        rtcp.add(commit(length));
    }

    @Override
    public void flush() {
        flushes++;
        unflushed = false;
    }

    public boolean isFlushed() {
        return !unflushed;
    }

    public void clear() {
        rtp.clear();
        rtcp.clear();
        all.clear();
    }

    private byte[] commit(int length) {
        if (reserved != length) {
            throw new IllegalStateException("reserved " + reserved + ", committed " + length);
        }
        for (int i = 0; i < array.length; i++) {
            if ((i < at || i >= at + length) && array[i] != (byte) 0xa5) {
                throw new IllegalStateException("wrote outside its place at " + (i - at));
            }
        }
        reserved = -1;
        unflushed = true;
        byte[] packet = Arrays.copyOfRange(array, at, at + length);
        all.add(packet);
        return packet;
    }
}
