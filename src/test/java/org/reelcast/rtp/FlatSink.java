package org.reelcast.rtp;

/** A sink with one array, written from its start on, that takes each packet as soon as it is committed. */
public abstract class FlatSink implements PacketSink {
    private final byte[] array = new byte[2048];

    @Override
    public final byte[] array() {
        return array;
    }

    @Override
    public final int reserve(int length) {
        return 0;
    }

    @Override
    public final void flush() {
        // nothing is kept back
    }
}
