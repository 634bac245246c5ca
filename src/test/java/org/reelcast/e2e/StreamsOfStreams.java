package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.storage.s3.server.S3Server;

/**
 * Streams of all kinds that are made of each other: a looped film of the disk ({@code film}) and one of a store ({@code
 * stored}), what a camera publishes ({@code camera}), all of them transcoded, all six in one mix ({@code all}), and that
 * transcoded ({@code all-small}).
 */
final class StreamsOfStreams {
    /** Those that are pushed. */
    static final List<String> PUSHED = List.of("stored", "camera", "all", "all-small", "stored-small");

    private static final List<String> SOURCES = List.of("film", "stored", "camera");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RestClient rest;

    StreamsOfStreams(RestClient rest) {
        this.rest = rest;
    }

    /** A server that has films in that store. */
    static ReelcastProcess.Builder server(String name, S3Server store) {
        return ReelcastProcess.builder(name)
                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                .set("s3_endpoint", "http://127.0.0.1:" + store.port());
    }

    void ok(String call, String body) {
        Answer answer = rest.post(call, body);
        assertEquals(200, answer.status(), call + ": " + answer.body());
    }

    /** @param file in the folder of films */
    void startFilm(String file) {
        ok("/vod/startup", """
                {"uri": "vod-live://%s", "localStreamName": "film", "loop": true}""".formatted(file));
    }

    /** @param key bucket and name in the store */
    void startStored(String key) {
        ok("/vod/startup", """
                {"uri": "vod-live://s3/%s", "localStreamName": "stored", "loop": true}""".formatted(key));
    }

    /** What is made of films and camera, which play. */
    void startOthers() {
        for (String source : SOURCES) {
            transcode(source);
        }
        ok("/mixer/startup", """
                {"uri": "mixer://all", "localStreamName": "all", "mixerVideoWidth": 640, "mixerVideoHeight": 360}""");
        List<String> inputs = new ArrayList<>(SOURCES);
        SOURCES.forEach(source -> inputs.add(source + "-small"));
        inputs.forEach(this::mix);
        transcode("all");
    }

    private void transcode(String source) {
        ok("/transcoder/startup", """
                {"uri": "transcoder://%1$s", "remoteStreamName": "%1$s", "localStreamName": "%1$s-small",
                 "encoder": {"width": 320, "height": 180, "bitrate": 300}}""".formatted(source));
    }

    void mix(String source) {
        ok("/mixer/add", """
                {"uri": "mixer://all", "remoteStreamName": "%1$s", "streamLabel": "%1$s"}""".formatted(source));
    }

    void unmix(String source) {
        ok("/mixer/remove", """
                {"uri": "mixer://all", "remoteStreamName": "%s"}""".formatted(source));
    }

    /**
     * Records the first of what a call lists for as long as something takes.
     *
     * @param template of the recording's name
     */
    void record(String findAll, String template, Runnable meanwhile) {
        String session = rest.get(findAll)
                .array()
                .get(0)
                .getAsJsonObject()
                .get("localMediaSessionId")
                .getAsString();
        ok("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "%s"}}""".formatted(session, template));
        meanwhile.run();
        ok("/stream/stopRecording", "{\"mediaSessionId\": \"" + session + "\"}");
    }

    Answer push(String stream, String url) {
        return rest.post("/push/startup", """
                {"streamName": "%s", "rtmpUrl": "%s"}""".formatted(stream, url));
    }

    /** Ends all of it, and waits until nothing is left. */
    void end() {
        for (String kind : List.of("push", "mixer", "transcoder", "vod")) {
            Answer left = rest.get("/" + kind + "/find_all");
            if (left.status() == 200) {
                left.array().forEach(each -> rest.post("/" + kind + "/terminate", each.toString()));
            }
        }
        rest.awaitNoStreams(LIMIT);
    }
}
