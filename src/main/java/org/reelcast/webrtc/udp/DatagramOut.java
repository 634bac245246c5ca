package org.reelcast.webrtc.udp;

import java.net.InetSocketAddress;

/** The socket as the batch sees it. */
interface DatagramOut {

    /** Whether a run of datagrams can go out in one send (UDP_SEGMENT). */
    boolean segments();

    /** Sends one datagram; the bytes are copied. */
    void send(byte[] b, int off, int length, InetSocketAddress to);

    /** Sends {@code length} bytes as datagrams of {@code segment} bytes, the last one maybe shorter. */
    void sendSegmented(byte[] b, int off, int length, int segment, InetSocketAddress to);
}
