package org.reelcast.boot;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/** Where the player is to be found, for whoever reads the log: on a phone in the same network, and on this machine. */
final class Addresses {
    private static final int MOST = 3;

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
            List<InetAddress> all = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address
                            && !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress())
                    .toList();
            // a phone in the same network reaches these
            return Stream.concat(
                            all.stream().filter(InetAddress::isSiteLocalAddress),
                            all.stream().filter(address -> !address.isSiteLocalAddress()))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
