package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Ports;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.TrustingTls;

/** Each port serves what WCS serves there, and nothing else. */
@E2e
class PortsIT {
    private final ReelcastProcess server;

    PortsIT(ReelcastProcess server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({"/health/live,200", "/health/ready,200", "/,200", "/index.html,200", "/rest-api/vod/find_all,404",
            "/client2/examples/demo/streaming/player/player.html,200", "/nothing-here,404", "/WEB-INF/web.xml,404",
            "/client2/../conf/flashphoner.properties,404", "/client2/%2e%2e/outside.mp4,404"})
    void httpPort(String path, int status) throws Exception {
        assertEquals(status, get("http", server.ports().http(), path).statusCode());
        assertEquals(status, get("https", server.ports().https(), path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/health/ready", "/rest-api/vod/find_all",
            "/client2/examples/demo/streaming/player/player.html"})
    void otherPorts_servePagesAndRestToNobody(String path) throws Exception {
        Ports ports = server.ports();
        for (HttpResponse<String> answer : List.of(
                get("http", ports.ws(), path), get("https", ports.wss(), path))) {
            assertTrue(answer.statusCode() >= 400, answer + answer.body());
            assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), answer::toString);
        }
        // what there is of HLS is for the pages of all sites: they are told that there is nothing
        for (HttpResponse<String> answer : List.of(get("http", ports.hls(), path), get("https", ports.hlss(), path))) {
            assertEquals(404, answer.statusCode(), answer.body());
            assertEquals(List.of("*"), answer.headers().allValues("access-control-allow-origin"), answer::toString);
        }
    }

    @Test
    void webSocketOverTls() {
        SignallingClient.connect("wss://localhost:" + server.ports().wss() + "/any/path").close();
    }

    @Test
    void webSocketOnTheOtherPorts_isRefused() {
        for (int port : new int[] {server.ports().http(), server.ports().hls()}) {
            assertThrows(CompletionException.class, () -> SignallingClient.open("ws://localhost:" + port + "/"));
        }
    }

    @Test
    void certificateIsThisInstallationsOwn() throws Exception {
        X509Certificate certificate = TrustingTls.certificate(server.ports().https());
        String subject = certificate.getSubjectX500Principal().getName().toLowerCase(Locale.ROOT);
        assertFalse(subject.contains("payara") || subject.contains("glassfish"), subject);
        assertTrue(certificate.getNotBefore().toInstant().isAfter(Instant.now().minus(Duration.ofDays(2))),
                () -> "older than this installation: " + certificate.getNotBefore());
        assertEquals(certificate, TrustingTls.certificate(server.ports().wss()));
        assertEquals(certificate, TrustingTls.certificate(server.ports().hlss()));
    }

    @ParameterizedTest
    @CsvSource({"/client/records/recorded.mp4,200", "/client/records/,404", "/client/records/../conf/reelcast.p12,404",
            "/client/records/%2e%2e/conf/reelcast.p12,404"})
    void recordings_areOnThePagesPortsAlone(String path, int status) throws Exception {
        TestMedia.put(TestMedia.brief(), server, "../records/recorded.mp4");
        Ports ports = server.ports();
        assertEquals(status, get("http", ports.http(), path).statusCode());
        assertEquals(status, get("https", ports.https(), path).statusCode());
        assertTrue(get("http", ports.hls(), path).statusCode() >= 400);
        assertTrue(get("https", ports.wss(), path).statusCode() >= 400);
    }

    private static HttpResponse<String> get(String scheme, int port, String path) throws Exception {
        HttpClient http = HttpClient.newBuilder().sslContext(TrustingTls.context())
                .connectTimeout(Duration.ofSeconds(5)).build();
        return http.send(HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
