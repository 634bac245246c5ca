package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.SignallingClient.Message;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.srtp.SrtpProfile;

/** Films that cannot be played are refused for what is wrong with them; those that break midway play until there. */
@BesideOthers
@E2e
class MatrixBrokenIT {
    private static final String FAILED = "FAILED";
    private final ReelcastProcess server;
    private SignallingClient signalling;

    MatrixBrokenIT(ReelcastProcess server) {
        this.server = server;
    }

    @BeforeEach
    void connect() {
        signalling = SignallingClient.connect(server.wsUrl());
    }

    @AfterEach
    void disconnect() {
        signalling.close();
    }

    static Stream<Arguments> unplayable() {
        return Stream.of(
                Arguments.of("encrypted", MatrixBrokenFilms.encrypted(), "File has wrong format", "encv"),
                Arguments.of("sorenson", TestMedia.foreignVideo(), "File has wrong format", "SVQ1"),
                Arguments.of("subtitles-only", MatrixBrokenFilms.subtitlesOnly(), "File has wrong format", ""),
                Arguments.of("contradictory-index", MatrixBrokenFilms.contradictoryIndex(), "Failed to read file", ""),
                Arguments.of("broken-box", MatrixBrokenFilms.brokenBox(), "Failed to read file", ""));
    }

    /** @param codec what the log names, so that an operator knows which films to convert */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unplayable")
    void unplayable_isRefusedWithItsReason(String name, Path film, String info, String codec) {
        TestMedia.put(film, server, "broken/" + name + ".mp4");
        String id = UUID.randomUUID().toString();
        signalling.playStream(id, "vod://broken/" + name + ".mp4", Offers.chromium());
        Message end = signalling.awaitEnd(id);
        assertEquals(FAILED, end.text("status"));
        assertEquals(info, end.text("info"));
        List<String> log = server.log()
                .lines()
                .filter(line -> line.contains("broken/" + name + ".mp4"))
                .toList();
        assertTrue(log.stream().anyMatch(line -> line.contains(codec)), log::toString);
    }

    static Stream<Arguments> breakingMidway() {
        return Stream.of(
                Arguments.of("half", MatrixBrokenFilms.half(false)),
                Arguments.of("half-b", MatrixBrokenFilms.half(true)),
                Arguments.of("half-fragments", MatrixBrokenFilms.halfFragments(false)),
                Arguments.of("half-fragments-b", MatrixBrokenFilms.halfFragments(true)),
                Arguments.of("broken-fragment", MatrixBrokenFilms.brokenFragment(false)),
                Arguments.of("broken-fragment-b", MatrixBrokenFilms.brokenFragment(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakingMidway")
    void breaksMidway_playsWhatCameBefore(String name, Path film) throws Exception {
        TestMedia.put(film, server, "broken/" + name + ".mp4");
        Played played = play("vod://broken/" + name + ".mp4");
        assertAll(
                played.toString(),
                () -> assertEquals(FAILED, played.end().text("status")),
                () -> assertEquals(
                        "Got exception while streaming file", played.end().text("info")),
                () -> assertTrue(played.pictures() >= 45 && played.pictures() <= 75, "half of the 120 pictures"),
                () -> assertTrue(played.sounds() >= 35, "half of the 100 packets of sound"));
    }

    @Test
    void wholeFilm_playsToItsEnd() throws Exception {
        TestMedia.put(new MatrixRecipe().make("half-from"), server, "broken/whole.mp4");
        Played played = play("vod://broken/whole.mp4");
        assertEquals("STOPPED", played.end().text("status"));
        assertEquals(120, played.pictures());
    }

    /** Who watches is told that it is over, nothing of the mix is kept, and whoever comes then sees the new film. */
    @Test
    void writtenOverWhileItPlays_endsForWhoWatches() throws Exception {
        String name = "broken/over.mp4";
        TestMedia.put(MatrixBrokenFilms.large(), server, name);
        byte[] other = Files.readAllBytes(
                new MatrixRecipe().bFrames("b-pyramid=normal").seconds("2").make("brief-b"));
        Played old = play("vod://" + name, () -> Files.write(server.mediaDir().resolve(name), other));
        assertAll(
                old.toString(),
                () -> assertEquals(FAILED, old.end().text("status")),
                () -> assertEquals(
                        "Got exception while streaming file", old.end().text("info")),
                () -> assertTrue(old.pictures() < 240, "what was read before"));
        Played fresh = play("vod://" + name);
        assertEquals("STOPPED", fresh.end().text("status"));
        assertEquals(60, fresh.pictures());
    }

    /** What came to a viewer until the end it was told. */
    private record Played(Message end, long pictures, long sounds) {}

    private Played play(String stream) throws Exception {
        return play(stream, () -> null);
    }

    private Played play(String stream, Callable<?> meanwhile) throws Exception {
        try (ClientNetwork network = new ClientNetwork(1, List.of(SrtpProfile.AEAD_AES_128_GCM.id()));
                LightClient viewer = new LightClient(network, ClientOptions.light())) {
            String id = UUID.randomUUID().toString();
            signalling.playStream(id, stream, viewer.offer());
            Message answer = signalling.await(
                    "setRemoteSDP", m -> id.equals(m.data().get(0).getAsString()));
            viewer.accept(answer.data().get(1).getAsString()).connected().get(10, TimeUnit.SECONDS);
            meanwhile.call();
            Message end = signalling.awaitEnd(id);
            return new Played(
                    end, viewer.media().video().frames(), viewer.media().audio().packets());
        }
    }
}
