package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.output.hls.http.Alarms;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.StreamDelivery;

/** A live stream that is asked for while it is cut. */
class LiveDeliveryTest {
    private static final long FIRST = 4_000;
    private static final long FRAME_US = 40_000;

    private final FakeScheduler clock = new FakeScheduler(0);
    private final LiveWindow window = new LiveWindow("live", new LiveWindow.Sizes(8, 12, 4, true, false, 4, 64 << 20),
            FIRST, 1_000_000_000_000L);
    private final LiveDelivery delivery = new LiveDelivery(window, new MediaCache(64 << 20, Runnable::run),
            new Alarms(clock, Runnable::run, 100), () -> { });
    private final Segmenter segmenter = new Segmenter(true, 2_000_000, 4_000_000, delivery);
    private final StreamDelivery hls = new StreamDelivery("camera", delivery);
    private int frames;

    private void play(int count) {
        for (int i = 0; i < count; i++) {
            segmenter.take(SegmenterTest.picture(frames * FRAME_US, frames % 50 == 0, 30));
            frames++;
        }
    }

    private CompletableFuture<HlsAnswer> ask(String resource, long sequence, int part) {
        return hls.get(new HlsRequest(resource, "", sequence, part)).toCompletableFuture();
    }

    private static String text(CompletableFuture<HlsAnswer> answer) {
        assertTrue(answer.isDone(), "it is held");
        assertEquals(200, answer.join().status());
        return new String(answer.join().body().get(0), StandardCharsets.UTF_8);
    }

    private static int status(CompletableFuture<HlsAnswer> answer) {
        assertTrue(answer.isDone(), "it is held");
        return answer.join().status();
    }

    @Test
    void firstPlaylist_waitsForTheFirstSegment_otherwiseIsRefused() {
        List<CompletableFuture<HlsAnswer>> waiting = new ArrayList<>();
        for (String list : List.of("camera.m3u8", "index.m3u8", "live.m3u8")) {
            waiting.add(ask(list, -1, -1));
        }
        play(50);
        waiting.forEach(answer -> assertFalse(answer.isDone()));
        play(1);
        assertTrue(text(waiting.get(0)).contains("live-4000.ts"), text(waiting.get(0)));
        assertTrue(text(waiting.get(1)).contains("RESOLUTION=640x360"), text(waiting.get(1)));
        assertTrue(text(waiting.get(2)).contains("live-4000.m4s"), text(waiting.get(2)));
    }

    @Test
    void streamThatDoesNotCome_isRefusedAfterThreeTargets() {
        CompletableFuture<HlsAnswer> waiting = ask("camera.m3u8", -1, -1);
        clock.run(11_900_000);
        assertFalse(waiting.isDone());
        clock.run(200_000);
        assertEquals(503, status(waiting));
    }

    @Test
    void heldRequests_areAnsweredByThePartTheyWaitFor() {
        play(61);
        CompletableFuture<HlsAnswer> part = ask("live.m3u8", FIRST + 1, 1);
        CompletableFuture<HlsAnswer> hinted = ask("live-4001.0.m4s", -1, -1);
        CompletableFuture<HlsAnswer> segment = ask("live.m3u8", FIRST + 1, -1);
        CompletableFuture<HlsAnswer> behind = ask("live.m3u8", FIRST + 1, 5);
        play(2);
        assertFalse(hinted.isDone());
        play(1);
        assertEquals(200, status(hinted));
        play(11);
        assertFalse(part.isDone());
        play(1);
        assertTrue(text(part).contains("live-4001.1.m4s\"\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"live-4001.2.m4s"),
                text(part));
        assertFalse(segment.isDone() || behind.isDone());
        play(25);
        assertTrue(text(segment).contains("live-4001.m4s"), text(segment));
        assertFalse(behind.isDone(), "there is no fifth part");
        play(13);
        assertTrue(text(behind).contains("live-4002.0.m4s"), text(behind));
    }

    @Test
    void whatNobodyMayWaitFor_isRefusedAtOnce() {
        play(61);
        assertEquals(400, status(ask("live.m3u8", FIRST + 3, -1)));
        assertEquals(400, status(ask("live.m3u8", FIRST + 1, 20)));
        assertEquals(400, status(ask("live.m3u8", -1, 1)));
        assertEquals(404, status(ask("live-4003.m4s", -1, -1)));
        assertEquals(404, status(ask("live-3999.ts", -1, -1)));
        assertEquals(404, status(ask("other-4000.ts", -1, -1)));
    }

    @Test
    void wholeSegment_isItsParts() {
        play(120);
        byte[] whole = joined(ask("live-4000.m4s", -1, -1));
        List<byte[]> parts = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            parts.add(joined(ask("live-4000." + part + ".m4s", -1, -1)));
        }
        assertEquals(whole.length, parts.stream().mapToInt(part -> part.length).sum());
        assertEquals(0, joined(ask("live-4000.ts", -1, -1)).length % 188);
    }

    private static byte[] joined(CompletableFuture<HlsAnswer> answer) {
        assertEquals(200, status(answer));
        return answer.join().body().stream().reduce(new byte[0], (a, b) -> {
            byte[] both = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, both, a.length, b.length);
            return both;
        });
    }

    @Test
    void listsAreBounded_andSegmentsStayAWhile() {
        play(50 * 100);
        String list = text(ask("camera.m3u8", -1, -1));
        assertEquals(8, list.lines().filter(line -> line.endsWith(".ts")).count());
        assertTrue(list.contains("#EXT-X-MEDIA-SEQUENCE:" + (FIRST + 99 - 8)), list);
        assertEquals(200, status(ask("live-" + (FIRST + 99 - 12) + ".ts", -1, -1)));
        assertEquals(404, status(ask("live-" + (FIRST + 50) + ".ts", -1, -1)));
        assertFalse(list.contains("ENDLIST"));
    }

    @Test
    void end_isTold_toThoseWhoWaitToo() {
        play(61);
        CompletableFuture<HlsAnswer> waiting = ask("live.m3u8", FIRST + 2, 0);
        segmenter.finish();
        delivery.end();
        assertTrue(text(waiting).endsWith("#EXT-X-ENDLIST\n"), text(waiting));
        assertFalse(text(waiting).contains("PRELOAD"));
        assertTrue(text(ask("camera.m3u8", -1, -1)).endsWith("live-4001.ts\n#EXT-X-ENDLIST\n"));
    }
}
