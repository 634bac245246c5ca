package org.reelcast.e2e.harness;

import java.util.UUID;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.client.StreamView;

/** A viewer that counts packets instead of showing pictures, over the whole way: signalling, ICE, DTLS, SRTP. */
public final class LightViewer implements AutoCloseable {
    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final SignallingClient signalling;
    private final LightClient client;
    private boolean closed;

    /** Asks to play. */
    public LightViewer(ClientNetwork network, ReelcastProcess server, String name) {
        this.name = name;
        signalling = SignallingClient.connect(server.wsUrl());
        client = new LightClient(network, ClientOptions.light());
        signalling.playStream(id, name, client.offer());
    }

    public void awaitPlaying() {
        client.accept(signalling.await("setRemoteSDP").data().get(1).getAsString());
        signalling.awaitStatus(id, "PLAYING");
    }

    /** Waits until the server sends it away. @return why */
    public String awaitStopped() {
        return signalling.awaitStatus(id, "STOPPED").text("info");
    }

    /** Presses Stop and waits for the answer. */
    public void stop() {
        signalling.stopStream(id, name);
        signalling.awaitStatus(id, "STOPPED");
    }

    /** To be read after {@link #close()}. */
    public StreamView video() {
        return client.media().video();
    }

    /** To be read after {@link #close()}. */
    public StreamView audio() {
        return client.media().audio();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            signalling.close();
            client.close();
        }
    }
}
