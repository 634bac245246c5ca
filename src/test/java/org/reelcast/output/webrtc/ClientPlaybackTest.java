package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.Admission;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.Message;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.TestClient;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;
import org.reelcast.webrtc.LoopbackTransport;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;

/** What goes over the WebSocket of a client that plays by WebRTC. */
class ClientPlaybackTest {
    private final Streams streams = new Streams(Runnable::run);
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
    private LoopbackTransport loopback;
    private ClientNetwork network;
    private Stream film;

    @BeforeEach
    void open() throws Exception {
        loopback = LoopbackTransport.open(1);
        network = new ClientNetwork(1, List.of(7, 1));
        film = TestStreams.film(
                "film",
                loopback.loops().next(),
                Optional.of(Format.video(Codec.H264, 640, 360, 0, 0x42E01F)),
                Optional.of(Format.audio(Codec.OPUS, 2)));
        streams.add(film);
    }

    @AfterEach
    void close() {
        network.close();
        loopback.close();
    }

    @Test
    void problemOfARunningStream_isTold() throws Exception {
        LightClient client = play(UnaryOperator.identity());
        JsonObject playing = status("PLAYING");
        assertTrue(playing.getBoolean("hasAudio") && playing.getBoolean("hasVideo"), playing.toString());
        film.loop().execute(() -> film.setProblem("The sound has stopped."));
        assertEquals(problem("The sound has stopped."), next());
        film.loop().execute(() -> film.setProblem(null));
        film.loop().execute(() -> film.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)));
        status("STOPPED");
        client.vanish();
    }

    @Test
    void problemOfAStreamThatIsJoined_isTold() throws Exception {
        film.loop().execute(() -> film.setProblem("The sound has stopped."));
        LightClient client = play(UnaryOperator.identity());
        status("PLAYING");
        assertEquals(problem("The sound has stopped."), next());
        client.vanish();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opus/48000 | speex/16000 | There is no sound: the offer has no Opus",
                "a=rtcp-mux | a=x | There is no sound: the offer does not multiplex RTP and RTCP (rtcp-mux) there"
            })
    void soundThatIsLeftOut_isTold(String from, String to, String what) throws Exception {
        assertLeftOut(what, offer -> offer.replaceFirst(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=ice-ufrag:.* | a=x | The offer has no ICE user name and password",
                "a=fingerprint:.* | a=x | The offer has no fingerprint by SHA-256 or better",
                "a=setup:.* | a=setup:passive | The offer insists on setup:passive, but this server is the passive side"
            })
    void soundWhoseOwnConnectionIsRefused_isTold(String from, String to, String what) throws Exception {
        assertLeftOut(
                "There is no sound, as its connection is refused: " + what,
                offer -> offer.replaceFirst("a=group:.*\r\n", "").replaceFirst(from, to));
    }

    /** The section of the sound is the first. */
    private void assertLeftOut(String what, UnaryOperator<String> change) throws Exception {
        LightClient client = play(change);
        JsonObject playing = status("PLAYING");
        assertFalse(playing.getBoolean("hasAudio"), playing.toString());
        assertTrue(playing.getBoolean("hasVideo"), playing.toString());
        assertEquals(problem(what), next());
        client.vanish();
    }

    private LightClient play(UnaryOperator<String> change) throws Exception {
        Playbacks playbacks = new Playbacks(
                streams,
                new Viewers(loopback.transport(), new ReducedAudio.Means(Runnable::run, 128_000, 1)),
                new Admission(Optional::empty));
        LightClient client = new LightClient(network, ClientOptions.light());
        JsonObject request = Message.JSON
                .createObjectBuilder()
                .add("mediaSessionId", "id")
                .add("name", "film")
                .build();
        TestClient page = new TestClient(text -> told.add(read(text)), line -> {});
        new ClientPlayback(StreamRequest.of(new Message("playStream", request), page), playbacks)
                .start(change.apply(client.offer()));
        JsonObject answer = next();
        assertEquals("setRemoteSDP", answer.getString("message"), answer.toString());
        return client.accept(answer.getJsonArray("data").getString(1));
    }

    private JsonObject next() throws InterruptedException {
        JsonObject message = told.poll(20, TimeUnit.SECONDS);
        assertNotNull(message, "nothing more is told");
        return message;
    }

    private JsonObject status(String expected) throws InterruptedException {
        JsonArray data = next().getJsonArray("data");
        assertEquals(expected, data.getJsonObject(0).getString("status", ""), data.toString());
        return data.getJsonObject(0);
    }

    private static JsonObject problem(String what) {
        return read("{\"message\":\"notifyStreamStatusEvent\",\"data\":[{\"mediaSessionId\":\"id\",\"name\":\"film\","
                + "\"published\":false,\"status\":\"PLAYBACK_PROBLEM\",\"info\":\"" + what + "\"}]}");
    }

    private static JsonObject read(String text) {
        return Message.JSON.createReader(new StringReader(text)).readObject();
    }
}
