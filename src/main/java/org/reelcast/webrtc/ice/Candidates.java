package org.reelcast.webrtc.ice;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds the addresses to announce: the configured ones, else all of this machine. */
public final class Candidates {
    private static final Logger LOG = Logger.getLogger(Candidates.class.getName());

    private Candidates() {}

    /**
     * @param announced public addresses to put first (setting {@code ip}); may be empty
     * @param bound     the local address the socket is bound to (setting {@code ip_local}); null when to all of them
     * @param port      the socket's
     * @param ipv6      whether the socket takes IPv6
     * @return best first, never empty
     */
    public static List<Candidate> gather(List<InetAddress> announced, InetAddress bound, int port, boolean ipv6) {
        Set<InetAddress> addresses = new LinkedHashSet<>(announced);
        if (bound != null) {
            addresses.add(bound);
        } else {
            addresses.addAll(local(ipv6));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (InetAddress address : addresses) {
            candidates.add(Candidate.host(candidates.size(), address, port));
        }
        return candidates;
    }

    /** This machine's addresses: IPv4, IPv6, and the loopback last, for clients on the same machine. */
    private static List<InetAddress> local(boolean ipv6) {
        List<InetAddress> v4 = new ArrayList<>();
        List<InetAddress> v6 = new ArrayList<>();
        List<InetAddress> loopback = new ArrayList<>();
        try {
            for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
                if (!network.isUp()) {
                    continue;
                }
                for (InetAddress address : network.inetAddresses().toList()) {
                    if (address.isLoopbackAddress()) {
                        if (address instanceof Inet4Address) {
                            loopback.add(address);
                        }
                    } else if (address instanceof Inet4Address) {
                        v4.add(address);
                    } else if (ipv6 && address instanceof Inet6Address && isUsable(address)) {
                        v6.add(address);
                    }
                }
            }
        } catch (SocketException e) {
            LOG.log(Level.WARNING, "Cannot list this machine's addresses; announcing the loopback only", e);
        }
        v4.addAll(v6);
        v4.addAll(loopback.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : loopback);
        return v4;
    }

    private static boolean isUsable(InetAddress address) {
        return !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !address.isSiteLocalAddress();
    }
}
