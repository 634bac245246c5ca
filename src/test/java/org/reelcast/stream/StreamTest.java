package org.reelcast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.StatusText;

class StreamTest {
    private static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    private static final Format LARGER = Format.video(Codec.H264, 1280, 720, 0);
    private static final Format AUDIO = Format.audio(Codec.OPUS, 2);

    private final Stream stream = TestStreams.film("s", new FakeLoop(), Optional.of(VIDEO), Optional.of(AUDIO));

    @Test
    void joinerGetsTheVideoSinceTheLastKeyFrameAndThenWhatFollows() {
        TestStreams.publish(stream, video(VIDEO, 0, true));
        TestStreams.publish(stream, video(VIDEO, 1, false));
        TestStreams.publish(stream, video(VIDEO, 2, true));
        TestStreams.publish(stream, new Frame(AUDIO, 2, 2, true, Slice.of(new byte[1])));
        TestStreams.publish(stream, video(VIDEO, 3, false));
        Recorder joiner = new Recorder();
        TestStreams.subscribe(stream, joiner);
        TestStreams.publish(stream, video(VIDEO, 4, false));

        assertEquals(List.of(2L, 3L), joiner.start);
        assertEquals(List.of(4L), joiner.frames);
    }

    @Test
    void joinerBeforeTheFirstKeyFrameStartsWithNothing() {
        TestStreams.publish(stream, video(VIDEO, 0, false));
        Recorder joiner = new Recorder();
        TestStreams.subscribe(stream, joiner);
        assertTrue(joiner.start.isEmpty());
    }

    @Test
    void groupThatOutgrowsItsBoundIsLetGo() {
        TestStreams.publish(stream, video(VIDEO, 0, true));
        for (int i = 1; i <= GroupOfPictures.MAX_FRAMES; i++) {
            TestStreams.publish(stream, video(VIDEO, i, false));
        }
        Recorder joiner = new Recorder();
        TestStreams.subscribe(stream, joiner);
        assertTrue(joiner.start.isEmpty());
    }

    @Test
    void framesOfThePastAreHandedOutOnceTheyReachThePresent() {
        StreamTrack track = stream.tracks().get(0);
        Recorder early = new Recorder();
        TestStreams.subscribe(stream, early);
        stream.caughtUp(track);
        stream.prepare(track, video(VIDEO, 0, true));
        stream.prepare(track, video(VIDEO, 1, false));
        assertTrue(early.start.isEmpty());
        stream.caughtUp(track);
        stream.caughtUp(track);
        Recorder late = new Recorder();
        TestStreams.subscribe(stream, late);
        TestStreams.publish(stream, video(VIDEO, 2, false));
        assertEquals(List.of(0L, 1L), early.start);
        assertEquals(List.of(0L, 1L), late.start);
        assertEquals(List.of(2L), early.frames);
    }

    @Test
    void formatFollowsTheFrames() {
        TestStreams.publish(stream, video(LARGER, 0, true));
        assertEquals(Optional.of(LARGER), stream.video());
    }

    @Test
    void endReachesEverybodyOnceAndThoseWhoComeLater() {
        Recorder early = new Recorder();
        Recorder gone = new Recorder();
        TestStreams.subscribe(stream, early);
        TestStreams.subscribe(stream, gone);
        stream.unsubscribe(gone);
        StreamEnd end = StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE);
        stream.end(end);
        stream.end(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
        TestStreams.publish(stream, video(VIDEO, 9, true));
        Recorder late = new Recorder();
        TestStreams.subscribe(stream, late);

        assertEquals(List.of(end), early.ends);
        assertEquals(List.of(), gone.ends);
        assertEquals(List.of(end), late.ends);
        assertTrue(early.frames.isEmpty());
    }

    @Test
    void subscriberMayLeaveWhileItIsHandedAFrame() {
        Recorder other = new Recorder();
        TestStreams.subscribe(stream, new Recorder() {
            @Override
            public void onFrame(Frame frame) {
                stream.unsubscribe(this);
            }
        });
        TestStreams.subscribe(stream, other);
        TestStreams.publish(stream, video(VIDEO, 0, true));
        TestStreams.publish(stream, video(VIDEO, 1, false));
        assertEquals(List.of(0L, 1L), other.frames);
    }

    @Test
    void subscriberThatBreaksGetsNothingMore_othersAll() {
        Recorder other = new Recorder();
        Recorder broken = new Recorder() {
            @Override
            public void onFrame(Frame frame) {
                throw new IllegalStateException("broken on purpose");
            }
        };
        TestStreams.subscribe(stream, broken);
        TestStreams.subscribe(stream, other);
        TestStreams.publish(stream, video(VIDEO, 0, true));
        TestStreams.publish(stream, video(VIDEO, 1, false));
        assertEquals(List.of(0L, 1L), other.frames);
        TestStreams.publish(stream, new Frame(AUDIO, 2, 2, true, Slice.of(new byte[1])));
        assertEquals(List.of(0L, 1L, 2L), other.frames);
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        assertEquals(List.of(StreamEnd.failed(StatusText.FAILED_BY_ERROR)), broken.ends);
        assertEquals(1, other.ends.size());
    }

    @Test
    void subscriberThatBreaksWhereNoFrameComes_keepsNothingFromOthers() {
        Recorder broken = new Recorder() {
            @Override
            public void onProblem(String what) {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public void onEnd(StreamEnd end) {
                super.onEnd(end);
                throw new IllegalStateException("broken on purpose");
            }
        };
        Recorder brokenAtItsEnd = new Recorder() {
            @Override
            public void onEnd(StreamEnd end) {
                throw new IllegalStateException("broken on purpose");
            }
        };
        Recorder other = new Recorder();
        TestStreams.subscribe(stream, broken);
        TestStreams.subscribe(stream, brokenAtItsEnd);
        TestStreams.subscribe(stream, other);
        stream.setProblem("There is no sound");
        assertEquals(List.of("There is no sound"), other.problems);
        assertEquals(1, broken.ends.size());
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        assertEquals(1, broken.ends.size());
        assertEquals(1, other.ends.size());
    }

    private static Frame video(Format format, long timeUs, boolean key) {
        return new Frame(format, timeUs, timeUs, key, Slice.of(new byte[10]));
    }

    private static class Recorder implements Subscriber {
        final List<Long> start = new ArrayList<>();
        final List<Long> frames = new ArrayList<>();
        final List<StreamEnd> ends = new ArrayList<>();
        final List<String> problems = new ArrayList<>();

        @Override
        public void onProblem(String what) {
            problems.add(what);
        }

        @Override
        public void onStart(List<Frame> groupOfPictures) {
            groupOfPictures.forEach(frame -> start.add(frame.presentationTimeUs()));
        }

        @Override
        public void onFrame(Frame frame) {
            frames.add(frame.presentationTimeUs());
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }
    }
}
