package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignClient;
import org.reelcast.e2e.harness.ForeignClient.Done;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;

/**
 * WebRTC stacks that are no browser's with films of all kinds, and for longer than the thirty seconds after which
 * consent would have run out; all of them at once. Runs with {@code -Pinterop}.
 */
@E2e
class InteropFilmsIT {
    private static final int LONG_S = 45;
    private static final int BRIEF_S = 20;
    /** Of {@link TestMedia#lengthy}. */
    private static final int FRAME_RATE = 15;

    private final ReelcastProcess server;

    InteropFilmsIT(ReelcastProcess server) {
        this.server = server;
    }

    private void playForLong(Path film, String stream, boolean video, boolean audio) {
        TestMedia.put(film, server, stream.substring(stream.indexOf("//") + 2));
        ForeignClient.all(client -> client.play(server, stream, LONG_S), (client, played) -> {
            System.out.println(client + " " + stream + ": " + played);
            assertEquals("STOPPED Stopped by user", played.status() + " " + played.info());
            assertTrue(
                    video ? played.video() >= 0.95 * FRAME_RATE * (LONG_S - 1) : played.video() == 0,
                    played.toString());
            // frames of 20 or 40 ms
            assertTrue(audio ? played.audio() >= 0.95 * 25 * (LONG_S - 1) : played.audio() == 0, played.toString());
        });
    }

    @Test
    void film_playsForLong_andEndsByTheViewer() {
        playForLong(TestMedia.lengthy(), "vod://interop.mp4", true, true);
    }

    @Test
    void broadcast_playsForLong_andEndsByTheViewer() {
        playForLong(TestMedia.lengthy(), "vod-live://interop.mp4", true, true);
    }

    @Test
    void soundAlone_playsForLong_withAnOfferOfBoth() {
        playForLong(TestMedia.lengthySound(), "vod://interop-sound.mp4", false, true);
    }

    @Test
    void pictureAlone_playsForLong_withAnOfferOfBoth() {
        playForLong(TestMedia.lengthyPicture(), "vod://interop-picture.mp4", true, false);
    }

    @Test
    void filmWithBFrames_playsToItsEnd() {
        TestMedia.put(TestMedia.withBFrames(), server, "interop-b.mp4");
        ForeignClient.all(client -> client.play(server, "vod://interop-b.mp4", BRIEF_S), (client, played) -> {
            assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info());
            assertTrue(played.video() >= 285 && played.audio() > 200, played.toString());
        });
    }

    @Test
    void whatIsPublishedForLong_isRecordedInStep() {
        ForeignClient.all(
                client -> client.publish(server, "interop-" + client, LONG_S, TestMedia.lengthy()), (client, sent) -> {
                    System.out.println(client + " publishes: " + sent);
                    assertEquals("UNPUBLISHED Stopped by user", sent.status() + " " + sent.info());
                    List<Double> apart = apartMs(sent);
                    System.out.println(client + ", sound ahead of the picture, ms: " + apart);
                    assertTrue(apart.size() > LONG_S - 10, apart.toString());
                    assertTrue(apart.stream().allMatch(ms -> Math.abs(ms) <= 60), apart.toString());
                });
    }

    private List<Double> apartMs(Done sent) {
        Path film = server.home().resolve("records").resolve(sent.record());
        try {
            Probe.decodesCleanly(film);
            return FlashAndBeep.apartMs(film, film);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
