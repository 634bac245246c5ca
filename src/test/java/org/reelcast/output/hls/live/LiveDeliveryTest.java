package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.http.StreamDelivery;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;

/** A live stream that is asked for while it is cut. */
class LiveDeliveryTest {
    private static final long FIRST = 4_000;
    private static final long FRAME_US = 40_000;

    private final FakeScheduler clock = new FakeScheduler(0);
    private final LiveMemory memory = new LiveMemory(1 << 20);
    private final LiveWindow window = new LiveWindow(
            "live",
            new LiveWindow.Sizes(8, 12, 4, true, false, 4, 64 << 20),
            memory.share("camera"),
            FIRST,
            1_000_000_000_000L,
            LiveWindow.FIRST);
    private final HeldAnswers alarms = new HeldAnswers(clock, Runnable::run, 100);
    private final LiveDelivery delivery =
            new LiveDelivery(window, new MediaCache(64 << 20, Runnable::run), alarms, () -> {});
    private final Segmenter segmenter = new Segmenter(true, false, 2_000_000, 4_000_000, delivery);
    private final StreamDelivery hls = new StreamDelivery("camera", delivery, alarms);
    private int frames;

    private void play(int count) {
        for (int i = 0; i < count; i++) {
            segmenter.take(SegmenterTest.picture(frames * FRAME_US, frames % 50 == 0, 30));
            frames++;
        }
    }

    private CompletableFuture<HlsAnswer> ask(String resource, long sequence, int part) {
        return hls.get(new HlsRequest(resource, "", sequence, part, false)).toCompletableFuture();
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
        assertTrue(text(waiting.get(1)).contains("RESOLUTION=640x360"), text(waiting.get(1)));
        assertTrue(text(waiting.get(2)).contains("live-4000.m4s"), text(waiting.get(2)));
        play(99);
        assertFalse(waiting.get(0).isDone(), "two segments are played before the third is there");
        play(1);
        assertTrue(
                text(waiting.get(0)).matches("(?s).*live-4000.ts\n.*live-4001.ts\n.*live-4002.ts\n"),
                text(waiting.get(0)));
    }

    /** Parts of what is cut as it comes come late now and then. */
    /** Also at the moment between two segments. */
    @Test
    void hintNamesTheNextPart_whereASegmentIsWholeAndNoneHasBegun() {
        play(120);
        window.begin(0, window.coding().orElseThrow().video(), Optional.empty(), false);
        LivePart part = new LivePart(0);
        part.add(SegmenterTest.picture(0, true, 30));
        part.close(FRAME_US, 0);
        window.add(part, true);
        assertEquals(
                MediaName.part("live", window.lastSequence() + 1, 0),
                window.lowLatency().hint());
        assertTrue(delivery.isWithinReach(window.lastSequence() + 1, 0));
    }

    /** Apple 1.26 and 1.27 want it to a tenth. */
    @Test
    void bitRates_areThoseOfTheSegments() {
        for (; frames < 50 * 4 + 1; frames++) {
            boolean key = frames % 50 == 0;
            segmenter.take(SegmenterTest.picture(frames * FRAME_US, key, 30, key ? 20_000 + 50 * frames : 300));
        }
        String list = text(ask("index.m3u8", -1, -1));
        List<Integer> sizes = new ArrayList<>();
        for (long number = FIRST; number < FIRST + 4; number++) {
            sizes.add(joined(ask("live-" + number + ".m4s", -1, -1)).length);
        }
        double peak = Collections.max(sizes) * 8 / 2.0;
        double average = sizes.stream().mapToInt(size -> size).sum() * 8 / 8.0;
        assertEquals(peak, number(list, ":BANDWIDTH=(\\d+)"), peak / 20, list);
        assertEquals(average, number(list, "AVERAGE-BANDWIDTH=(\\d+)"), average / 20, list);
        assertEquals(25, number(list, "FRAME-RATE=([0-9.]+)"), list);
    }

