package org.reelcast.webrtc;

import java.net.InetSocketAddress;
import org.reelcast.loop.AnyThread;
import org.reelcast.webrtc.udp.DatagramKind;

/** Who takes the datagrams of one remote address or ICE user; on its loop. */
interface PacketReceiver {

    /** @param b valid during the call only, free to be changed */
    void received(DatagramKind kind, InetSocketAddress from, byte[] b, int length, long nowUs);

    /** Whether a word came from that address a short time ago that only the peer can have said. */
    boolean isHeard(InetSocketAddress address, long nowUs);

    /** Says goodbye and releases all; may be called again. */
    @AnyThread
    void close();
}
