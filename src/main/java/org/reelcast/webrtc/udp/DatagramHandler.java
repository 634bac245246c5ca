package org.reelcast.webrtc.udp;

import java.net.InetSocketAddress;

/** Takes what arrives on a loop's socket, on the loop. */
public interface DatagramHandler {

    /**
     * @param b valid during the call only, free to be changed
     */
    void received(InetSocketAddress from, byte[] b, int length, long nowUs);
}