    private static double number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        return Double.parseDouble(found.group(1));
    }

    @Test
    void soundThatMpegTsCannotCarry_comesInFragmentedMp4() {
        playSoundOf44000Hz(0);
        assertTrue(
                text(ask("camera.m3u8", -1, -1))
                        .matches("(?s)[^.]*#EXT-X-MAP:URI=\"live-init1.mp4\"\n.*live-4000.m4s\n.*live-4001.m4s\n.*"),
                text(ask("camera.m3u8", -1, -1)));
        assertFalse(text(ask("camera.m3u8", -1, -1)).contains("#EXT-X-DISCONTINUITY\n"));
        assertEquals(200, status(ask("live-4000.m4s", -1, -1)));
    }

    /** RFC 8216 section 4.3.2.3: the file format. */
    @Test
    void soundThatMpegTsCannotCarry_isADiscontinuity_whereItBegins() {
        playSoundOf44000Hz(120);
        assertTrue(
                text(ask("camera.m3u8", -1, -1))
                        .matches("(?s).*live-4000.ts\n.*live-4001.ts\n#EXT-X-DISCONTINUITY\n"
                                + "#EXT-X-MAP:URI=\"live-init2.mp4\"\n.*live-4002.m4s\n.*live-4003.m4s\n.*"),
                text(ask("camera.m3u8", -1, -1)));
    }

    /** A rate for which MPEG-TS has no number. */
    private void playSoundOf44000Hz(int from) {
        byte[] config = {0x17, (byte) 0x80, 0x55, (byte) 0xf0, 0x10};
        AacFormat odd = new AacFormat(new DecoderConfig(config), 44_000, 2, 44_000, Format.UNDETERMINED);
        Segmenter camera = new Segmenter(true, true, 2_000_000, 4_000_000, delivery);
        for (int i = 0; i < 300; i++) {
            long timeUs = i * FRAME_US;
            camera.take(SegmenterTest.picture(timeUs, i % 50 == 0, 30));
            if (i >= from) {
                camera.take(new Frame(odd, timeUs, timeUs, true, Slice.of(new byte[] {1, 2, 3})));
            }
        }
    }

    @Test
    void playersStartFourPartsBehindTheEnd() {
        play(61);
        String list = text(ask("live.m3u8", -1, -1));
        assertTrue(list.contains("PART-HOLD-BACK=2.000000\n#EXT-X-PART-INF:PART-TARGET=0.500000"), list);
    }

    @Test
    void shortStream_isListedWhenItEnds() {
        CompletableFuture<HlsAnswer> waiting = ask("camera.m3u8", -1, -1);
        play(60);
        segmenter.finish();
        delivery.end();
        assertTrue(text(waiting).endsWith("#EXT-X-ENDLIST\n"), text(waiting));
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
        assertTrue(
                text(part).contains("live-4001.1.m4s\"\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"live-4001.2.m4s"),
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
    void listIsThreeTargetsLong_whereStreamsKeepTooMuchTogether() {
        LiveMemory.Share other = memory.share("other");
        other.add(1 << 20);
        play(50 * 20 + 1);
        assertEquals(
                6,
                text(ask("camera.m3u8", -1, -1))
                        .lines()
                        .filter(line -> line.endsWith(".ts"))
                        .count());
        assertEquals(404, status(ask("live-" + (FIRST + 20 - 7) + ".ts", -1, -1)));
        other.close();
        play(50 * 10);
        assertEquals(
                8,
                text(ask("camera.m3u8", -1, -1))
                        .lines()
                        .filter(line -> line.endsWith(".ts"))
                        .count());
        other.add(1 << 20);
        assertFalse(other.isShort(), "what is closed keeps nothing");
    }

    /** Complaint 16: a camera that is away now and then. */
    @Test
    void discontinuitiesThatLeftTheList_areCounted() {
        play(151);
        ParsedPlaylist list = new ParsedPlaylist(text(ask("camera.m3u8", -1, -1)));
        for (int i = 0; i < 10; i++) {
            frames += 250;
            play(201);
            ParsedPlaylist next = new ParsedPlaylist(text(ask("camera.m3u8", -1, -1)));
            PlaylistRules.assertFollows(list, next);
            list = next;
        }
        long listed = list.whole().stream()
                .filter(ParsedPlaylist.Listed::discontinuous)
                .count();
        assertTrue(listed > 0 && listed < 10, list.text);
        assertEquals(10, list.discontinuitySequence + listed, list.text);
    }

    /** hls.js takes no more parts of a list that has ended: the last part is listed a while before. */
    @Test
    void end_isTold_toThoseWhoWaitToo_whenPlayersCameToTheLastPart() {
        play(61);
        CompletableFuture<HlsAnswer> last = ask("live.m3u8", FIRST + 1, 0);
        CompletableFuture<HlsAnswer> waiting = ask("live.m3u8", FIRST + 2, 0);
        CompletableFuture<HlsAnswer> hinted = ask("live-4002.0.m4s", -1, -1);
        segmenter.finish();
        delivery.end();
        assertTrue(text(last).contains("live-4001.0.m4s") && text(last).contains("live-4002.0.m4s"), text(last));
        clock.run(1_490_000);
        assertFalse(waiting.isDone() || hinted.isDone());
        assertFalse(text(ask("live.m3u8", FIRST + 1, 0)).contains("ENDLIST"));
        clock.run(20_000);
        assertTrue(hinted.isCompletedExceptionally(), "there is no such part");
        assertTrue(text(waiting).endsWith("#EXT-X-ENDLIST\n"), text(waiting));
        assertFalse(text(waiting).contains("PRELOAD"));
        assertTrue(text(ask("camera.m3u8", -1, -1)).endsWith("live-4001.ts\n#EXT-X-ENDLIST\n"));
    }
}
