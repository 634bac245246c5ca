package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;

/** {@code /rest-api/vod/*} as a backend uses it: codes, bodies, errors, CORS. */
@BesideOthers
@E2e
class RestVodIT {
    private static final String START = """
            {"uri": "vod-live://lengthy.mp4", "localStreamName": "test"}""";
    private static final String NAME = """
            {"localStreamName": "test"}""";

    private final ReelcastProcess server;
    private final RestClient rest;

    RestVodIT(ReelcastProcess server) {
        this.server = server;
        rest = new RestClient(server);
    }

    @AfterEach
    void terminate() {
        Answer left = rest.get("/vod/find_all");
        if (left.status() == 200) {
            left.array().forEach(stream -> rest.post("/vod/terminate", stream.toString()));
        }
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    @Test
    void probe_saysHowAFilmWillPlay_asTheCommandDoes() {
        Answer byRest = rest.get("/vod/probe?uri=vod://lengthy.mp4");
        assertEquals(200, byRest.status(), byRest.body());
        JsonObject report = JsonParser.parseString(byRest.body()).getAsJsonObject();
        assertEquals("as it is", report.get("how").getAsString(), byRest.body());
        assertEquals(90, report.get("seconds").getAsDouble(), 0.5);
        JsonArray tracks = report.getAsJsonArray("tracks");
        assertEquals(2, tracks.size(), byRest.body());
        assertEquals(400, rest.get("/vod/probe").status());
        assertEquals(500, rest.get("/vod/probe?uri=vod://missing.mp4").status());

        String film = server.mediaDir().resolve("lengthy.mp4").toString();
        String said = server.command("", "probe", "--json", film);
        JsonObject same = JsonParser.parseString(said).getAsJsonArray().get(0).getAsJsonObject();
        assertEquals(film, same.get("film").getAsString());
        assertEquals(tracks, same.get("tracks"));
    }

    @Test
    void startup_find_findAll_terminate() {
        Answer started = rest.post("/vod/startup", START);
        assertEquals(200, started.status(), started.body());
        assertEquals("", started.body());

        Answer found = rest.post("/vod/find", NAME);
        assertEquals(200, found.status(), found.body());
        JsonObject stream = found.array().get(0).getAsJsonObject();
        assertAll(
                found.body(),
                () -> assertEquals(1, found.array().size()),
                () -> assertEquals(
                        Set.of(
                                "localMediaSessionId",
                                "localStreamName",
                                "uri",
                                "status",
                                "hasAudio",
                                "hasVideo",
                                "record",
                                "loop"),
                        stream.keySet()),
                () -> assertEquals(
                        36,
                        UUID.fromString(stream.get("localMediaSessionId").getAsString())
                                .toString()
                                .length()),
                () -> assertEquals("test", stream.get("localStreamName").getAsString()),
                () -> assertEquals("vod-live://lengthy.mp4", stream.get("uri").getAsString()),
                () -> assertEquals("PROCESSED_LOCAL", stream.get("status").getAsString()),
                () -> assertTrue(stream.get("hasAudio").getAsBoolean()),
                () -> assertTrue(stream.get("hasVideo").getAsBoolean()),
                () -> assertFalse(stream.get("record").getAsBoolean()),
                () -> assertFalse(stream.get("loop").getAsBoolean()));
        assertEquals(found.array(), rest.get("/vod/find_all").array());
        assertEquals(found.array(), rest.post("/vod/find_all", "").array());
        assertEquals(found.array(), rest.post("/vod/find_all", "{}").array());

        Answer terminated = rest.post("/vod/terminate", NAME);
        assertEquals(200, terminated.status(), terminated.body());
        assertEquals("", terminated.body());
        assertEquals(404, rest.get("/vod/find_all").status());
        assertEquals(404, rest.post("/vod/find", NAME).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'uri': 'vod-live://lengthy.mp4'}                                 | 200",
                "{'uri': 'vod-live://lengthy.mp4', 'localStreamName': 'test'}      | 200",
                "{'uri': 'vod-live://brief.mp4', 'localStreamName': 'test'}        | 404",
                "{'uri': 'vod-live://lengthy.mp4', 'localStreamName': 'other'}     | 404",
                "{'status': 'PROCESSED_LOCAL'}                                     | 200",
                "{'status': 'PROCESSED_REMOTE'}                                    | 404",
                "{'hasAudio': 'true', 'hasVideo': true, 'loop': 'false'}           | 200",
                "{'loop': 'true'}                                                  | 404",
                "{'record': true}                                                  | 404",
                "{'localStreamName': 'test', 'newInAVersionToCome': 1}             | 200",
                "{}                                                                | 200",
            })
    void find_matchesAllFieldsGiven(String criteria, int status) {
        rest.post("/vod/startup", START);
        Answer found = rest.post("/vod/find", criteria.replace('\'', '"'));
        assertEquals(status, found.status(), found.body());
    }

