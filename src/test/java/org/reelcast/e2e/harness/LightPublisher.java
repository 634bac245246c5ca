package org.reelcast.e2e.harness;

import com.google.gson.JsonObject;
import java.util.UUID;
import org.reelcast.webrtc.client.ClientCamera;
import org.reelcast.webrtc.client.ClientNetwork;

/** A publisher without a browser, over the whole way: signalling, ICE, DTLS, SRTP. Asks to be recorded. */
public final class LightPublisher implements AutoCloseable {
    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final SignallingClient signalling;
    private final ClientCamera camera;

    /**
     * Asks to publish.
     *
     * @param frameBytes size of a picture; 25 a second
     * @param login      how the page calls its user when it connects
     */
    public LightPublisher(ClientNetwork network, ReelcastProcess server, String name, int frameBytes, String login) {
        this.name = name;
        JsonObject custom = new JsonObject();
        custom.addProperty("login", login);
        signalling = SignallingClient.connect(server.wsUrl(), custom);
        camera = new ClientCamera(network, true, true, 0, frameBytes);
        signalling.publishStream(id, name, camera.client().offer());
    }

    /** @return whether the server says that it records */
    public boolean awaitPublishing() {
        camera.accept(signalling.await("setRemoteSDP").data().get(1).getAsString());
        return signalling.awaitStatus(id, "PUBLISHING").object().get("record").getAsBoolean();
    }

    /** The payload of the next stream event of this type. */
    public JsonObject awaitEvent(String type) {
        return signalling
                .await("notifyStreamEvent", message -> type.equals(message.text("type")))
                .object()
                .getAsJsonObject("payload");
    }

    /** Presses Stop. @return the status that follows, with {@code recordName} */
    public SignallingClient.Message stop() {
        signalling.unPublishStream(id, name);
        return signalling.awaitStatus(id, "UNPUBLISHED");
    }

    public String id() {
        return id;
    }

    public ClientCamera camera() {
        return camera;
    }

    @Override
    public void close() {
        signalling.close();
        camera.client().vanish();
    }
}
