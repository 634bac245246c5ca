package org.reelcast.webrtc.udp;

import java.util.concurrent.atomic.LongAdder;

/** Counters of one UDP port; written by its loop, read by anybody. */
public final class UdpStatistics {
    final LongAdder datagramsSent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder sends = new LongAdder();
    final LongAdder notProtected = new LongAdder();
    final LongAdder notWritable = new LongAdder();
    final LongAdder sendErrors = new LongAdder();

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
}
