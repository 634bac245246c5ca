package org.reelcast.sharing;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;

/**
 * The networks that this machine is part of: its own addresses, public ones too, and its neighbours', who may trust it
 * more than they trust the internet.
 */
@AnyThread
public final class OwnNetworks {
    private static final Logger LOG = Logger.getLogger(OwnNetworks.class.getName());
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(10);
    /** Where an interface claims more of the internet than this to be its network, only its address counts. */
    private static final int SHORTEST_IPV4_PREFIX = 8;

    private static final int SHORTEST_IPV6_PREFIX = 32;

    private final List<Network> given;
    private List<Network> networks = List.of();
    private long readNs;
    private boolean read;

    /** @param bits of the address that its network shares */
    record Network(byte[] address, int bits) {

        static Network of(InetAddress address, int prefix) {
            byte[] bytes = address.getAddress();
            int all = bytes.length * Byte.SIZE;
            int shortest = all > Integer.SIZE ? SHORTEST_IPV6_PREFIX : SHORTEST_IPV4_PREFIX;
            return new Network(bytes, prefix < shortest || prefix > all ? all : prefix);
        }

        boolean contains(InetAddress other) {
            byte[] bytes = other.getAddress();
            if (bytes.length != address.length) {
                return false;
            }
            for (int i = 0; i * Byte.SIZE < bits; i++) {
                int mask = bits - i * Byte.SIZE >= Byte.SIZE ? 0xFF : 0xFF00 >> bits - i * Byte.SIZE & 0xFF;
                if (((bytes[i] ^ address[i]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param announced the address at which others reach this machine where that is not its own; null for none */
    public OwnNetworks(InetAddress announced) {
        given = announced == null ? List.of() : List.of(Network.of(announced, 0));
    }

    /** Whether it is of the internet, beyond all networks of this machine: what strangers may have it connect to. */
    public boolean isOutside(InetAddress address) {
        return PublicAddresses.isPublic(address) && !contains(address);
    }

    boolean contains(InetAddress address) {
        return given.stream().anyMatch(network -> network.contains(address))
                || networks().stream().anyMatch(network -> network.contains(address));
    }

    private synchronized List<Network> networks() {
        long nowNs = System.nanoTime();
        if (!read || nowNs - readNs > FRESH_NS) {
            read = true;
            readNs = nowNs;
            try {
                List<Network> found = new ArrayList<>();
                for (NetworkInterface each :
                        NetworkInterface.networkInterfaces().toList()) {
                    for (InterfaceAddress own : each.getInterfaceAddresses()) {
                        found.add(Network.of(own.getAddress(), own.getNetworkPrefixLength()));
                    }
                }
                networks = found;
            } catch (SocketException e) {
                LOG.log(
                        Level.WARNING,
                        "Cannot list this machine's networks; those known before are refused as stores",
                        e);
            }
        }
        return networks;
    }
}
