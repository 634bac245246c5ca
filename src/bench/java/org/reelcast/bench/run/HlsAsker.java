package org.reelcast.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server for playlists and segments, one by one. */
final class HlsAsker {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    /** @param port of HLS without TLS */
    HlsAsker(int port) {
        base = "http://127.0.0.1:" + port;
    }

    String url(String path) {
        return base + path;
    }

    byte[] bytes(String path) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(Duration.ofSeconds(120))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(path + ": " + answer.statusCode() + " "
                        + new String(answer.body(), StandardCharsets.UTF_8).strip());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    String text(String path) throws IOException {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** How long the answer took, in ms. */
    double ms(String path) throws IOException {
        long startNs = System.nanoTime();
        bytes(path);
        return (System.nanoTime() - startNs) / 1e6;
    }

    /** The first address that a playlist names. */
    static String firstOf(String list) {
        return list.lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
    }

    /** The last address that a playlist names. */
    static String lastOf(String list) {
        return list.lines()
                .filter(line -> !line.startsWith("#"))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** The path of what a playlist names. */
    static String beside(String list, String name) {
        return list.substring(0, list.lastIndexOf('/') + 1) + name;
    }
}
