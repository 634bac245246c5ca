package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Waiting for the pictures of a segment that grows, by a clock that the test moves. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentTest {
    private static final long S = 1_000_000_000L;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final Segment segment = new Segment(new SegmentGrid.Bounds(0, 0, 2_000_000));

    private static Frame picture(int number) {
        return new Frame(
                Format.video(Codec.H264, 320, 240, 0),
                number * 40_000L,
                number * 40_000L,
                number == 0,
                Slice.of(new byte[] {1}));
    }

    private FutureTask<Frame> waiting(int index, long seconds) throws InterruptedException {
        FutureTask<Frame> task = new FutureTask<>(() -> segment.await(index, clock, clock.nowNs() + seconds * S));
        new Thread(task).start();
        clock.awaitWaits(1);
        return task;
    }

    @Test
    void pictureThatIsThere_isNotWaitedFor() throws Exception {
        Frame first = picture(0);
        segment.add(first);
        assertSame(first, segment.await(0, clock, clock.nowNs()));
        assertNull(segment.await(1, clock, clock.nowNs()));
    }

    @Test
    void pictureThatComesInTime_isWaitedFor() throws Exception {
        FutureTask<Frame> reader = waiting(1, 5);
        segment.add(picture(0));
        clock.advance(4 * S);
        assertFalse(reader.isDone());
        Frame second = picture(1);
        segment.add(second);
        assertSame(second, reader.get());
    }

    @Test
    void pictureThatDoesNotComeInTime_isNotThere() throws Exception {
        FutureTask<Frame> reader = waiting(0, 5);
        clock.advance(5 * S);
        assertNull(reader.get());
        assertTrue(segment.isUnderWay());
    }

    @Test
    void segmentThatIsDone_hasNoMore() throws Exception {
        FutureTask<Frame> reader = waiting(0, 5);
        segment.finish();
        assertNull(reader.get());
        assertTrue(segment.isDone());
    }

    @Test
    void segmentThatFailed_tellsWhy() throws Exception {
        FutureTask<Frame> reader = waiting(0, 5);
        segment.fail(new IOException("torn"));
        assertNull(reader.get());
        assertTrue(segment.isFailed());
        assertEquals("torn", segment.failure().getMessage());
    }

    @Test
    void patienceWithTheWhole_beginsAnewWithEachPicture() throws Exception {
        FutureTask<Boolean> backlog = new FutureTask<>(() -> segment.awaitEnd(clock, 60 * S));
        new Thread(backlog).start();
        for (int i = 0; i < 5; i++) {
            clock.awaitWaits(i + 1);
            clock.advance(59 * S);
            segment.add(picture(i));
        }
        clock.awaitWaits(6);
        clock.advance(60 * S);
        assertFalse(backlog.get());
    }
}
