package org.reelcast.signalling;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.webrtc.Rehearsal;
import org.reelcast.webrtc.WebRtcTransport;

/**
 * After the start, when the server takes viewers already: plays viewer a few hundred times, slowly and in the
 * background, so that those who come find compiled what they need. Ends early when so many have come that they warm it
 * themselves.
 */
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class.getName());
    /** Set by reelcast.jar, whose listeners are as the settings have them. */
    private static final String OWN_LISTENERS = "reelcast.listeners";
    /** By measurement an eighth of a core, most of it the JIT's. */
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int ENOUGH_VIEWERS = 20;
    /** The listeners open soon after this has started. */
    private static final int CONNECT_TRIES = 240;
    private static final long BETWEEN_TRIES_NANOS = 500_000_000;
    private static final String MESSAGE = "{\"message\":\"sendData\",\"data\":[{\"operationId\":\"warm-up\","
            + "\"payload\":\"" + "x".repeat(2000) + "\"}]}";

    private final WebRtcTransport transport;
    private final int plays;
    private final Optional<InetSocketAddress> server;
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean stopped;

    WarmUp(WebRtcTransport transport, Settings settings) {
        this.transport = transport;
        this.plays = settings.get(Keys.WARM_UP_PLAYS);
        this.server = server(settings);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Where the WebSocket is; empty on a server with an administrator's listeners. */
    private static Optional<InetSocketAddress> server(Settings settings) {
        try {
            InetAddress address = InetAddress.getByName(settings.get(Keys.LISTEN_ADDRESS));
            return Boolean.getBoolean(OWN_LISTENERS) && settings.get(Keys.WS_PORT) != 0
                    ? Optional.of(new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress()
                            : address, settings.get(Keys.WS_PORT))) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    void start() {
        if (plays > 0) {
            thread.start();
        }
    }

    /** Does not wait for the end. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            transport.warm().join();
            for (int i = 0; i < CONNECT_TRIES && !stopped && !server.map(WarmUp::isOpen).orElse(true); i++) {
                LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
            }
            try (Rehearsal rehearsal = transport.rehearsal()) {
                int played = 0;
                while (played < plays && !stopped && transport.peers() < ENOUGH_VIEWERS) {
                    if (server.isPresent()) {
                        talk(server.get());
                    }
                    rehearsal.play();
                    played++;
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                LOG.info("Warmed up: played to ourselves " + played + " times");
            }
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.log(Level.FINE, "The warm-up ended early", e);
            }
        }
    }

    private static boolean isOpen(InetSocketAddress server) {
        try {
            talk(server);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void talk(InetSocketAddress server) throws IOException {
        try (LoopbackSocket socket = new LoopbackSocket(server)) {
            for (int i = 0; i < 3; i++) {
                socket.ask(MESSAGE);
            }
        }
    }
}
