package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Ports;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.TrustingTls;

/** Each port serves what WCS serves there, and nothing else. */
@BesideOthers
@E2e
class PortsIT {
    private final ReelcastProcess server;

    PortsIT(ReelcastProcess server) {
        this.server = server;
    }

    /** Several nodes are off by default: nothing of what makes them is loaded but what Payara loads itself. */
    @Test
    void alone_hasNoClassAndNoThreadOfTheEngineOfClusters() {
        String classes = server.jcmd("VM.class_hierarchy");
        assertTrue(classes.contains("org.reelcast.cluster.grid.NoGrid/"), "what a single node has");
        assertEquals(
                List.of(),
                classes.lines()
                        .filter(line ->
                                line.contains("com.hazelcast.instance.") || line.contains(".cluster.grid.Hazelcast"))
                        .toList());
        assertEquals(
                List.of(),
                server.jcmd("Thread.print")
                        .lines()
                        .filter(line -> line.startsWith("\"hz.") || line.startsWith("\"cluster-"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/health/live,200",
        "/health/ready,200",
        "/,200",
        "/index.html,200",
        "/rest-api/vod/find_all,404",
        "/client2/examples/demo/streaming/player/player.html,200",
        "/nothing-here,404",
        "/parts/stage.html,404",
        "/WEB-INF/web.xml,404",
        "/client2/../conf/flashphoner.properties,404",
        "/client2/%2e%2e/outside.mp4,404"
    })
    void httpPort(String path, int status) throws Exception {
        assertEquals(status, get("http", server.ports().http(), path).statusCode());
        assertEquals(status, get("https", server.ports().https(), path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/health/ready",
                "/rest-api/vod/find_all",
                "/client2/examples/demo/streaming/player/player.html"
            })
    void otherPorts_servePagesAndRestToNobody(String path) throws Exception {
        Ports ports = server.ports();
        for (HttpResponse<String> answer : List.of(get("http", ports.ws(), path), get("https", ports.wss(), path))) {
            assertTrue(answer.statusCode() >= 400, answer + answer.body());
            assertFalse(answer.headers().map().containsKey("access-control-allow-origin"), answer::toString);
        }
        // what there is of HLS is for the pages of all sites: they are told that there is nothing
        for (HttpResponse<String> answer : List.of(get("http", ports.hls(), path), get("https", ports.hlss(), path))) {
            assertEquals(404, answer.statusCode(), answer.body());
            assertEquals(List.of("*"), answer.headers().allValues("access-control-allow-origin"), answer::toString);
        }
    }

    /** Whoever asks without an upgrade is told, and need not wait for more. */
    @Test
    void webSocketPort_tellsAtOnceThatItIsOne() throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + server.ports().ws() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .get(15, TimeUnit.SECONDS);
        assertEquals(426, answer.statusCode());
        assertEquals("websocket", answer.headers().firstValue("upgrade").orElse(""));
        assertTrue(answer.body().endsWith(".\n"), answer.body());
    }

    @Test
    void webSocketOverTls() {
        SignallingClient.connect("wss://localhost:" + server.ports().wss() + "/any/path")
                .close();
    }

    @Test
    void webSocketOfThePages_isOnTheirOwnPorts() {
        SignallingClient.connect("ws://localhost:" + server.ports().http() + "/ws")
                .close();
        SignallingClient.connect("wss://localhost:" + server.ports().https() + "/ws")
                .close();
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/embed,text/html",
        "/recorder,text/html",
        "/js/player.js,text/javascript",
        "/sdk/reelcast.js,text/javascript",
        "/css/reelcast.css,text/css"
    })
    void pages_areCompressedAndAskedForAnewEachTime(String path, String type) throws Exception {
        HttpResponse<String> plain = get("http", server.ports().http(), path);
        assertTrue(plain.headers().firstValue("Content-Type").orElse("").startsWith(type), plain::toString);
        assertEquals("no-cache", plain.headers().firstValue("Cache-Control").orElse(""));
        HttpResponse<byte[]> small = ask(path, "Accept-Encoding", "gzip");
        assertEquals("gzip", small.headers().firstValue("Content-Encoding").orElse(""));
        assertEquals(
                plain.body(),
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes(),
                        StandardCharsets.UTF_8));
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, ask(path, "If-None-Match", tag).statusCode());
        assertEquals(200, ask(path, "If-None-Match", "\"other\"").statusCode());
        assertEquals(
                path.startsWith("/sdk/") ? List.of("*") : List.of(),
                plain.headers().allValues("Access-Control-Allow-Origin"));
        String policy = plain.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(
                policy.contains("script-src 'self';")
                        && policy.endsWith("frame-ancestors " + (path.startsWith("/recorder") ? "'none'" : "*")),
                policy);
        assertEquals(List.of(), plain.headers().allValues("X-Frame-Options"));
    }

    private HttpResponse<byte[]> ask(String path, String header, String value) throws Exception {
        // as browsers ask without TLS
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return http.send(
                HttpRequest.newBuilder(server.http(path)).header(header, value).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @CsvSource({"/recorderr,./", "/a/b/c.html,./../../", "/client2/nothing/here.html,./../../"})
    void addressesWithoutAPage_areToldWhereThePagesAre(String path, String base) throws Exception {
        HttpResponse<String> answer = get("http", server.ports().http(), path);
        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("<base href=\"" + base + "\">"), answer.body());
        assertTrue(answer.body().contains("client2_dir"), answer.body());
    }

    @Test
    void versionAndPorts_areTold() throws Exception {
        String about = get("http", server.ports().http(), "/about.json").body();
        assertTrue(about.matches(".*\"version\":\"\\d+\\.\\d+\\.\\d+\".*"), about);
        assertTrue(about.contains("\"https\":" + server.ports().https()), about);
        assertTrue(get("http", server.ports().http(), "/health/ready").body().contains("\"version\":\""), about);
    }

    @Test
    void filmsOfTheFolder_areListed() throws Exception {
        TestMedia.put(TestMedia.brief(), server, "folder/Gr\u00fcn 100%.mp4");
        Await.until(
                Duration.ofSeconds(10),
                () -> list("?folder=folder").contains("folder/Gr\u00fcn 100%.mp4"),
                () -> list("?folder=folder"));
        assertTrue(
                list("?folder=folder").contains("\"uri\":\"vod://folder/Gr\u00fcn 100%25.mp4\""),
                list("?folder=folder"));
        assertTrue(list("").contains("\"folder\"") && list("").contains("sample.mp4"), list(""));
        assertTrue(list("?near=smaple.mp4").contains("vod://sample.mp4"), list("?near=smaple.mp4"));
        assertTrue(list("?search=NOTHING+LIKE+IT&limit=-1&offset=-5").contains("\"total\":0"), list(""));
        assertEquals(
                404,
                get("http", server.ports().http(), "/rest-api/vod/list?limit=many")
                        .statusCode());
    }

    private String list(String query) {
        try {
            return get("http", server.ports().http(), "/rest-api/vod/list" + query)
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
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
        assertTrue(
                certificate.getNotBefore().toInstant().isAfter(Instant.now().minus(Duration.ofDays(2))),
                () -> "older than this installation: " + certificate.getNotBefore());
        assertEquals(certificate, TrustingTls.certificate(server.ports().wss()));
        assertEquals(certificate, TrustingTls.certificate(server.ports().hlss()));
    }

    @ParameterizedTest
    @CsvSource({
        "/client/records/recorded.mp4,200",
        "/client/records/,404",
        "/client/records/../conf/reelcast.p12,404",
        "/client/records/%2e%2e/conf/reelcast.p12,404"
    })
    void recordings_areOnThePagesPortsAlone(String path, int status) throws Exception {
        TestMedia.put(TestMedia.brief(), server, "../records/recorded.mp4");
        Ports ports = server.ports();
        assertEquals(status, get("http", ports.http(), path).statusCode());
        assertEquals(status, get("https", ports.https(), path).statusCode());
        assertTrue(get("http", ports.hls(), path).statusCode() >= 400);
        assertTrue(get("https", ports.wss(), path).statusCode() >= 400);
    }

    private static HttpResponse<String> get(String scheme, int port, String path) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(TrustingTls.context())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return http.send(
                HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
