package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Broadcasts that go on after a restart of the server. */
class BroadcastFilesTest {
    @TempDir
    private Path folder;

    private VodFixture server() {
        VodFixture server = new VodFixture(Playout.WhenLate.SKIP, BroadcastFiles.in(folder, Runnable::run));
        server.register();
        return server;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void broadcastGoesOnAtThePictureItWouldHaveComeTo() throws IOException {
        VodFixture before = server();
        before.startup("test", true);
        before.play(before.open("test"));
        before.loop.run(4_000_000);
        String id = before.vod.find(all -> true).get(0).localMediaSessionId();
        long startMs =
                before.vod.find(all -> true).get(0).position().startTime().orElseThrow();
        before.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);

        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        after.loop.run(24_000_000);
        List<BroadcastFiles.Broadcast> kept = files.load();
        assertEquals(
                List.of("test"),
                kept.stream().map(BroadcastFiles.Broadcast::name).toList());
        after.vod.resume(kept.get(0));
        VodDescription resumed = after.vod.find(all -> true).get(0);
        assertEquals(id, resumed.localMediaSessionId());
        VodFixture.Recorder viewer = after.play(after.open("test"));
        after.loop.run(1_000_000);
        long positionUs = after.wallClock.nowUs() - startMs * 1000;
        assertEquals((int) (positionUs % 10_000_000 / 40_000), viewer.pictures.get(viewer.pictures.size() - 1));
        assertTrue(resumed.loop());
    }

