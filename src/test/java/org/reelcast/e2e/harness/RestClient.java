package org.reelcast.e2e.harness;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls the REST interface as a backend would. */
public final class RestClient {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ReelcastProcess server;
    private final Optional<String> authorization;

    public RestClient(ReelcastProcess server) {
        this(server, Optional.empty());
    }

    private RestClient(ReelcastProcess server, Optional<String> authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** The same, by name and password. */
    public RestClient as(String name, String password) {
        return new RestClient(
                server,
                Optional.of("Basic "
                        + Base64.getEncoder()
                                .encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * One answer.
     *
     * @param headers as java.net.http has them
     */
    public record Answer(int status, String body, java.net.http.HttpHeaders headers) {

        public JsonObject object() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        public JsonArray array() {
            return JsonParser.parseString(body).getAsJsonArray();
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    /** @param call below /rest-api, such as /vod/find; @param body the JSON text, sent as it is */
    public Answer post(String call, String body) {
        return send(request(call)
                .header("Content-Type", "application/json;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer get(String call) {
        return send(request(call).GET());
    }

    public HttpRequest.Builder request(String call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.http("/rest-api" + call)).timeout(Duration.ofSeconds(20));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of what is asked for, as it comes. */
    public HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same, not waited for. */
    public CompletableFuture<HttpResponse<byte[]>> bytesLater(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Waits until the server has no VOD stream left. */
    public void awaitNoStreams(Duration limit) {
        Await.until(
                limit,
                () -> get("/vod/find_all").status() == 404,
                () -> "Streams are left: " + get("/vod/find_all").body());
    }
}
