package org.reelcast.cluster.grid;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.reelcast.loop.Blocking;

/**
 * Where the nodes of a cluster are.
 *
 * @param way   how {@code where} is to be read
 * @param where addresses with ports, or one name
 * @param port  of nodes behind a name
 */
public record MemberPlaces(Way way, List<String> where, int port) {

    /** How nodes are found. */
    public enum Way {
        /** Each is named. */
        LIST,
        /** All addresses of a name. */
        DNS,
        /** The pods of a service. */
        KUBERNETES
    }

    private static final String DNS = "dns:";
    private static final String KUBERNETES = "kubernetes:";

    /** @param ownPort that of a node whose port is not said */
    static MemberPlaces parse(String text, int ownPort) throws GridException {
        if (text.isBlank()) {
            throw new GridException("cluster_members is missing: it says where the nodes are, "
                    + "as 10.0.0.1:7900,10.0.0.2:7900 or dns:NAME");
        }
        if (text.startsWith(DNS)) {
            String[] parts = split(text.substring(DNS.length()), text);
            return new MemberPlaces(Way.DNS, List.of(parts[0]), parts.length > 1 ? port(parts[1], text) : ownPort);
        }
        if (text.startsWith(KUBERNETES)) {
            return new MemberPlaces(
                    Way.KUBERNETES, List.of(split(text.substring(KUBERNETES.length()), text)[0]), ownPort);
        }
        return new MemberPlaces(
                Way.LIST,
                Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(each -> !each.isEmpty())
                        .map(each -> withPort(each, ownPort))
                        .toList(),
                ownPort);
    }

    private static String[] split(String nameAndPort, String text) throws GridException {
        String[] parts = nameAndPort.trim().split(":");
        if (parts.length > 2 || parts[0].isBlank()) {
            throw new GridException("cluster_members=" + text + " names no place");
        }
        return parts;
    }

    private static int port(String digits, String text) throws GridException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new GridException("cluster_members=" + text + " has no number for a port", e);
        }
    }

    private static String withPort(String place, int ownPort) {
        boolean bareIpv6 = place.chars().filter(c -> c == ':').count() > 1 && !place.startsWith("[");
        return place.matches(".*:\\d{1,5}") && !bareIpv6
                ? place
                : (bareIpv6 ? "[" + place + "]" : place) + ":" + ownPort;
    }

    /** The addresses that a name has now. */
    @Blocking
    InetAddress[] lookUp() throws UnknownHostException {
        return InetAddress.getAllByName(where.get(0));
    }
}