    @Test
    void viewerWhoIsFasterThanTheServersStart_takesTheBroadcastUp() throws IOException {
        VodFixture before = server();
        before.startup(VodFixture.LIVE, true);
        before.loop.run(4_000_000);
        String id = before.vod.find(all -> true).get(0).localMediaSessionId();
        before.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);

        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        after.loop.run(4_000_000);
        BroadcastFiles.Broadcast kept = files.load().get(0);
        after.play(after.open(VodFixture.LIVE));
        after.loop.run(1_000_000);
        after.vod.resume(kept);
        assertEquals(
                List.of(id),
                after.vod.find(all -> true).stream()
                        .map(VodDescription::localMediaSessionId)
                        .toList());
        assertEquals(1, files().size());
    }

    @Test
    void broughtBeforeItIsResumed_isKeptOn() throws IOException {
        VodFixture before = server();
        before.startup("test", true);
        before.loop.run(4_000_000);
        before.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);

        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        after.loop.run(4_000_000);
        BroadcastFiles.Broadcast kept = files.load().get(0);
        after.vod.bring(kept);
        after.vod.resume(kept);
        assertFalse(files.isWaiting(kept));
        assertEquals(1, after.vod.find(all -> true).size());
        assertEquals(1, files().size());
    }

    @Test
    void broadcastThatEndsIsForgotten_thoseOfViewersAreNotKept() throws IOException {
        VodFixture server = server();
        server.play(server.open(VodFixture.LIVE));
        server.play(server.open("vod://a.mp4"));
        server.loop.run(4_000_000);
        assertEquals(List.of(), files());
        server.startup("test", false);
        server.loop.run(1_000_000);
        assertEquals(1, files().size());
        server.loop.run(10_000_000);
        assertEquals(List.of(), files());
    }

    @Test
    void filmThatWasReplacedOrIsOverDoesNotGoOn() throws IOException {
        VodFixture server = server();
        server.startup("test", false);
        server.loop.run(1_000_000);
        Path file = files().get(0);
        String text = Files.readString(file);
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        BroadcastFiles.Broadcast kept = files.load().get(0);
        BroadcastTimeline timeline = kept.timeline();
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        after.loop.run(20_000_000);
        assertEquals(
                StatusText.START_OUTSIDE_FILM,
                assertThrows(Refusal.class, () -> after.vod.resume(kept)).status());
        BroadcastTimeline ofAnother = new BroadcastTimeline(
                timeline.size() + 1,
                timeline.version(),
                timeline.passUs(),
                true,
                timeline.startUs(),
                timeline.positionUs(),
                timeline.epoch());
        assertEquals(List.of(), files(), "it is forgotten");
        Files.writeString(file, text);
        files.load();
        BroadcastFiles.Broadcast replaced =
                new BroadcastFiles.Broadcast(kept.mediaSessionId(), kept.name(), kept.uri(), ofAnother);
        assertEquals(
                StatusText.FILM_HAS_CHANGED,
                assertThrows(Refusal.class, () -> after.vod.resume(replaced)).status());
        after.assertReleased();
    }

    /** A server on the folder of one that ran a broadcast of that name for 4 s, and which took up nothing yet. */
    private VodFixture restarted(String name, BroadcastFiles files) throws IOException {
        VodFixture before = server();
        before.startup(name, true);
        before.loop.run(4_000_000);
        before.vod.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        after.loop.run(4_000_000);
        files.load();
        return after;
    }

    @Test
    void viewerOfAFilmThatWasReplaced_getsANewBroadcast() throws IOException {
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = restarted(VodFixture.LIVE, files);
        after.filmVersion = "another";
        after.play(after.open(VodFixture.LIVE));
        assertEquals(1, after.vod.find(all -> true).size());
        assertEquals(List.of(), files(), "the earlier one is forgotten");
    }

    @Test
    void broadcastThatIsStartedAnew_takesTheEarlierOnesPlace() throws IOException {
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = restarted("test", files);
        BroadcastFiles.Broadcast earlier = files.waiting("test").orElseThrow();
        after.startup("test", true);
        assertFalse(files.isWaiting(earlier));
        after.vod.end(all -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        after.vod.resume(earlier);
        assertEquals(List.of(), after.vod.find(all -> true));
        assertEquals(List.of(), files());
    }

    @Test
    void broadcastThatWaitsToGoOn_canBeTerminated_alsoWhileItsFilmIsOpened() throws IOException {
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = restarted("test", files);
        BroadcastFiles.Broadcast earlier = files.waiting("test").orElseThrow();
        after.onOpen = () -> assertEquals(1, after.vod.terminate((name, uri) -> name.equals("test")));
        after.vod.resume(earlier);
        assertEquals(List.of(), after.vod.find(all -> true));
        assertEquals(List.of(), files());
        assertEquals(0, after.vod.terminate((name, uri) -> true));
        after.loop.runTasks();
        after.assertReleased();
    }

    @Test
    void broadcastWhoseStoreDoesNotAnswer_keepsNoOtherWaiting() throws Exception {
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = restarted("test", files);
        BroadcastFiles.Broadcast earlier = files.waiting("test").orElseThrow();
        BroadcastFiles.Broadcast other =
                new BroadcastFiles.Broadcast("other", "other", "vod-live://b.mp4", earlier.timeline());
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        after.onOpen = () -> {
            after.onOpen = () -> {};
            opening.countDown();
            assertTrue(answers.await(10, TimeUnit.SECONDS), "the other one waited");
        };
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> resume(after, earlier));
        assertTrue(opening.await(10, TimeUnit.SECONDS));
        CompletableFuture.runAsync(() -> resume(after, other)).get(5, TimeUnit.SECONDS);
        answers.countDown();
        slow.get(10, TimeUnit.SECONDS);
        assertEquals(1, after.vod.find(all -> true).size());
    }

    private static void resume(VodFixture server, BroadcastFiles.Broadcast earlier) {
        try {
            server.vod.resume(earlier);
        } catch (Refusal e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void filmOfAnotherLengthThanItHad_doesNotGoOn() throws IOException {
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = restarted("test", files);
        after.video = FakeRendition.video(300);
        Refusal refused = assertThrows(
                Refusal.class, () -> after.vod.resume(files.waiting("test").orElseThrow()));
        assertEquals(StatusText.FILM_HAS_CHANGED, refused.status());
        assertTrue(refused.getMessage().contains("12000000"), refused.getMessage());
        after.assertReleased();
    }

    @ParameterizedTest
    @ValueSource(longs = {31_557_600_000_000_000L, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void startThatNobodyMeant_isRefused(long startUs) throws IOException {
        restarted("test", BroadcastFiles.none());
        Path file = files().get(0);
        Files.writeString(file, Files.readString(file).replaceAll("\"startUs\":\\d+", "\"startUs\":" + startUs));
        BroadcastFiles files = BroadcastFiles.in(folder, Runnable::run);
        VodFixture after = new VodFixture(Playout.WhenLate.SKIP, files);
        after.register();
        for (BroadcastFiles.Broadcast each : files.load()) {
            assertEquals(
                    StatusText.START_OUTSIDE_FILM,
                    assertThrows(Refusal.class, () -> after.vod.resume(each)).status());
        }
        assertEquals(List.of(), after.vod.find(all -> true));
        after.assertReleased();
    }

    @Test
    void fileThatHoldsNoBroadcastIsLeftAlone() throws IOException {
        VodFixture server = server();
        server.startup("test", true);
        server.loop.run(1_000_000);
        Path file = files().get(0);
        Files.copy(file, folder.resolve("another-name.json"));
        Files.writeString(folder.resolve("empty.json"), "");
        Files.writeString(folder.resolve("other.json"), "{\"name\":\"x\",\"timeline\":7}");
        Files.write(folder.resolve("long.json"), new byte[300 << 10]);
        assertEquals(1, BroadcastFiles.in(folder, Runnable::run).load().size());
        assertEquals(5, files().size());
    }

    @Test
    void folderThatCannotBeWrittenStopsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        VodFixture server =
                new VodFixture(Playout.WhenLate.SKIP, BroadcastFiles.in(file.resolve("below"), Runnable::run));
        server.register();
        server.startup("test", true);
        server.loop.run(1_000_000);
        assertEquals(1, server.vod.find(all -> true).size());
        assertEquals(
                List.of(),
                BroadcastFiles.in(file.resolve("below"), Runnable::run).load());
    }
}
