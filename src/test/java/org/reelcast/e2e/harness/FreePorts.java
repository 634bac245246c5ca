package org.reelcast.e2e.harness;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for a server to come. They lie below Linux's ephemeral range, so that no outgoing connection takes one
 * between the look and the server's start.
 */
public final class FreePorts {
    private static final int FROM = 18_000;
    private static final int TO = 30_000;

    private FreePorts() {}

    /** @return the first of {@code count} neighbouring ports that are free for TCP and UDP */
    public static int block(int count) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(FROM, TO - count);
            if (isFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("No " + count + " free ports in a row between " + FROM + " and " + TO);
    }

    private static boolean isFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket tcp = new ServerSocket();
                    DatagramSocket udp = new DatagramSocket(null)) {
                tcp.bind(new InetSocketAddress(port));
                udp.bind(new InetSocketAddress(port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
