package org.reelcast.output.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.Psnr;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.film.OriginalFilms;
import org.reelcast.sharing.ClientShares;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.RemoteStreams;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;

/** What is taken for whom, how often, and what is refused. */
class SnapshotsTest {
    private static final long LIMIT_US = 3_000_000;
    private static final String ASKER = "192.0.2.1";
    private static final OptionalInt FULL = OptionalInt.empty();

    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    /** What waits for a core. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private final ImageTasks tasks = new ImageTasks(waiting::add, loop::nowUs, LIMIT_US);
    private String saturation;
    private final Snapshots snapshots = new Snapshots(streams, tasks, LIMIT_US, () -> Optional.ofNullable(saturation));
    private Stream camera;
    private Footage footage;

    @BeforeEach
    void publish() throws IOException {
        footage = Footage.realTime(OriginalFilms.film());
        camera = TestStreams.camera("id", "cam", loop, Optional.of(footage.format()), Optional.empty(), () -> {});
        streams.add(camera);
        loop.runUntil(Footage.ZERO_US);
        show(0);
    }

    /** The camera sends its next picture. */
    private void show(int number) {
        TestStreams.publish(camera, footage.frames().get(number));
    }

    private CompletableFuture<Image> take(int width) {
        return snapshots.take("cam", OptionalInt.of(width), ImageFormat.PNG, ASKER);
    }

