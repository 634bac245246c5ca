package org.reelcast.output.hls.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.output.hls.film.GeneratedBroadcast.now;
import static org.reelcast.output.hls.film.GeneratedBroadcast.parsed;
import static org.reelcast.output.hls.film.GeneratedBroadcast.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reelcast.output.hls.film.GeneratedBroadcast.Way;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.HlsRequest;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.segment.GeneratedTrack;

/** Requests for a broadcast film that come before their time: held, refused, and answered when it has come. */
class HeldRequestsTest {
    private static final long SECOND_US = 1_000_000;

    private static GeneratedTrack regular() {
        return GeneratedTrack.videoWithKeysEvery(2, 25, 20);
    }

    /** Segments of 2 to 7 s, of 23 in all. */
    private static GeneratedTrack irregular() {
        return GeneratedTrack.video(25, 23, 0, 2, 4.2, 4.9, 6, 13, 15.1, 17, 19.5, 22.7);
    }

    private static GeneratedTrack sound(double seconds) {
        return GeneratedTrack.sound(48_000, seconds, 0, 2);
    }

    private static GeneratedBroadcast looped() throws Exception {
        return new GeneratedBroadcast(irregular(), sound(23), Way.LOOPED);
    }

    /** A player that asks for what is new alone has the same list as one that asks for all of it, part by part. */
    @Test
    void deltaUpdates_addUpToTheList() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(irregular(), sound(23), Way.LOOPED.listing(60));
        film.clock.run(400 * SECOND_US);
        ParsedPlaylist known = film.lowLatency();
        List<ParsedPlaylist.Listed> segments = known.segments;
        for (int i = 0; i < 100; i++) {
            ParsedPlaylist.Listed last = known.segments.get(known.segments.size() - 1);
            long next = known.sequence + known.skipped + known.whole().size();
            int part = last.uri().isEmpty() ? last.parts().size() : 0;
            ParsedPlaylist delta = parsed(film.await(film.askForDelta(next, part)));
            ParsedPlaylist full = film.lowLatency();
            assertTrue(delta.skipped > 40 && delta.text.length() < full.text.length(), delta.text);
            segments = delta.after(segments, known.sequence);
            assertEquals(full.sequence, delta.sequence);
            assertEquals(full.segments, segments);
            PlaylistRules.assertLive(full);
            known = delta;
        }
    }

    /** A crowd waits for one part: its list is made once for all of them, and nothing is left of them. */
    @Test
    void tenThousandWhoWaitForOnePart_getOneAnswer_andOneMoreIsRefused() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(irregular(), sound(23), Way.LOOPED.holding(10_000));
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        long next = list.sequence + list.whole().size();
        List<CompletableFuture<HlsAnswer>> held = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            held.add(film.ask("live.m3u8", next, -1));
        }
        assertEquals(10_000, film.alarms.held());
        assertEquals(503, now(film.ask("live.m3u8", next, -1)).status());
        HlsAnswer first = film.await(held.get(0));
        for (CompletableFuture<HlsAnswer> each : held) {
            assertSame(first, now(each));
        }
        assertEquals(0, film.alarms.held());
        // who comes later gets what is there by then
        film.clock.run(10 * SECOND_US);
        assertNotSame(first, now(film.ask("live.m3u8", next, -1)));
    }

    /** A token of one's own is in one's own list. */
    @Test
    void othersQueries_areNoneOfOnes() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        long next = list.sequence + list.whole().size();
        CompletableFuture<HlsAnswer> one = film.hls
                .get(new HlsRequest("live.m3u8", "?token=1", next, -1, false))
                .toCompletableFuture();
        CompletableFuture<HlsAnswer> other = film.hls
                .get(new HlsRequest("live.m3u8", "?token=2", next, -1, false))
                .toCompletableFuture();
        assertTrue(parsed(film.await(one)).uris().stream().allMatch(uri -> uri.endsWith("?token=1")));
        assertTrue(parsed(film.await(other)).uris().stream().allMatch(uri -> uri.endsWith("?token=2")));
    }

    /** Complaint 4: a number alone is held until the segment is whole. */
    @Test
    void nextSegmentAlone_isHeldUntilItIsWhole() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        long next = list.sequence + list.whole().size();
        CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", next, -1);
        assertFalse(held.isDone());
        assertEquals(1, film.alarms.held());
        while (!held.isDone()) {
            film.clock.run(10_000);
        }
        ParsedPlaylist answered = parsed(now(held));
        assertEquals(next + 1, answered.sequence + answered.whole().size());
        assertEquals(0, film.alarms.held());
        assertTrue(held.join().cache().contains("max-age"));
    }

    /** Complaints 3 and 7: part after part over segment borders and the seam, each within a part's time, none missing. */
    @Test
    void partByPart_eachComesInTime_andHintsNameTheNext() throws Exception {
        for (GeneratedTrack video : new GeneratedTrack[] {irregular(), null}) {
            GeneratedBroadcast film = new GeneratedBroadcast(video, sound(23), Way.LOOPED);
            film.clock.run(10 * SECOND_US);
            ParsedPlaylist list = film.lowLatency();
            for (int i = 0; i < 150; i++) {
                String[] name = list.hint.split("[-.]");
                long sequence = Long.parseLong(name[1]);
                int part = Integer.parseInt(name[2]);
                long before = film.nowUs();
                CompletableFuture<HlsAnswer> hinted = film.ask(list.hint, -1, -1);
                CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", sequence, part);
                assertFalse(held.isDone() || hinted.isDone(), list.text);
                while (!held.isDone()) {
                    film.clock.run(1_000);
                }
                assertTrue(film.nowUs() - before <= list.partTargetUs + 2_000, "held " + (film.nowUs() - before));
                ParsedPlaylist next = parsed(now(held));
                PlaylistRules.assertLive(next);
                PlaylistRules.assertFollows(list, next);
                assertTrue(next.uris().contains(list.hint), list.hint + " is not in " + next.text);
                assertEquals(200, now(hinted).status());
                assertNotEquals(list.hint, next.hint);
                list = next;
            }
        }
    }

    @Test
    void partBehindTheLast_isTheNextSegmentsFirst() throws Exception {
        GeneratedBroadcast film = looped();
        // in a segment of five parts
        film.clock.run(22_600_000);
        ParsedPlaylist list = film.lowLatency();
        long making = list.sequence + list.whole().size();
        int listed = list.segments.get(list.segments.size() - 1).parts().size();
        CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", making, listed + 5);
        while (!held.isDone()) {
            film.clock.run(10_000);
        }
        ParsedPlaylist answered = parsed(now(held));
        assertTrue(answered.sequence + answered.whole().size() >= making, answered.text);
        assertTrue(answered.uris().stream().anyMatch(uri -> uri.contains("-" + (making + 1) + ".0.")), answered.text);
    }

    @Test
    void tooFarAhead_is400_andOldIsAnsweredAtOnce() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        long making = list.sequence + list.whole().size();
        for (long[] far : new long[][] {
            {making + 2, -1},
            {making + 100, 0},
            {Long.MAX_VALUE, -1},
            {making, 100},
            {making + 1, 100},
            {making, Integer.MAX_VALUE}
        }) {
            HlsAnswer answer = now(film.ask("live.m3u8", far[0], (int) far[1]));
            assertEquals(400, answer.status(), far[0] + "." + far[1]);
            assertTrue(text(answer).contains("too far ahead"));
        }
        for (long[] old : new long[][] {{making - 1, -1}, {list.sequence - 5, 3}, {0, 0}, {1, -1}}) {
            assertEquals(list.text, text(now(film.ask("live.m3u8", old[0], (int) old[1]))));
        }
        assertEquals(400, now(film.ask("live.m3u8", -1, 2)).status(), "a part without its segment");
        assertEquals(0, film.alarms.held());
    }

    /** Complaint 6. */
    @Test
    void listWithoutDirectives_isAnsweredAtOnce() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(2 * SECOND_US);
        for (int i = 0; i < 100; i++) {
            film.clock.run(37_000);
            assertEquals("no-cache", film.get("live.m3u8").cache());
            assertEquals("no-cache", film.get("film.m3u8").cache());
        }
    }

    /** Complaint 5: what is held comes when it is there or not at all, never as the old list. */
    @Test
    void broadcastThatStandsStill_is503AfterThreeTargetDurations() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        String[] name = list.hint.split("[-.]");
        CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", Long.parseLong(name[1]), Integer.parseInt(name[2]));
        CompletableFuture<HlsAnswer> hinted = film.ask(list.hint, -1, -1);
        long before = film.nowUs();
        while (!held.isDone() && film.nowUs() < before + 60 * SECOND_US) {
            film.move(100_000);
            film.clock.run(100_000);
        }
        assertEquals(503, now(held).status());
        assertEquals(503, now(hinted).status());
        assertEquals(3.0 * list.targetSeconds, (film.nowUs() - before) / 1e6, 1.5);
        assertEquals(0, film.alarms.held());
    }

    @Test
    void broadcastThatIsMoved_isWaitedForOn() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        CompletableFuture<HlsAnswer> held = film.ask(list.hint, -1, -1);
        film.move(3 * SECOND_US);
        film.clock.run(2 * SECOND_US);
        assertFalse(held.isDone());
        film.clock.run(2 * SECOND_US);
        assertEquals(200, now(held).status());
    }

    @Test
    void endedStream_answersWithTheEnd_whateverIsAskedFor() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        long making = list.sequence + list.whole().size();
        CompletableFuture<HlsAnswer> before = film.ask("live.m3u8", making + 1, -1);
        film.stream.retire();
        for (long[] asked : new long[][] {{making + 1, -1}, {making + 1, 2}, {Long.MAX_VALUE, -1}, {making, 100}}) {
            HlsAnswer held = film.await(film.ask("live.m3u8", asked[0], (int) asked[1]));
            assertTrue(parsed(held).ended, asked[0] + "." + asked[1]);
        }
        assertTrue(film.nowUs() - GeneratedBroadcast.NOON_US < 40 * SECOND_US);
        assertTrue(parsed(film.await(before)).ended);
    }

    /** Whoever asks for what comes behind the last segment is told of the end when it comes, not before. */
    @Test
    void segmentBehindTheFilmsEnd_isHeldUntilTheEnd() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(regular(), null, Way.ONCE);
        film.clock.run(17 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        assertEquals(9, list.whole().size(), list.text);
        CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", list.sequence + 10, -1);
        assertFalse(held.isDone());
        film.clock.run(2_100_000);
        assertFalse(held.isDone(), "players have not come to the last part yet");
        film.clock.run(SECOND_US);
        assertTrue(parsed(now(held)).ended);
    }

    /** hls.js takes no part from the list that has the end. */
    @Test
    void lastPart_isListedBeforeTheEnd() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(irregular(), sound(23), Way.ONCE);
        film.clock.run(20 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        List<String> parts = new ArrayList<>();
        while (!list.ended) {
            list.uris().stream()
                    .filter(uri -> !uri.startsWith(film.lowLatency().hint))
                    .forEach(parts::add);
            String[] name = list.hint.split("[-.]");
            list = parsed(film.await(film.ask("live.m3u8", Long.parseLong(name[1]), Integer.parseInt(name[2]))));
            PlaylistRules.assertLive(list);
        }
        for (ParsedPlaylist.ListedPart part :
                list.whole().get(list.whole().size() - 1).parts()) {
            assertTrue(parts.contains(part.uri()), part + " comes with the end");
        }
    }

    @Test
    void tooManyHeld_is503() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(irregular(), null, Way.LOOPED.holding(5));
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        List<CompletableFuture<HlsAnswer>> held = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            held.add(film.ask("live.m3u8", list.sequence + list.whole().size(), -1));
        }
        assertEquals(503, now(held.get(5)).status());
        film.clock.run(10 * SECOND_US);
        held.subList(0, 5).forEach(answer -> assertEquals(200, now(answer).status()));
        assertEquals(0, film.alarms.held());
    }

    /** It is known from now on what is shown then; players that come too early are told to come later. */
    @Test
    void broadcastToCome_is503UntilShortlyBefore() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(regular(), null, Way.LOOPED.startingIn(600 * SECOND_US));
        assertEquals(503, film.get("live.m3u8").status());
        film.clock.run(597 * SECOND_US);
        CompletableFuture<HlsAnswer> held = film.ask("live.m3u8", -1, -1);
        film.clock.run(10 * SECOND_US);
        PlaylistRules.assertLive(parsed(now(held)));
    }
}
