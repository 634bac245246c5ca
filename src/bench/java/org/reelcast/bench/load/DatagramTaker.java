package org.reelcast.bench.load;

import java.nio.ByteBuffer;

/** Gets the datagrams of one socket, one after the other. */
interface DatagramTaker {

    /**
     * @param bytes  holds the datagram during the call only
     * @param timeUs when the kernel got it, microseconds since 1970
     */
    void datagram(ByteBuffer bytes, int at, int length, long timeUs);
}
