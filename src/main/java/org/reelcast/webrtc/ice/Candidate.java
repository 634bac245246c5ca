package org.reelcast.webrtc.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * One address the server can be reached at (RFC 8839 section 5.1). All are host candidates: a public address in front
 * of a one-to-one NAT too, as ICE-lite knows no other.
 *
 * @param foundation groups candidates of one kind; here each is its own
 * @param priority   higher is preferred (RFC 8445 section 5.1.2)
 */
public record Candidate(int foundation, long priority, InetAddress address, int port) {
    /** Type preference of host candidates and the component id of RTP. */
    private static final long HOST = 126L << 24;

    private static final int COMPONENT = 1;

    /** @param rank 0 for the best, each with another one */
    static Candidate host(int rank, InetAddress address, int port) {
        return new Candidate(rank + 1, HOST | (long) (65_535 - rank) << 8 | 256 - COMPONENT, address, port);
    }

    /** The address as text, without an IPv6 zone. */
    public String host() {
        String text = address.getHostAddress();
        int zone = address instanceof Inet6Address ? text.indexOf('%') : -1;
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The value of the {@code a=candidate} line. */
    public String toSdp() {
        return foundation + " " + COMPONENT + " udp " + priority + " " + host() + " " + port + " typ host";
    }
}
