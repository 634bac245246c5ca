package org.reelcast.webrtc.udp;

import java.net.InetSocketAddress;
import org.reelcast.loop.OnLoop;

/** Takes what arrives on a loop's socket. */
@OnLoop
public interface DatagramHandler {

    /**
     * @param b valid during the call only, free to be changed
     */
    void received(InetSocketAddress from, byte[] b, int length, long nowUs);
}
