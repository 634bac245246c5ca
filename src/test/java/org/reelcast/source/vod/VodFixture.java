package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.reelcast.cluster.Cluster;
import org.reelcast.loop.FakeLoop;
import org.reelcast.loop.WallClock;
import org.reelcast.media.Frame;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.storage.ByteSource;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;

/** Films of made-up frames that play as streams on a loop of the test's. */
class VodFixture {
    static final long TIMEOUT_MS = 30_000;
    static final String LIVE = "vod-live://a.mp4";

    final FakeLoop loop = new FakeLoop();
    FakeRendition video = FakeRendition.video(250);
    FakeRendition audio = FakeRendition.audio(500);
    final FilmStore films = new FilmStore(this::find, this::open);
    final HeldTasks readers = new HeldTasks();
    final Streams streams = new Streams(Runnable::run);
    /** The time of day at the loop's 0. */
    long wallAtZeroUs = 1_764_500_000_000_000L;

    final WallClock wallClock = new WallClock(() -> wallAtZeroUs + loop.nowUs(), loop::nowUs);
    /** What changes what nodes share. */
    final HeldTasks sharing = new HeldTasks();

    final SharedBroadcasts shared;
    final VodStreams vod;
    /** Which film of that name it is. */
    String filmVersion = "";
    /** What happens while a film is opened. */
    Opening onOpen = () -> {};

    interface Opening {
        void run() throws InterruptedException;
    }

    VodFixture() {
        this(Playout.WhenLate.SKIP, BroadcastFiles.none());
    }

    VodFixture(Playout.WhenLate whenLate, BroadcastFiles files) {
        this(rules(whenLate), files);
    }

    VodFixture(VodStreams.Rules rules, BroadcastFiles files) {
        this(rules, files, Cluster.alone("test"));
    }

    VodFixture(VodStreams.Rules rules, BroadcastFiles files, Cluster cluster) {
        shared = new SharedBroadcasts(cluster, sharing, TIMEOUT_MS, wallClock::nowUs);
        vod = new VodStreams(
                films,
                streams,
                () -> loop,
                new Readers(readers, Runnable::run, Runnable::run, new Readers.Openers(Runnable::run, Runnable::run)),
                wallClock,
                rules,
                files,
                shared);
    }

    static VodStreams.Rules rules(Playout.WhenLate whenLate) {
        return new VodStreams.Rules(false, TIMEOUT_MS, 0, 0, whenLate, true);
    }

    @BeforeEach
    void register() {
        streams.register(vod);
        shared.start(vod);
        streams.register(shared.remote());
    }

    void startup(String name, boolean looped) throws Refusal {
        vod.startup(VodUri.parse(LIVE), name, Optional.of(looped), PlayoutStart.NOW);
    }

    Hold open(String name) throws Refusal {
        return streams.open(name, Holder.viewer("test", TrackChoice.REAL_TIME));
    }

    void assertReleased() {
        assertTrue(vod.find(all -> true).isEmpty());
        films.closeIdle(Long.MAX_VALUE);
        assertEquals(0, films.size());
        assertEquals(0, loop.pendingTimers());
        assertEquals(0, video.openReaders);
        assertEquals(0, audio.openReaders);
    }

    Recorder play(Hold hold) {
        Recorder viewer = new Recorder();
        TestStreams.subscribe(hold.stream(), viewer);
        hold.start();
        return viewer;
    }

    private ByteSource find(String location, String client) throws Refusal {
        if (location.startsWith("missing")) {
            throw new Refusal(StatusText.FILE_NOT_FOUND, "no " + location);
        }
        return new NamedSource(location, filmVersion);
    }

    private Film open(ByteSource source, AudioChoice sound) {
        try {
            onOpen.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Film(source, List.of(FilmTrack.realTime(video), FilmTrack.realTime(audio)), BufferGate.NONE);
    }

    /** Runs tasks at once, or when the test lets them. */
    static final class HeldTasks implements Executor {
        private final List<Runnable> held = new ArrayList<>();
        private boolean holds;

        @Override
        public void execute(Runnable task) {
            if (holds) {
                held.add(task);
            } else {
                task.run();
            }
        }

        void hold() {
            holds = true;
        }

        void release() {
            holds = false;
            List.copyOf(held).forEach(Runnable::run);
            held.clear();
        }
    }

    static final class Recorder implements Subscriber {
        final List<Long> videoUs = new ArrayList<>();
        /** The number of each picture in its film. */
        final List<Integer> pictures = new ArrayList<>();

        final List<Long> audioUs = new ArrayList<>();
        final List<StreamEnd> ends = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        /** Pictures of each start. */
        final List<Integer> starts = new ArrayList<>();

        @Override
        public void onStart(List<Frame> groupOfPictures) {
            starts.add(groupOfPictures.size());
            groupOfPictures.forEach(this::onFrame);
        }

        @Override
        public void onFrame(Frame frame) {
            (frame.isVideo() ? videoUs : audioUs).add(frame.presentationTimeUs());
            if (frame.isVideo()) {
                pictures.add(frame.slice(0).array()[0] & 0xff);
            }
        }

        @Override
        public void onProblem(String what) {
            problems.add(what);
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }
    }
}
