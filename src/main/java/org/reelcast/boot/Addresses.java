package org.reelcast.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/** Where the player is to be found, for whoever reads the log: on a phone in the same network, and on this machine. */
final class Addresses {
    private static final int MOST = 3;
    /** Of documentation (RFC 5737): nobody has it, and the way to it is the way out. */
    private static final String OUTSIDE = "192.0.2.1";

    private Addresses() {}

    static List<String> ofPlayer(Settings settings) {
        return ofPlayer(settings, ownAddresses());
    }

    /** @param own addresses of this machine, IPv4 */
    static List<String> ofPlayer(Settings settings, List<String> own) {
        int http = settings.get(Keys.HTTP_PORT);
        int port = http == 0 ? settings.get(Keys.HTTPS_PORT) : http;
        if (port == 0) {
            return List.of();
        }
        String listen = settings.get(Keys.LISTEN_ADDRESS);
        List<String> hosts = new ArrayList<>();
        if (listen.equals("0.0.0.0") || listen.equals("::")) {
            own.stream().limit(MOST).forEach(hosts::add);
            hosts.add("localhost");
        } else {
            hosts.add(listen.startsWith("127.") ? "localhost" : listen.contains(":") ? "[" + listen + "]" : listen);
        }
        return hosts.stream()
                .map(host -> (http == 0 ? "https://" : "http://") + host + ":" + port + "/")
                .toList();
    }

    private static List<String> ownAddresses() {
        try {
            return inOrder(
                    NetworkInterface.networkInterfaces()
                            .filter(Addresses::isUp)
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList(),
                    ofTheDefaultRoute());
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    /** The address that is spoken from to the world outside; null where there is no way. Sends nothing. */
    private static InetAddress ofTheDefaultRoute() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(OUTSIDE, 9));
            return socket.getLocalAddress();
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }

    /**
     * The addresses that a phone in the same network reaches first: IPv4, that of the default route, then those of private
     * networks, of which containers have some, too.
     */
    static List<String> inOrder(List<InetAddress> all, InetAddress route) {
        return all.stream()
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .sorted(Comparator.comparing((InetAddress address) -> !address.equals(route))
                        .thenComparing(address -> !address.isSiteLocalAddress()))
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
