package org.reelcast.bench.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.reelcast.webrtc.client.ClientCamera;
import org.reelcast.webrtc.client.ClientNetwork;

/** Publishers: cameras of 25 frames and 50 packets of sound a second. */
final class Cameras implements Closeable {
    private static final int LIMIT_S = 20;

    private final HttpClient http;
    private final List<WcsSignalling> signalling = new ArrayList<>();
    private final List<ClientCamera> cameras = new ArrayList<>();
    private ClientNetwork network;

    Cameras(HttpClient http) {
        this.http = http;
    }

    /** Starts {@code count} more, named {@code prefix} and a number. */
    JsonObject publish(JsonObject order) throws Exception {
        network = network == null ? new ClientNetwork(1, List.of(7, 1)) : network;
        JsonArray failures = new JsonArray();
        int first = cameras.size();
        for (int i = first; i < first + order.get("count").getAsInt(); i++) {
            WcsSignalling line =
                    new WcsSignalling(http, URI.create(order.get("url").getAsString()));
            ClientCamera camera = new ClientCamera(
                    network, true, true, 0, order.get("frameBytes").getAsInt());
            signalling.add(line);
            cameras.add(camera);
            line.connect().get(LIMIT_S, TimeUnit.SECONDS);
            camera.accept(line.publish(
                            order.get("prefix").getAsString() + i,
                            camera.client().offer(),
                            order.get("record").getAsBoolean())
                    .get(LIMIT_S, TimeUnit.SECONDS));
        }
        for (int i = first; i < signalling.size(); i++) {
            try {
                signalling.get(i).playing().get(LIMIT_S, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                failures.add(String.valueOf(e.getCause().getMessage()));
            }
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("publishers", cameras.size());
        answer.add("failures", failures);
        return answer;
    }

    JsonObject stop() {
        signalling.forEach(WcsSignalling::close);
        cameras.forEach(camera -> camera.client().vanish());
        signalling.clear();
        cameras.clear();
        return new JsonObject();
    }

    @Override
    public void close() {
        stop();
        if (network != null) {
            network.close();
        }
    }
}