    @Test
    void findAll_nothingRuns_404() {
        assertError(404, rest.get("/vod/find_all"), "/rest-api/vod/find_all");
        assertError(404, rest.post("/vod/find_all", ""), "/rest-api/vod/find_all");
        assertError(404, rest.post("/vod/find", NAME), "/rest-api/vod/find");
        assertError(404, rest.post("/vod/terminate", NAME), "/rest-api/vod/terminate");
    }

    /** By HTTP/2, as this client speaks: one in a hundred had been sent twice in one. */
    @Test
    void errors_areWholeEachTime() {
        for (int i = 0; i < 1_000; i++) {
            assertError(404, rest.post("/vod/find", NAME), "/rest-api/vod/find");
        }
    }

    @Test
    void terminate_byUri() {
        rest.post("/vod/startup", START);
        assertEquals(404, rest.post("/vod/terminate", """
                {"uri": "vod-live://brief.mp4"}""").status());
        assertEquals(200, rest.post("/vod/terminate", """
                {"uri": "vod-live://lengthy.mp4"}""").status());
        assertEquals(404, rest.get("/vod/find_all").status());
    }

    @Test
    void startup_nameTaken_409() {
        rest.post("/vod/startup", START);
        assertError(409, rest.post("/vod/startup", START), "/rest-api/vod/startup");
        assertError(409, rest.post("/vod/startup", """
                {"uri": "vod-live://brief.mp4", "localStreamName": "test"}"""), "/rest-api/vod/startup");
        assertEquals(1, rest.get("/vod/find_all").array().size());
    }

