package org.reelcast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.StatusText;

class FrameQueueTest {
    private static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    private static final Format AUDIO = Format.audio(Codec.OPUS, 2);
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(1000, 5, 200_000);

    private final FakeLoop loop = new FakeLoop();
    private final List<Runnable> tasks = new ArrayList<>();
    private int keyFramesAskedFor;
    private final Stream stream =
            TestStreams.camera("id", "s", loop, Optional.of(VIDEO), Optional.of(AUDIO), () -> keyFramesAskedFor++);
    private final Worker worker = new Worker();

    private FrameQueue start(FrameQueue.WhenLate whenLate, Executor executor) {
        FrameQueue queue = new FrameQueue(stream, LIMITS, whenLate, executor, worker);
        queue.start(TrackChoice.ORIGINAL.of(stream.tracks()));
        loop.runTasks();
        return queue;
    }

    private void video(long timeUs, boolean key) {
        TestStreams.publish(stream, new Frame(VIDEO, timeUs, timeUs, key, Slice.of(new byte[10])));
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
            loop.runTasks();
        }
    }

    @Test
    void framesAreTakenTogetherAfterTheDelay() {
        FrameQueue queue = start(FrameQueue.WhenLate.END, tasks::add);
        assertEquals(1, keyFramesAskedFor);
        video(0, true);
        video(1, false);
        loop.run(LIMITS.delayUs() - 1);
        assertEquals(0, tasks.size());
        assertEquals(new FrameQueue.Counters(0, 0, 2), queue.counters());
        loop.run(1);
        assertEquals(1, tasks.size());
        runTasks();
        assertEquals(List.of(0L, 1L), worker.times);
        assertEquals(new FrameQueue.Counters(2, 0, 0), queue.counters());
    }

    @Test
    void lateWorkerThatIsToEndGetsWhatWaitsAndTheEnd() {
        start(FrameQueue.WhenLate.END, tasks::add);
        for (int i = 0; i < 10; i++) {
            video(i, i == 0);
        }
        runTasks();
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), worker.times);
        assertEquals(List.of(FrameQueue.End.LATE), worker.ends);
    }

    @Test
    void lateWorkerThatIsToSkipGoesOnAtTheNextKeyFrame() {
        FrameQueue queue = start(FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, tasks::add);
        for (int i = 0; i < 8; i++) {
            video(i, i == 0);
        }
        assertEquals(2, keyFramesAskedFor);
        loop.run(LIMITS.delayUs());
        runTasks();
        video(8, false);
        TestStreams.publish(stream, new Frame(AUDIO, 8, 8, true, Slice.of(new byte[1])));
        video(9, true);
        video(10, false);
        loop.run(LIMITS.delayUs());
        runTasks();
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 9L, 10L), worker.times);
        assertEquals(new FrameQueue.Counters(7, 5, 0), queue.counters());
        assertTrue(worker.ends.isEmpty());
    }

    @Test
    void whoStartsWithKeptPictures_getsThemFirst_andAsksForNoKeyFrame() {
        video(0, true);
        video(1, false);
        FrameQueue queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.END, tasks::add, worker);
        queue.startWithKept(TrackChoice.ORIGINAL.of(stream.tracks()));
        loop.runTasks();
        assertEquals(0, keyFramesAskedFor);
        video(2, false);
        loop.run(LIMITS.delayUs());
        runTasks();
        assertEquals(List.of(0L, 1L, 2L), worker.times);
    }

    @Test
    void whereNoPictureIsKept_aKeyFrameIsAskedFor_butNotForSoundAlone() {
        FrameQueue sound = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.END, tasks::add, worker);
        sound.start(stream.tracks().stream().filter(track -> !track.isVideo()).toList());
        loop.runTasks();
        assertEquals(0, keyFramesAskedFor);
        FrameQueue queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.END, tasks::add, worker);
        queue.startWithKept(TrackChoice.ORIGINAL.of(stream.tracks()));
        loop.runTasks();
        assertEquals(1, keyFramesAskedFor);
    }

    @Test
    void waitOfTheFilmIsToldInItsPlace_andTheEndIsKnown() {
        FrameQueue queue = start(FrameQueue.WhenLate.END, tasks::add);
        video(0, true);
        stream.waited(7);
        video(8, false);
        loop.run(LIMITS.delayUs());
        runTasks();
        assertEquals(List.of("0", "waited 7", "8", "pause"), worker.story);
        assertTrue(queue.streamEnd().isEmpty());
        StreamEnd how = StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE);
        stream.end(how);
        assertEquals(Optional.of(how), queue.streamEnd());
    }

    @Test
    void pictureThatGoesOnElsewhereBeginsWithTheKeyFrameThere_butNotForWhoHadNone() {
        Stream film = TestStreams.film("film", loop, Optional.of(VIDEO), Optional.empty());
        StreamTrack track = film.tracks().get(0);
        FrameQueue queue = new FrameQueue(film, LIMITS, FrameQueue.WhenLate.END, tasks::add, worker);
        queue.start(film.tracks());
        loop.runTasks();
        film.prepare(track, frame(0, true));
        film.caughtUp(track);
        film.publish(track, frame(1, false));
        film.prepare(track, frame(8, true));
        film.prepare(track, frame(9, false));
        film.publish(track, frame(10, false));
        film.prepare(track, frame(11, false));
        film.caughtUp(track);
        loop.run(LIMITS.delayUs());
        runTasks();
        assertEquals(List.of(1L, 8L, 9L, 10L, 11L), worker.times);
    }

    private static Frame frame(long timeUs, boolean key) {
        return new Frame(VIDEO, timeUs, timeUs, key, Slice.of(new byte[10]));
    }

    @Test
    void bytesAreBounded() {
        start(FrameQueue.WhenLate.END, tasks::add);
        TestStreams.publish(stream, new Frame(VIDEO, 0, 0, true, Slice.of(new byte[2000])));
        video(1, false);
        runTasks();
        assertEquals(List.of(0L), worker.times);
        assertEquals(List.of(FrameQueue.End.LATE), worker.ends);
    }

    @Test
    void endOfTheStreamComesAfterItsLastFrame() {
        start(FrameQueue.WhenLate.END, Runnable::run);
        video(0, true);
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
        assertEquals(List.of(0L), worker.times);
        assertEquals(List.of(FrameQueue.End.STREAM), worker.ends);
    }

    @Test
    void stopEndsItOnce() {
        FrameQueue queue = start(FrameQueue.WhenLate.END, Runnable::run);
        video(0, true);
        queue.stop();
        queue.stop();
        loop.runTasks();
        video(1, false);
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
        assertEquals(List.of(0L), worker.times);
        assertEquals(List.of(FrameQueue.End.STREAM), worker.ends);
    }

    @Test
    void workerThatWantsNoMoreGetsNoMore() {
        worker.most = 2;
        start(FrameQueue.WhenLate.END, Runnable::run);
        for (int i = 0; i < 4; i++) {
            video(i, i == 0);
        }
        loop.run(LIMITS.delayUs());
        video(5, true);
        loop.run(LIMITS.delayUs());
        assertEquals(List.of(0L, 1L), worker.times);
        assertEquals(List.of(FrameQueue.End.WORKER), worker.ends);
    }

    @Test
    void whereTasksRunNoMoreTheWorkerIsTold_someTimeAfterTheEnd() {
        FrameQueue queue = start(FrameQueue.WhenLate.END, task -> {
            throw new RejectedExecutionException("the server stops");
        });
        video(0, true);
        loop.run(60_000_000);
        assertEquals(List.of(), worker.ends, "nothing is given up while it lasts");
        queue.stop();
        loop.run(4_000_000);
        assertEquals(List.of(), worker.ends);
        loop.run(2_000_000);
        assertEquals(List.of(), worker.times);
        assertEquals(List.of(FrameQueue.End.REFUSED), worker.ends);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void refusedTaskIsTriedAgain_andNoFrameIsLost() {
        AtomicInteger refusals = new AtomicInteger(3);
        FrameQueue queue = start(FrameQueue.WhenLate.END, task -> {
            if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("all threads are taken");
            }
            task.run();
        });
        for (int i = 0; i < 4; i++) {
            video(i, i == 0);
            loop.run(LIMITS.delayUs());
        }
        loop.run(1_000_000);
        assertEquals(List.of(0L, 1L, 2L, 3L), worker.times);
        queue.stop();
        loop.runTasks();
        assertEquals(List.of(FrameQueue.End.STREAM), worker.ends);
    }

    @Test
    void refusedWhileMoreComesThanMayWait_endsAsLate() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        start(FrameQueue.WhenLate.END, task -> {
            if (refuses.get()) {
                throw new RejectedExecutionException("all threads are taken");
            }
            task.run();
        });
        for (int i = 0; i < 10; i++) {
            video(i, i == 0);
            loop.run(LIMITS.delayUs());
        }
        refuses.set(false);
        loop.run(1_000_000);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), worker.times);
        assertEquals(List.of(FrameQueue.End.LATE), worker.ends);
    }

    @Test
    void workerThatBreaks_hasItsLastCall_alsoInTheLastTask() {
        for (boolean over : new boolean[] {false, true}) {
            Worker breaks = new Worker() {
                @Override
                public boolean take(Frame frame, long inStepUs) {
                    throw new IllegalStateException("broken on purpose");
                }
            };
            FrameQueue queue = new FrameQueue(stream, LIMITS, FrameQueue.WhenLate.END, tasks::add, breaks);
            queue.start(TrackChoice.ORIGINAL.of(stream.tracks()));
            loop.runTasks();
            video(0, true);
            if (over) {
                queue.stop();
            }
            loop.run(LIMITS.delayUs());
            assertThrows(IllegalStateException.class, this::runTasks);
            runTasks();
            loop.runTasks();
            assertEquals(List.of(FrameQueue.End.WORKER), breaks.ends);
            video(1, false);
            loop.run(LIMITS.delayUs());
            assertEquals(List.of(), tasks, "it is asked for nothing more");
        }
    }

    @Test
    void problemOfTheStreamIsPassedOn() {
        start(FrameQueue.WhenLate.END, tasks::add);
        stream.setProblem("There is no sound");
        assertEquals(List.of("problem There is no sound"), worker.story);
    }

    private static class Worker implements FrameQueue.Worker {
        final List<Long> times = new ArrayList<>();
        final List<FrameQueue.End> ends = new ArrayList<>();
        final List<String> story = new ArrayList<>();
        int most = Integer.MAX_VALUE;

        @Override
        public boolean take(Frame frame, long inStepUs) {
            times.add(frame.decodeTimeUs());
            story.add(Long.toString(frame.decodeTimeUs()));
            return times.size() < most;
        }

        @Override
        public void waited(long us) {
            story.add("waited " + us);
        }

        @Override
        public void pause() {
            story.add("pause");
        }

        @Override
        public void problem(String what) {
            story.add("problem " + what);
        }

        @Override
        public void end(FrameQueue.End why) {
            ends.add(why);
        }
    }
}
