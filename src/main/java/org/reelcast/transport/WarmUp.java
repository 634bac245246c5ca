package org.reelcast.transport;

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
import org.reelcast.webrtc.SelfPlay;
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
    /** The first ones bring the most, and viewers come at once to a server that has started anew. */
    private static final int HURRIED_PLAYS = 50;

    private static final long SHORT_PAUSE_NANOS = 5_000_000;
    /** By measurement a tenth of a core, most of it the JIT's. */
    private static final long PAUSE_NANOS = 200_000_000;

    private static final int ENOUGH_VIEWERS = 20;
    private static final long END_LIMIT_MS = 5_000;
    /** Plays before the listeners open: then they never will. */
    private static final int MOST_EARLY = 600;

    private static final String MESSAGE =
            "{\"message\":\"ping\",\"data\":[{" + "\"payload\":\"" + "x".repeat(2000) + "\"}]}";

    private final WebRtcTransport transport;
    private final int plays;
    private final Optional<InetSocketAddress> server;
    private final Thread thread = new Thread(this::run, "warm-up");
    private volatile boolean stopped;
    private boolean talked;

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
                    ? Optional.of(new InetSocketAddress(
                            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address,
                            settings.get(Keys.WS_PORT)))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    void start() {
        if (plays > 0) {
            thread.start();
        }
    }

    /**
     * Waits until the play under way is over: once the container has stopped the application, classes that it still has
     * to load are no longer found.
     */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(END_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            transport.warm().join();
            try (SelfPlay rehearsal = transport.rehearsal()) {
                int played = 0;
                int early = 0;
                while (played < plays && early < MOST_EARLY && !stopped && transport.peers() < ENOUGH_VIEWERS) {
                    if (server.isEmpty() || talkIfOpen(server.get())) {
                        played++;
                    } else {
                        early++;
                    }
                    rehearsal.play();
                    LockSupport.parkNanos(played + early < HURRIED_PLAYS ? SHORT_PAUSE_NANOS : PAUSE_NANOS);
                }
                LOG.info("Warmed up: played to ourselves " + played + " times");
            }
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.log(Level.FINE, "The warm-up ended early", e);
            }
        }
    }

    /** The listeners open soon after this has started. */
    private boolean talkIfOpen(InetSocketAddress server) throws IOException {
        try {
            talk(server);
            talked = true;
        } catch (IOException e) {
            if (talked) {
                throw e;
            }
        }
        return talked;
    }

    private static void talk(InetSocketAddress server) throws IOException {
        try (LoopbackSocket socket = new LoopbackSocket(server)) {
            for (int i = 0; i < 3; i++) {
                socket.ask(MESSAGE);
            }
        }
    }
}
