package org.reelcast.webrtc.udp;

import org.reelcast.loop.OnLoop;

/** Encrypts one peer's packets in place. */
@OnLoop
public interface PacketProtection {
    /** The most that protection adds to a packet, in bytes. */
    int MAX_OVERHEAD = 20;

    /** @return the protected length, negative when the packet must not be sent */
    int protectRtp(byte[] b, int off, int length);

    /** @return the protected length, negative when the compound must not be sent */
    int protectRtcp(byte[] b, int off, int length);
}
