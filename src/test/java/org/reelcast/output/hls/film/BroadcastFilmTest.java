package org.reelcast.output.hls.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.output.hls.film.GeneratedBroadcast.now;
import static org.reelcast.output.hls.film.GeneratedBroadcast.parsed;
import static org.reelcast.output.hls.film.GeneratedBroadcast.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.output.hls.film.GeneratedBroadcast.Way;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.ParsedPlaylist.Listed;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.refusal.Refusal;
import org.reelcast.segment.GeneratedTrack;

/** A broadcast film's live playlists by a clock that the test moves: what is listed when. */
class BroadcastFilmTest {
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

    @Test
    void plainList_isWordForWordThis() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(regular(), sound(20), Way.LOOPED);
        film.clock.run(5 * SECOND_US);
        ParsedPlaylist list = film.plain();
        String prefix = list.whole().get(0).uri().split("-")[0];
        assertEquals(8, prefix.length());
        long first = (GeneratedBroadcast.NOON_US - 1_577_836_800_000_000L) / 500_000;
        assertEquals(first, list.sequence);
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:6
                #EXT-X-TARGETDURATION:2
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA-SEQUENCE:1
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:00.123Z
                #EXTINF:2.000000,
                P-1.ts
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:02.123Z
                #EXTINF:2.000000,
                P-2.ts
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:04.123Z
                #EXTINF:2.000000,
                P-3.ts
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:06.123Z
                #EXTINF:2.000000,
                P-4.ts
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:08.123Z
                #EXTINF:2.000000,
                P-5.ts
                """,
                list.text
                        .replace(prefix, "P")
                        .replace("SEQUENCE:" + first, "SEQUENCE:1")
                        .replaceAll("P-" + first, "P-1")
                        .replaceAll("P-" + (first + 1), "P-2")
                        .replaceAll("P-" + (first + 2), "P-3")
                        .replaceAll("P-" + (first + 3), "P-4")
                        .replaceAll("P-" + (first + 4), "P-5"));
    }

    /** Complaints 1, 11, 14: for an hour nothing changes that must not, and lists stay bounded and whole. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void looped_keepsTheRulesForAnHour(boolean lowLatency) throws Exception {
        GeneratedBroadcast film =
                new GeneratedBroadcast(irregular(), sound(23), lowLatency ? Way.LOOPED : Way.LOOPED.plain());
        film.clock.run(2 * SECOND_US);
        ParsedPlaylist plain = film.plain();
        ParsedPlaylist low = film.lowLatency();
        for (int i = 0; i < 4000; i++) {
            film.clock.run(900_000 + i % 7 * 10_000);
            ParsedPlaylist nextPlain = film.plain();
            PlaylistRules.assertLive(nextPlain);
            PlaylistRules.assertFollows(plain, nextPlain);
            assertTrue(nextPlain.lengthUs() >= 3 * SECOND_US * nextPlain.targetSeconds, nextPlain.text);
            assertTrue(nextPlain.whole().size() <= 30, nextPlain.text);
            plain = nextPlain;
            ParsedPlaylist nextLow = film.lowLatency();
            PlaylistRules.assertLive(nextLow);
            PlaylistRules.assertFollows(low, nextLow);
            assertEquals(lowLatency, nextLow.partTargetUs > 0);
            low = nextLow;
        }
    }

    /** Complaint 32: each size has its initialization segment, over seams too; as times go on there is no discontinuity. */
    @Test
    void sizesThatChange_haveInitializationSegmentsOfTheirOwn() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(
                GeneratedTrack.videoWithKeysEvery(2, 25, 20).larger(12, 20), sound(20), Way.LOOPED);
        film.clock.run(2 * SECOND_US);
        long first = film.lowLatency().sequence;
        for (int i = 0; i < 40; i++) {
            film.clock.run(1_930_000);
            ParsedPlaylist list = film.lowLatency();
            PlaylistRules.assertLive(list);
            for (int at = 0; at < list.segments.size(); at++) {
                Listed segment = list.segments.get(at);
                String init = new String(film.get(segment.map()).body().get(0), StandardCharsets.ISO_8859_1);
                char level = (char) ((list.sequence + at - first) % 10 >= 6 ? 31 : 30);
                assertTrue(init.contains("avcC\1B\0" + level), segment + " has another initialization segment");
            }
        }
    }

    /** Who starts three target durations from the end, or the hold-back, sees what is shown now. */
    @Test
    void lists_reachAsFarAheadAsPlayersHoldBack() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(40 * SECOND_US);
        for (int i = 0; i < 200; i++) {
            film.clock.run(373_000);
            double now = film.nowUs() / 1000.0;
            ParsedPlaylist low = film.lowLatency();
            ParsedPlaylist.Listed last = low.segments.get(low.segments.size() - 1);
            long lengthUs = last.uri().isEmpty()
                    ? last.parts().stream()
                            .mapToLong(ParsedPlaylist.ListedPart::durationUs)
                            .sum()
                    : last.durationUs();
            double end = last.dateMs() + lengthUs / 1000.0;
            double holdBack = 3 * low.partTargetUs / 1000.0;
            assertTrue(
                    end - holdBack <= now + 1 && end - holdBack > now - low.partTargetUs / 1000.0 - 1,
                    "shows what is due " + (end - holdBack - now) + " ms from now");
            ParsedPlaylist plain = film.plain();
            ParsedPlaylist.Listed lastPlain = plain.segments.get(plain.segments.size() - 1);
            double behind = now - (lastPlain.dateMs() + lastPlain.durationUs() / 1000.0 - 3000.0 * plain.targetSeconds);
            assertTrue(behind >= -1 && behind <= 1000.0 * plain.targetSeconds, "behind " + behind);
            // what is shown now can be played
            assertTrue(plain.segments.get(0).dateMs() <= now, plain.text);
        }
    }

    /** Complaint 18. */
    @Test
    void firstList_hasThreeSegments() throws Exception {
        assertTrue(looped().plain().whole().size() >= 3);
        assertTrue(new GeneratedBroadcast(irregular(), null, Way.LOOPED.startingIn(60 * SECOND_US))
                        .plain()
                        .whole()
                        .size()
                >= 3);
    }

    /** Complaint 17: whatever a stream of that name was before, its numbers go on. */
    @Test
    void restarted_hasHigherNumbersAndOtherNames() throws Exception {
        for (long beginUs : new long[] {0, 30 * SECOND_US, 3600 * SECOND_US}) {
            GeneratedBroadcast first = new GeneratedBroadcast(irregular(), sound(23), Way.LOOPED);
            first.clock.run(100 * SECOND_US);
            GeneratedBroadcast second =
                    new GeneratedBroadcast(irregular(), sound(23), Way.LOOPED.from(beginUs), 101 * SECOND_US);
            second.clock.run(2 * SECOND_US);
            assertTrue(second.plain().sequence >= first.plain().sequence, "begin " + beginUs);
            assertTrue(second.lowLatency().sequence >= first.lowLatency().sequence, "begin " + beginUs);
            assertNotEquals(
                    first.plain().whole().get(0).uri().split("-")[0],
                    second.plain().whole().get(0).uri().split("-")[0]);
        }
    }

    /** As after a restart of the server: the record of the broadcast is the same. */
    @Test
    void goneOnWith_isTheSame() throws Exception {
        GeneratedBroadcast first = looped();
        GeneratedBroadcast second = looped();
        first.clock.run(50 * SECOND_US);
        second.clock.run(50 * SECOND_US);
        assertEquals(first.plain().text, second.plain().text);
        assertEquals(first.lowLatency().text, second.lowLatency().text);
    }

    @Test
    void timetableThatIsMoved_neverShortensAList() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist plain = film.plain();
        ParsedPlaylist low = film.lowLatency();
        for (int i = 0; i < 20; i++) {
            film.move(i == 10 ? 30 * SECOND_US : i % 3 == 0 ? 4_321_000 : 0);
            film.clock.run(1_500_000);
            ParsedPlaylist nextPlain = film.plain();
            ParsedPlaylist nextLow = film.lowLatency();
            PlaylistRules.assertLive(nextPlain);
            PlaylistRules.assertLive(nextLow);
            PlaylistRules.assertFollows(plain, nextPlain);
            PlaylistRules.assertFollows(low, nextLow);
            plain = nextPlain;
            low = nextLow;
            List<String> listed = new ArrayList<>(plain.uris());
            listed.addAll(low.uris());
            listed.remove(low.hint);
            for (String uri : listed) {
                assertEquals(200, film.get(uri).status(), uri);
            }
        }
    }

    /** Complaint 30: the end comes with the last segment. */
    @Test
    void filmsEnd_isInTheListThatAddsTheLastSegment() throws Exception {
        GeneratedBroadcast film = new GeneratedBroadcast(irregular(), sound(23), Way.ONCE);
        film.clock.run(2 * SECOND_US);
        ParsedPlaylist plain = film.plain();
        ParsedPlaylist low = film.lowLatency();
        for (int i = 0; i < 60; i++) {
            film.clock.run(500_000);
            ParsedPlaylist nextPlain = film.plain();
            ParsedPlaylist nextLow = film.lowLatency();
            PlaylistRules.assertLive(nextPlain);
            PlaylistRules.assertLive(nextLow);
            PlaylistRules.assertFollows(plain, nextPlain);
            PlaylistRules.assertFollows(low, nextLow);
            assertTrue(!nextPlain.ended
                    || plain.ended
                    || nextPlain.whole().size() > plain.whole().size());
            assertTrue(!nextLow.ended
                    || low.ended
                    || nextLow.sequence + nextLow.whole().size()
                            > low.sequence + low.whole().size());
            plain = nextPlain;
            low = nextLow;
        }
        assertTrue(plain.ended && low.ended);
        long lastEndUs = plain.whole().get(plain.whole().size() - 1).dateMs() * 1000
                + plain.whole().get(plain.whole().size() - 1).durationUs();
        assertEquals(GeneratedBroadcast.NOON_US + 23 * SECOND_US, lastEndUs, 1000);
    }

    /** A stream that is terminated: what is listed is whole, whoever asks when. */
    @Test
    void streamThatIsEnded_listsWholeSegmentsAndTheEnd() throws Exception {
        for (long afterUs : new long[] {300_000, 5 * SECOND_US, 8_765_000, 30 * SECOND_US}) {
            GeneratedBroadcast film = looped();
            film.clock.run(afterUs);
            ParsedPlaylist low = afterUs > 500_000 ? film.lowLatency() : null;
            film.stream.retire();
            assertTrue(film.plain().ended);
            ParsedPlaylist ended = awaitEnd(film);
            PlaylistRules.assertLive(ended);
            assertTrue(
                    ended.ended
                            && ended.segments.size() == ended.whole().size()
                            && !ended.whole().isEmpty(),
                    ended.text);
            if (low != null) {
                PlaylistRules.assertFollows(low, ended);
                assertTrue(ended.whole().size() + ended.sequence > low.whole().size() + low.sequence);
            }
            film.clock.run(60 * SECOND_US);
            assertEquals(ended.text, film.lowLatency().text);
            assertTrue(film.plain().ended);
            assertEquals(film.plain().text, film.plain().text);
            for (String uri : ended.uris()) {
                assertEquals(200, film.get(uri).status(), uri);
            }
        }
    }

    /** The segment in the making comes whole, as if the stream went on, and the end comes with its last part. */
    private static ParsedPlaylist awaitEnd(GeneratedBroadcast film) {
        long before = film.nowUs();
        ParsedPlaylist list = null;
        while (list == null || !list.ended) {
            assertTrue(film.nowUs() - before < 10 * SECOND_US, "no end");
            film.clock.run(200_000);
            ParsedPlaylist next = parsed(
                    film.ask("live.m3u8", -1, -1).isDone()
                            ? film.get("live.m3u8")
                            : film.await(film.ask("live.m3u8", -1, -1)));
            if (list != null) {
                PlaylistRules.assertFollows(list, next);
            }
            list = next;
        }
        return list;
    }

    /** Complaint 9: what is listed can be had whole at once, and its parts are the segment. */
    @Test
    void allThatIsListed_canBeHad() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(2 * SECOND_US);
        for (int i = 0; i < 80; i++) {
            film.clock.run(700_000);
            for (ParsedPlaylist list : List.of(film.plain(), film.lowLatency())) {
                for (ParsedPlaylist.Listed segment : list.segments) {
                    long bytes = 0;
                    for (ParsedPlaylist.ListedPart part : segment.parts()) {
                        HlsAnswer answer = film.get(part.uri());
                        assertEquals(200, answer.status(), part.uri());
                        assertEquals("video/mp4", answer.mediaType());
                        bytes += answer.size();
                    }
                    if (!segment.uri().isEmpty()) {
                        HlsAnswer whole = film.get(segment.uri());
                        assertEquals(200, whole.status(), segment.uri());
                        assertTrue(segment.parts().isEmpty() || whole.size() == bytes);
                        assertEquals(segment.map().isEmpty() ? "video/mp2t" : "video/mp4", whole.mediaType());
                    }
                    assertTrue(
                            segment.map().isEmpty() || film.get(segment.map()).status() == 200);
                }
            }
        }
    }

    /** Also those that have left the list, for those who still have an older one. */
    @Test
    void segmentThatLeftTheList_staysForAWhile() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(2 * SECOND_US);
        List<String> uris = film.plain().uris();
        film.clock.run(120 * SECOND_US);
        for (String uri : uris) {
            assertEquals(200, film.get(uri).status());
        }
    }

    @Test
    void whatIsNotThereOrNotYet_is404() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        ParsedPlaylist list = film.lowLatency();
        String prefix = list.hint.split("-")[0];
        long last = list.sequence + list.whole().size();
        for (String uri : List.of(
                prefix + "-" + (last + 50) + ".m4s",
                prefix + "-" + (last + 50) + ".0.m4s",
                prefix + "-" + (last - 1) + ".999.m4s",
                prefix + "-" + last + ".0.ts",
                prefix + "-1.m4s",
                "00000000-" + last + ".m4s",
                prefix + "-999999999999999.m4s",
                prefix + "-.m4s",
                "none",
                "")) {
            assertEquals(404, film.get(uri).status(), uri);
            assertTrue(text(film.get(uri)).endsWith(".\n"), uri);
        }
    }

    @Test
    void filmThatIsTooShortForSegments_isRefusedAsALoop() {
        assertThrows(Refusal.class, () -> new GeneratedBroadcast(GeneratedTrack.video(25, 0.4), null, Way.LOOPED));
    }

    /** Complaint 27. */
    @Test
    void queryIsRepeatedOnEachAddress() throws Exception {
        GeneratedBroadcast film = looped();
        film.clock.run(30 * SECOND_US);
        for (String resource : List.of("film.m3u8", "live.m3u8")) {
            ParsedPlaylist list = parsed(now(film.hls
                    .get(new org.reelcast.output.hls.http.HlsRequest(resource, "?token=x&a=1", -1, -1, false))
                    .toCompletableFuture()));
            assertFalse(list.uris().isEmpty());
            list.uris().forEach(uri -> assertTrue(uri.endsWith("?token=x&a=1"), uri));
        }
        String index = text(now(film.hls
                .get(new org.reelcast.output.hls.http.HlsRequest("index.m3u8", "?token=x", -1, -1, false))
                .toCompletableFuture()));
        assertTrue(index.lines().filter(line -> !line.startsWith("#")).allMatch(line -> line.endsWith("?token=x")));
        assertTrue(index.contains("CODECS=\"avc1.42001e,mp4a.40.2\""), index);
    }
}
