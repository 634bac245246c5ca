package org.reelcast.cluster.grid;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reelcast.config.AddressRanges;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * How a node finds the others.
 *
 * @param node    its name
 * @param name    of the cluster
 * @param address of this machine, the one that the port is opened on
 * @param places  where the others are
 * @param facts   what it tells the others of itself
 */
public record GridOptions(
        String node, String name, InetAddress address, int port, MemberPlaces places, Map<String, String> facts) {

    /** @throws GridException when the settings do not name a place for the port, or for the others */
    public static GridOptions of(Settings settings, Map<String, String> facts) throws GridException {
        int port = settings.get(Keys.CLUSTER_PORT);
        if (port == 0) {
            throw new GridException("cluster_port=0: a node of a cluster needs a port for the others");
        }
        return new GridOptions(
                node(settings),
                settings.get(Keys.CLUSTER_NAME),
                address(settings),
                port,
                MemberPlaces.parse(settings.get(Keys.CLUSTER_MEMBERS), port),
                facts);
    }

    /** The one of this machine that the port is opened on. */
    public static InetAddress address(Settings settings) throws GridException {
        return address(settings.get(Keys.CLUSTER_ADDRESS), addresses());
    }

    /** What this node is called, in a cluster and alone. */
    public static String node(Settings settings) {
        String given = settings.get(Keys.NODE_ID);
        return given.isEmpty() ? hostName() + "-" + settings.get(Keys.CLUSTER_PORT) : given;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^\\w.-]", "-");
        } catch (UnknownHostException e) {
            return "node";
        }
    }

    /** The first that is wanted, IPv4 before IPv6. */
    static InetAddress address(AddressRanges wanted, List<InetAddress> own) throws GridException {
        return own.stream()
                .filter(wanted::contains)
                .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .orElseThrow(() -> new GridException("cluster_address=" + wanted + " is no address of this machine, "
                        + "which has "
                        + own.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))
                        + ". The port for the other nodes has neither TLS nor a "
                        + "password and is never opened on all of them: name one, or a range that it is in"));
    }

    private static List<InetAddress> addresses() throws GridException {
        List<InetAddress> own = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp()) {
                    own.addAll(Collections.list(each.getInetAddresses()));
                }
            }
        } catch (SocketException e) {
            throw new GridException("The addresses of this machine cannot be listed: " + e.getMessage(), e);
        }
        return own;
    }
}
