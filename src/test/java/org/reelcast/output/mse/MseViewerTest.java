package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.stream.StreamEnd;

class MseViewerTest {
    private static final StreamEnd OVER = StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP);

    private final FakeLoop loop = new FakeLoop();
    private final List<ByteBuffer> messages = new ArrayList<>();
    private final List<String> sizes = new ArrayList<>();
    private StreamEnd end;
    private final MseViewer viewer = new MseViewer(
            new MediaSocket() {
                @Override
                public void send(ByteBuffer message) {
                    messages.add(message);
                }

                @Override
                public void close(String reason) {
                    // by the playback
                }
            },
            loop,
            target -> new ViewerTimeline(true, Film.SOUND, false, target),
            new MseViewer.Listener() {
                @Override
                public void onResized(int width, int height) {
                    sizes.add(width + "x" + height);
                }

                @Override
                public void onProblem(String what) {
                    // see MseFeedsTest
                }

                @Override
                public void onEnd(StreamEnd how) {
                    assertNull(end);
                    end = how;
                }
            });
    private final FeedTimeline feed = new FeedTimeline(true, Film.SOUND, viewer::take);
    private final long zeroUs = loop.nowUs();
    private final List<Frame> film = Film.frames(0, 60_000_000, 60_000_000);
    private int next;

    /** Plays in real time, ahead by what browsers need, and hands over ten times a second. */
    private void play(long untilUs) {
        while (loop.nowUs() < zeroUs + untilUs) {
            for (; film.get(next).presentationTimeUs() < loop.nowUs() - zeroUs + 2_400_000; next++) {
                feed.take(film.get(next).shifted(zeroUs - 2_400_000));
            }
            viewer.flush();
            loop.run(100_000);
        }
    }

    private record Read(int type, int timeMs, boolean config) {}

    /** Whole records, as the SDK reads them. */
    private static List<Read> read(ByteBuffer message) {
        List<Read> records = new ArrayList<>();
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            int type = in.get();
            int time = in.getInt();
            byte[] body = new byte[in.getInt()];
            in.get(body);
            records.add(new Read(type, time, type == 9 ? body[0] == 0x17 && body[1] == 0 : body[0] == 0));
        }
        return records;
    }

    private List<Read> pictures() {
        return messages.stream()
                .flatMap(message -> read(message).stream())
                .filter(record -> record.type() == 9 && !record.config())
                .toList();
    }

    @Test
    void oneMessageIsOnItsWay_theNextHasAllThatBecameDue() {
        play(100_000);
        assertEquals(1, messages.size());
        assertEquals(0, read(messages.get(0)).get(0).timeMs());
        assertTrue(pictures().get(pictures().size() - 1).timeMs() > 2_200);
        play(600_000);
        assertEquals(1, messages.size());
        viewer.received();
        assertEquals(2, messages.size());
        List<Read> second = read(messages.get(1));
        assertEquals(12, second.stream().filter(record -> record.type() == 9).count(), 2);
        assertTrue(second.stream().filter(record -> record.type() == 8).count() > 20);
        loop.runTasks();
        assertEquals(List.of("1280x720"), sizes);
    }

    @Test
    void slowLink_getsKeyFramesOnALineWithoutHoles_andIsNotBehindAfterwards() {
        // a message takes as long as what is in it lasts, and again as long
        long freeUs = 0;
        int seen = 0;
        for (long us = 0; us < 20_000_000; us += 100_000) {
            play(us + 100_000);
            if (messages.size() > seen) {
                seen = messages.size();
                List<Read> records = read(messages.get(seen - 1));
                int lastsMs = records.get(records.size() - 1).timeMs()
                        - records.get(0).timeMs();
                freeUs = us + 2_000L * Math.max(50, lastsMs);
            }
            if (us >= freeUs) {
                viewer.received();
            }
        }
        List<Read> pictures = pictures();
        for (int i = 1; i < pictures.size(); i++) {
            int stepMs = pictures.get(i).timeMs() - pictures.get(i - 1).timeMs();
            assertTrue(stepMs > 0 && stepMs <= 120, "a step of " + stepMs);
        }
        int lastMs = pictures.get(pictures.size() - 1).timeMs();
        // it had half of the film, not all of it late
        assertTrue(lastMs > 6_000 && lastMs < 15_000, "played up to " + lastMs);
        assertTrue(viewer.summary().contains("skipped"), viewer.summary());
        assertNull(end);
    }

    @Test
    void quickViewer_skipsNothing() {
        for (long us = 0; us < 10_000_000; us += 100_000) {
            play(us + 100_000);
            viewer.received();
        }
        assertEquals(310, pictures().size(), 3);
        assertTrue(!viewer.summary().contains("skipped"), viewer.summary());
    }

    @Test
    void browserThatHasNothingForLong_isLost() {
        play(1_000_000);
        loop.run(MseViewer.LOST_US / 2);
        assertNull(end);
        loop.run(MseViewer.LOST_US);
        assertEquals(StreamEnd.failed(StatusText.MEDIA_SOCKET_LOST), end);
    }

    @Test
    void endOfTheFilm_comesWhenItHasBeenSeen() {
        play(1_000_000);
        viewer.received();
        long begunUs = loop.nowUs();
        viewer.received();
        viewer.end(OVER);
        viewer.received();
        int lastMs = pictures().get(pictures().size() - 1).timeMs();
        loop.runUntil(begunUs + lastMs * 1000L);
        assertNull(end);
        loop.run(MseViewer.END_MARGIN_US + 100_000);
        assertEquals(OVER, end);
    }

    @Test
    void endAtOnce_andNothingAfterIt() {
        play(500_000);
        viewer.stop(OVER);
        loop.runTasks();
        assertEquals(OVER, end);
        int before = messages.size();
        viewer.received();
        play(1_500_000);
        assertEquals(before, messages.size());
    }

    @Test
    void largeMessagesAreCut_betweenRecords() {
        byte[] large = new byte[700_000];
        MediaUnit.Look look = new MediaUnit.Look(new byte[] {0x17, 0}, 1, 1);
        for (int i = 0; i < 4; i++) {
            viewer.take(new MediaUnit(look, true, loop.nowUs() - 2_300_000 + i, i * 1000L, large, null));
        }
        viewer.flush();
        for (int i = 1; i <= 4; i++) {
            assertEquals(i, messages.size());
            assertEquals(
                    1,
                    read(messages.get(i - 1)).stream()
                            .filter(record -> !record.config())
                            .count());
            viewer.received();
        }
        assertEquals(4, messages.size());
    }
}