    @Test
    void startup_sameFileTwice_isTwoStreams() {
        rest.post("/vod/startup", START);
        assertEquals(
                200, rest.post("/vod/startup", START.replace("test", "second")).status());
        assertEquals(2, rest.get("/vod/find_all").array().size());
        assertEquals(
                200, rest.post("/vod/terminate", NAME.replace("test", "second")).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'uri': 'vod-live://missing.mp4', 'localStreamName': 'test'}              | File not found",
                "{'uri': 'vod-live://text.mp4', 'localStreamName': 'test'}                 | File has wrong format",
                "{'uri': 'vod-live://truncated-before-index.mp4', 'localStreamName':'test'}| Failed to read file",
                "{'uri': 'vod-live://../outside.mp4', 'localStreamName': 'test'}           | File not found",
                "{'uri': 'dov://lengthy.mp4', 'localStreamName': 'test'}                   | Failed to get agent storage",
            })
    void startup_fileCannotBeCaptured_500WithTheInfo(String body, String reason) {
        Answer answer = rest.post("/vod/startup", body.replace('\'', '"'));
        assertError(500, answer, "/rest-api/vod/startup");
        assertEquals(reason, answer.object().get("reason").getAsString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{}",
                "{\"localStreamName\": \"test\"}",
                "{\"uri\": \"vod://lengthy.mp4\", \"localStreamName\": \"test\"}",
                "{\"uri\": \"\", \"localStreamName\": \"test\"}",
                "{\"uri\": \"vod-live://\", \"localStreamName\": \"test\"}",
                "{\"uri\": \"vod-live://lengthy.mp4\", \"localStreamName\": \"test\", \"loop\": \"perhaps\"}",
                "{\"uri\": {\"a\": []}, \"localStreamName\": \"test\"}"
            })
    void startup_malformed_400(String body) {
        assertError(400, rest.post("/vod/startup", body), "/rest-api/vod/startup");
        assertEquals(404, rest.get("/vod/find_all").status());
    }

    @ParameterizedTest
    @CsvSource({"true,true", "'\"true\"',true", "false,false", "'\"false\"',false", "null,false"})
    void startup_loop_isShown(String loop, boolean shown) {
        Answer started = rest.post("/vod/startup", """
                {"uri": "vod-live://lengthy.mp4", "localStreamName": "test", "loop": %s}""".formatted(loop));
        assertEquals(200, started.status(), started.body());
        JsonObject stream = rest.get("/vod/find_all").array().get(0).getAsJsonObject();
        assertEquals(shown, stream.get("loop").getAsBoolean());
    }

    @Test
    void unknownCall_404AsJson() {
        assertError(404, rest.post("/vod/nonsense", "{}"), "/rest-api/vod/nonsense");
    }

    @Test
    void wrongMethod_405AsJson() {
        assertError(405, rest.get("/vod/startup"), "/rest-api/vod/startup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\": \"vod-live://lengthy.mp4\"}",
                "{\"uri\": \"vod-live://lengthy.mp4\", \"localStreamName\": \"\"}"
            })
    void startup_withoutName_isNamedAsItsUri(String body) {
        assertEquals(200, rest.post("/vod/startup", body).status());
        JsonObject stream = rest.get("/vod/find_all").array().get(0).getAsJsonObject();
        assertEquals("vod-live://lengthy.mp4", stream.get("localStreamName").getAsString());
    }

    @Test
    void cors_answersCarryTheHeaders_forPagesOfOurOwn() {
        Answer error = rest.send(
                rest.request("/vod/find_all").header("Origin", ownPages()).GET());
        assertEquals(ownPages(), error.header("Access-Control-Allow-Origin").orElse("none"));
        assertEquals(404, error.status());
    }

    private String ownPages() {
        return "https://localhost:" + server.ports().https();
    }

    @Test
    void pagesOfOthers_doNothing() {
        assertEquals(
                200,
                rest.post("/vod/startup", "{\"uri\": \"vod-live://lengthy.mp4\"}")
                        .status());
        for (String type : List.of("application/json", "text/plain")) {
            Answer refused = rest.send(rest.request("/stream/terminate")
                    .header("Origin", "http://elsewhere.test")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertEquals(403, refused.status(), refused.body());
            assertEquals("none", refused.header("Access-Control-Allow-Origin").orElse("none"));
        }
        Answer form = rest.send(rest.request("/stream/terminate")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertEquals(415, form.status(), form.body());
        Answer proxied = rest.send(rest.request("/vod/find_all")
                .header("X-Forwarded-For", "127.0.0.1")
                .GET());
        assertEquals(403, proxied.status(), proxied.body());
        assertEquals(1, rest.get("/vod/find_all").array().size());
    }

    @Test
    void requestsThatMakeNoSense_areAnsweredInFewWords() throws IOException {
        String before = server.log();
        for (String target : List.of("/%zz", "/rest-api/vod/%", "/client/records/%4", "/hls/%u0041/x.m3u8")) {
            assertEquals("HTTP/1.1 400 Bad Request", head("GET", target).get(0), target);
            assertTrue(head("GET", target).contains("Access-Control-Allow-Origin: *"), target);
        }
        assertEquals(before, server.log());
        assertTrue(head("PUT", "/").get(0).startsWith("HTTP/1.1 405 "));
        Answer refused = rest.send(HttpRequest.newBuilder(server.http("/")).DELETE());
        assertEquals("text/plain;charset=UTF-8", refused.header("Content-Type").orElse("none"));
        assertTrue(refused.body().startsWith("405 "), refused.body());
        assertEquals(404, rest.get("/application.wadl").status());
        assertEquals(
                404,
                rest.send(HttpRequest.newBuilder(server.http("/error")).GET()).status());
    }

    /** As Java's own client would not send it. @return the lines of the answer's header */
    private List<String> head(String method, String target) throws IOException {
        URI http = server.http("/");
        try (Socket socket = new Socket(http.getHost(), http.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
        }
    }

    @Test
    void cors_preflightIsAnswered() {
        Answer preflight = rest.send(rest.request("/vod/startup")
                .header("Origin", ownPages())
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertAll(
                () -> assertTrue(preflight.status() == 200 || preflight.status() == 204, preflight.toString()),
                () -> assertEquals(
                        ownPages(),
                        preflight.header("Access-Control-Allow-Origin").orElse("none")),
                () -> assertTrue(preflight
                        .header("Access-Control-Allow-Methods")
                        .orElse("none")
                        .contains("POST")),
                () -> assertTrue(preflight
                        .header("Access-Control-Allow-Headers")
                        .orElse("none")
                        .contains("content-type")));
    }

    private static void assertError(int status, Answer answer, String path) {
        assertEquals(status, answer.status(), answer.body());
        JsonObject error = answer.object();
        assertAll(
                answer.body(),
                () -> assertEquals(
                        Set.of("exception", "reason", "path", "error", "message", "timestamp", "status"),
                        error.keySet()),
                () -> assertEquals(status, error.get("status").getAsInt()),
                () -> assertEquals(path, error.get("path").getAsString()),
                () -> assertTrue(Math.abs(System.currentTimeMillis()
                                - error.get("timestamp").getAsLong())
                        < 60_000),
                () -> assertFalse(error.get("error").getAsString().isBlank()),
                () -> assertFalse(error.get("message").getAsString().isBlank()),
                () -> assertTrue(answer.header("Content-Type").orElse("").startsWith("application/json")));
    }
}
