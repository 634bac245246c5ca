package org.reelcast.webrtc.udp;

import java.util.concurrent.atomic.LongAdder;

/** Counters of one loop's socket; written by the loop, read by anybody. */
public final class LoopStatistics {
    final LongAdder datagramsSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder sends = new LongAdder();
    final LongAdder notProtected = new LongAdder();
    final LongAdder notWritable = new LongAdder();
    final LongAdder sendErrors = new LongAdder();
    final LongAdder handlerErrors = new LongAdder();

    /** Datagrams given to the kernel, each segment of a batch counted. */
    public long datagramsSent() {
        return datagramsSent.sum();
    }

    public long bytesSent() {
        return bytesSent.sum();
    }

    /** Sends that carried them; with segmentation far fewer. */
    public long sends() {
        return sends.sum();
    }

    /** Packets that encryption refused. */
    public long notProtected() {
        return notProtected.sum();
    }

    /** Datagrams dropped because the socket's queue was full. */
    public long notWritable() {
        return notWritable.sum();
    }

    /** Sends that the kernel refused. */
    public long sendErrors() {
        return sendErrors.sum();
    }

    /** Failures of our own while taking a datagram or a timer. */
    public long handlerErrors() {
        return handlerErrors.sum();
    }
}