    /** Lets all happen that needs no time. @return how many tasks needed a core */
    private int work() {
        int done = 0;
        loop.runTasks();
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
            done++;
            loop.runTasks();
        }
        return done;
    }

    private void assertRefused(StatusText status, CompletableFuture<Image> taken) {
        assertTrue(taken.isCompletedExceptionally());
        Throwable failure =
                Snapshots.cause(taken.handle((image, cause) -> cause).join());
        assertEquals(status, assertInstanceOf(Refusal.class, failure).status(), failure::getMessage);
    }

    private void assertNothingLeft() {
        loop.runTasks();
        assertEquals(List.of(), camera.holds());
        assertEquals(0, waiting.size());
        loop.run(1_000_000);
        assertEquals(0, loop.pendingTimers());
    }

    /** Has all streams but one, of which one can be brought here. */
    private final class OtherServer implements RemoteStreams {
        private final Executor opener;

        OtherServer(Executor opener) {
            this.opener = opener;
        }

        @Override
        public boolean has(String name) {
            return !name.equals("nowhere");
        }

        @Override
        public Optional<String> nameOf(String mediaSessionId) {
            return Optional.empty();
        }

        @Override
        public Optional<Hold> open(String name, Holder who) throws Refusal {
            if (!name.equals("cam")) {
                throw new Refusal(StatusText.STREAM_IS_ON_ANOTHER_NODE, "It is on node a");
            }
            return camera.hold(who);
        }

        @Override
        public Executor opener(String name) {
            return opener;
        }
    }

    @Test
    void streamOfAnotherServer_isBroughtHere_orRefusedAsPlayingItWouldBe() {
        streams.remove(camera);
        Queue<Runnable> opening = new ArrayDeque<>();
        streams.register(new OtherServer(opening::add));
        CompletableFuture<Image> taken = take(64);
        opening.remove().run();
        work();
        assertEquals("image/png", taken.join().mediaType());
        assertNothingLeft();
        CompletableFuture<Image> elsewhere = snapshots.take("elsewhere", FULL, ImageFormat.PNG, ASKER);
        opening.remove().run();
        assertRefused(StatusText.STREAM_IS_ON_ANOTHER_NODE, elsewhere);
        assertRefused(StatusText.STREAM_NOT_FOUND, snapshots.take("nowhere", FULL, ImageFormat.PNG, ASKER));
        assertEquals(0, opening.size());
    }

    @Test
    void addressThatAsksForMany_waitsForItself_whereStreamsAreBroughtHere() {
        streams.remove(camera);
        streams.register(new ClientShares()::of);
        streams.register(new OtherServer(new BoundedExecutor(never -> {}, 4, 0, 10)));
        for (int i = 0; i < 10; i++) {
            assertFalse(take(64).isDone());
        }
        assertRefused(StatusText.SERVER_IS_OVERLOADED, take(64));
        assertFalse(snapshots.take("cam", FULL, ImageFormat.PNG, "198.51.100.1").isDone());
    }

    @Test
    void imageIsWhatTheStreamShows() throws IOException {
        CompletableFuture<Image> taken = snapshots.take("cam", FULL, ImageFormat.PNG, ASKER);
        CompletableFuture<Image> jpeg = snapshots.take("cam", FULL, ImageFormat.JPEG, ASKER);
        assertEquals(3, work());
        Image image = taken.join();
        assertEquals("image/png", image.mediaType());
        assertTrue(Psnr.of(footage.reference(0), image.bytes()) > 50);
        assertEquals("image/jpeg", jpeg.join().mediaType());
        assertTrue(Psnr.of(footage.reference(0), jpeg.join().bytes()) > 40);
        assertNothingLeft();
    }

    @Test
    void pictureIsDecodedOnceForAllSizesAndEachImageMadeOnce() throws IOException {
        List<CompletableFuture<Image>> taken = new ArrayList<>();
        for (int width = 20; width < 70; width++) {
            taken.add(take(width));
            taken.add(take(width));
        }
        assertEquals(1 + 50, work());
        for (int i = 0; i < taken.size(); i++) {
            assertEquals(20 + i / 2, Psnr.read(taken.get(i).join().bytes()).getWidth());
            assertSame(taken.get(i / 2 * 2).join(), taken.get(i).join());
        }
        assertNothingLeft();
    }

    @Test
    void widthsBeyondThePictureAreOneImage() {
        CompletableFuture<Image> own = take(320);
        CompletableFuture<Image> wider = take(321);
        CompletableFuture<Image> widest = take(3840);
        assertEquals(2, work());
        assertSame(own.join(), wider.join());
        assertSame(own.join(), widest.join());
    }

    @Test
    void imageIsSharedForASecondAndNotLonger() {
        CompletableFuture<Image> first = take(100);
        work();
        loop.run(999_999);
        CompletableFuture<Image> second = take(100);
        assertEquals(0, work());
        assertSame(first.join(), second.join());
        show(1);
        loop.run(1);
        CompletableFuture<Image> third = take(100);
        assertEquals(2, work());
        assertNotSame(first.join(), third.join());
        assertNothingLeft();
    }

    @Test
    void sameImageHasTheSameEntityTagAndAnotherAnother() {
        CompletableFuture<Image> first = take(100);
        work();
        loop.run(1_000_000);
        CompletableFuture<Image> second = take(100);
        CompletableFuture<Image> larger = take(101);
        work();
        assertNotSame(first.join(), second.join());
        assertEquals(first.join().entityTag(), second.join().entityTag());
        assertFalse(first.join().entityTag().equals(larger.join().entityTag()));
    }

    @Test
    void ofMoreImagesAtOnceThanThereIsRoomForSomeAreRefused() {
        List<CompletableFuture<Image>> taken = new ArrayList<>();
        for (int width = 20; width < 320; width++) {
            taken.add(take(width));
            taken.add(snapshots.take("cam", OptionalInt.of(width), ImageFormat.JPEG, ASKER));
        }
        assertEquals(1 + ImageTasks.PLACES, work());
        List<CompletableFuture<Image>> refused = taken.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .toList();
        assertEquals(600 - ImageTasks.PLACES, refused.size());
        refused.forEach(one -> assertRefused(StatusText.SERVER_IS_OVERLOADED, one));
        CompletableFuture<Image> later = take(320);
        assertEquals(1, work());
        assertFalse(later.isCompletedExceptionally());
        assertNothingLeft();
    }

    @Test
    void whatHasWaitedForACoreForTooLongIsRefused() {
        CompletableFuture<Image> taken = take(100);
        loop.run(LIMIT_US + 1);
        assertEquals(1, work());
        assertRefused(StatusText.SERVER_IS_OVERLOADED, taken);
        assertNothingLeft();
    }

    @Test
    void serverThatIsSaturatedTakesNone() {
        saturation = "media loop 0 is busy";
        assertRefused(StatusText.SERVER_IS_OVERLOADED, take(100));
        assertNothingLeft();
    }

    @Test
    void executorThatTakesNoTasksIsNamed() {
        Snapshots refused = new Snapshots(
                streams,
                new ImageTasks(
                        task -> {
                            throw new RejectedExecutionException("the server stops");
                        },
                        loop::nowUs,
                        LIMIT_US),
                LIMIT_US,
                Optional::empty);
        CompletableFuture<Image> taken = refused.take("cam", FULL, ImageFormat.PNG, ASKER);
        work();
        assertRefused(StatusText.SERVER_IS_OVERLOADED, taken);
        assertNothingLeft();
    }

    @Test
    void closedTasksTakeNothingMore() {
        CompletableFuture<Image> taken = take(100);
        work();
        taken.join();
        tasks.close(0);
        loop.run(1_000_000);
        assertRefused(StatusText.SERVER_IS_OVERLOADED, take(100));
    }

    @Test
    void streamThatEndsWhileItsPictureIsDecodedIsStillSeen() {
        CompletableFuture<Image> taken = take(100);
        loop.runTasks();
        camera.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        streams.remove(camera);
        assertEquals(2, work());
        assertEquals("image/png", taken.join().mediaType());
        assertRefused(StatusText.STREAM_NOT_FOUND, take(100));
        assertNothingLeft();
    }

    @Test
    void cameraThatSendsNoKeyFrameFailsForAllWhoWaitAndIsTriedAgain() {
        camera.tracks().get(0).forget();
        CompletableFuture<Image> one = take(100);
        CompletableFuture<Image> other = take(200);
        loop.run(LIMIT_US);
        assertRefused(StatusText.SNAPSHOT_TIMED_OUT, one);
        assertRefused(StatusText.SNAPSHOT_TIMED_OUT, other);
        CompletableFuture<Image> again = take(100);
        loop.runTasks();
        show(0);
        assertEquals(2, work());
        assertFalse(again.isCompletedExceptionally());
        assertNothingLeft();
    }

    @Test
    void brokenPictureIsRefused() {
        Frame broken = Footage.broken(footage.frames().get(0));
        TestStreams.publish(camera, broken);
        CompletableFuture<Image> taken = take(100);
        assertEquals(1, work());
        assertRefused(StatusText.SNAPSHOT_NOT_DECODED, taken);
        assertNothingLeft();
    }

    @Test
    void streamsThatAreNotThereOrNotForAllAreRefused() throws Refusal {
        assertRefused(StatusText.STREAM_NOT_FOUND, snapshots.take("nobody", FULL, ImageFormat.PNG, ASKER));
        assertRefused(StatusText.STREAM_NOT_FOUND, snapshots.take("", FULL, ImageFormat.PNG, ASKER));
        Stream personal = new Stream(
                "own",
                loop,
                SourceTraits.PERSONAL_FILM,
                List.of(new Stream.Offer(StreamTrack.Form.REAL_TIME, footage.format())),
                why -> {});
        streams.add(personal);
        assertRefused(StatusText.STREAM_NOT_FOUND, snapshots.take("own", FULL, ImageFormat.PNG, ASKER));
        streams.add(TestStreams.film("radio", loop, Optional.empty(), Optional.of(Format.audio(Codec.OPUS, 2))));
        assertRefused(StatusText.STREAM_HAS_NO_PICTURE, snapshots.take("radio", FULL, ImageFormat.PNG, ASKER));
    }
}
