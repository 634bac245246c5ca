package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignClient;
import org.reelcast.e2e.harness.ForeignClient.Played;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;

/**
 * WebRTC stacks that are no browser's with films of all kinds, and for longer than the thirty seconds after which
 * consent would have run out. Runs with {@code -Pinterop}.
 */
@E2e
class InteropFilmsIT {
    private static final int LONG_S = 45;
    private static final int BRIEF_S = 20;

    private final ReelcastProcess server;

    InteropFilmsIT(ReelcastProcess server) {
        this.server = server;
    }

    private Played play(ForeignClient client, String stream, int seconds) {
        Played played = client.play(server, stream, seconds);
        System.out.println(client + " " + stream + ": " + played);
        return played;
    }

    @ParameterizedTest
    @EnumSource
    void broadcast_playsForLong_andEndsByTheViewer(ForeignClient client) {
        String stream = "vod-live://interop-" + client + ".mp4";
        TestMedia.put(TestMedia.lengthy(), server, "interop-" + client + ".mp4");
        Played played = play(client, stream, LONG_S);
        assertEquals("STOPPED Stopped by user", played.status() + " " + played.info());
        assertTrue(played.video() > 10 * LONG_S && played.audio() > 20 * LONG_S, played.toString());
    }

    @ParameterizedTest
    @EnumSource
    void soundAlone_playsWithAnOfferOfBoth(ForeignClient client) {
        TestMedia.put(TestMedia.audioOnly(), server, "interop-sound.mp4");
        Played played = play(client, "vod://interop-sound.mp4", BRIEF_S);
        assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info());
        assertTrue(played.audio() > 80 && played.video() == 0, played.toString());
    }

    @ParameterizedTest
    @EnumSource
    void pictureAlone_playsWithAnOfferOfBoth(ForeignClient client) {
        TestMedia.put(TestMedia.videoOnly(), server, "interop-picture.mp4");
        Played played = play(client, "vod://interop-picture.mp4", BRIEF_S);
        assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info());
        assertTrue(played.video() >= 54 && played.audio() == 0, played.toString());
    }

    @ParameterizedTest
    @EnumSource
    void filmWithBFrames_playsInItsOrder(ForeignClient client) {
        TestMedia.put(TestMedia.withBFrames(), server, "interop-b.mp4");
        Played played = play(client, "vod://interop-b.mp4", BRIEF_S);
        assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info());
        assertTrue(played.video() >= 285 && played.audio() > 200, played.toString());
    }
}
