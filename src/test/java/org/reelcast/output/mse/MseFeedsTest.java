package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.TestStreams;

class MseFeedsTest {
    private final FakeLoop loop = new FakeLoop();
    private final MseFeeds feeds = new MseFeeds(Runnable::run);
    private final long zeroUs = loop.nowUs();
    private final List<Frame> frames = Film.frames(0, 60_000_000, 60_000_000);
    private Stream stream = TestStreams.film("film", loop, Optional.of(Film.VIDEO), Optional.of(Film.AUDIO));
    private int next;
    private MseFeed feed;

    /** One who watches, whose browser has all at once. */
    private final class Watcher implements MediaSocket, MseViewer.Listener {
        private final List<Integer> pictures = new ArrayList<>();
        private final List<Integer> sounds = new ArrayList<>();
        private final MseViewer viewer;
        private final List<String> problems = new ArrayList<>();
        private StreamEnd end;

        Watcher(Hold hold) {
            viewer = feeds.join(hold, this, this).orElseThrow();
            loop.runTasks();
        }

        @Override
        public void send(ByteBuffer message) {
            // a socket that turns out to be broken calls back from here
            assertFalse(Thread.holdsLock(feeds), "sent under the lock of all");
            assertTrue(feed == null || !Thread.holdsLock(feed), "sent under the lock of the feed");
            while (message.hasRemaining()) {
                List<Integer> times = message.get() == 9 ? pictures : sounds;
                int timeMs = message.getInt();
                byte[] body = new byte[message.getInt()];
                message.get(body);
                boolean config = times == pictures ? body[0] == 0x17 && body[1] == 0 : body[0] == 0;
                if (!config) {
                    times.add(timeMs);
                }
            }
            loop.execute(() -> viewer.received());
        }

        @Override
        public void close(String reason) {
            // by the playback
        }

        @Override
        public void onResized(int width, int height) {
            // not looked at
        }

        @Override
        public void onProblem(String what) {
            problems.add(what);
        }

        @Override
        public void onEnd(StreamEnd how) {
            end = how;
        }

        int lastMs() {
            return pictures.get(pictures.size() - 1);
        }
    }

    private void play(long untilUs) {
        for (; frames.get(next).presentationTimeUs() < untilUs; next++) {
            loop.runUntil(Math.max(loop.nowUs(), zeroUs + frames.get(next).presentationTimeUs()));
            TestStreams.publish(stream, frames.get(next).shifted(zeroUs));
        }
        loop.runUntil(zeroUs + untilUs);
    }

    @Test
    void firstViewerOfARunningStream_beginsWithTheKeptPictures_laterOnesWithSeconds() {
        play(1_800_000);
        Watcher first = new Watcher(TestStreams.hold(stream));
        play(2_000_000);
        assertEquals(0, first.pictures.get(0));
        // since 1 s it was kept; the first picture stands for the rest
        assertEquals(2_300 + 100, first.lastMs(), 150);
        assertTrue(first.sounds.size() > 95, "silence for what was not kept: " + first.sounds.size());
        play(8_000_000);
        Watcher second = new Watcher(TestStreams.hold(stream));
        assertTrue(second.lastMs() >= 2_100 && second.lastMs() <= 3_400, "begins with " + second.lastMs());
        assertEquals(second.lastMs() / 21, second.sounds.size(), 12);
        int firstMs = first.lastMs();
        int secondMs = second.lastMs();
        play(9_000_000);
        assertEquals(first.lastMs() - firstMs, second.lastMs() - secondMs);
        assertTrue(first.lastMs() - firstMs > 900);
    }

    /** Seconds of pictures for each who watches alone would be for nobody. */
    @Test
    void streamForOneViewer_keepsNothingForOthers() {
        stream = TestStreams.personal("film", loop, Optional.of(Film.VIDEO), Optional.of(Film.AUDIO));
        Watcher only = new Watcher(TestStreams.hold(stream));
        play(5_000_000);
        assertTrue(only.pictures.size() > 100, "it plays");
        Watcher other = new Watcher(TestStreams.hold(stream));
        assertEquals(List.of(), other.pictures);
    }

    @Test
    void problemThatArisesUnderWay_isTold() {
        Watcher watcher = new Watcher(TestStreams.hold(stream));
        stream.setProblem("There is no sound");
        assertEquals(List.of("There is no sound"), watcher.problems);
    }

    @Test
    void nothingIsSentUnderALockThatOthersWant() {
        Hold hold = TestStreams.hold(stream);
        loop.runTasks();
        feed = new MseFeed(hold, Runnable::run, over -> {});
        Watcher watcher = new Watcher(hold);
        feed.add(watcher.viewer);
        play(3_000_000);
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        loop.run(1_000_000);
        assertTrue(watcher.pictures.size() > 70);
    }

    @Test
    void allThatIsKept_isLetGoWithTheLastViewer_andTheNextOneBeginsAnew() {
        Watcher first = new Watcher(TestStreams.hold(stream));
        Watcher second = new Watcher(TestStreams.hold(stream));
        play(3_000_000);
        feeds.leave(stream, first.viewer);
        loop.runTasks();
        int before = first.pictures.size();
        play(4_000_000);
        assertEquals(before, first.pictures.size());
        assertTrue(second.lastMs() > before * 40);
        feeds.leave(stream, second.viewer);
        loop.runTasks();
        int seen = second.pictures.size();
        play(6_000_000);
        assertEquals(seen, second.pictures.size());
        Watcher third = new Watcher(TestStreams.hold(stream));
        play(7_000_000);
        assertEquals(0, third.pictures.get(0));
        assertTrue(third.lastMs() > 3_000);
    }

    @Test
    void endOfAFilm_isSeenFirst_aTerminatedOneEndsAtOnce() {
        Watcher watcher = new Watcher(TestStreams.hold(stream));
        play(5_000_000);
        StreamEnd over = StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP);
        stream.end(over);
        loop.run(100_000);
        assertNull(watcher.end);
        loop.run(4_000_000);
        assertEquals(over, watcher.end);
        assertTrue(feeds.join(TestStreams.hold(fresh()), watcher, watcher).isPresent());

        next = 0;
        stream = TestStreams.film("other", loop, Optional.of(Film.VIDEO), Optional.of(Film.AUDIO));
        Watcher other = new Watcher(TestStreams.hold(stream));
        StreamEnd stopped = StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE);
        stream.end(stopped);
        loop.runTasks();
        assertEquals(stopped, other.end);
    }

    private Stream fresh() {
        return TestStreams.film("fresh", loop, Optional.of(Film.VIDEO), Optional.of(Film.AUDIO));
    }
}
