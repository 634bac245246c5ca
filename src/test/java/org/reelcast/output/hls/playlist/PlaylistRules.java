package org.reelcast.output.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.reelcast.output.hls.playlist.ParsedPlaylist.Listed;
import org.reelcast.output.hls.playlist.ParsedPlaylist.ListedPart;

/** What players insist on in media playlists: RFC 8216, rfc8216bis, Apple's HLS authoring specification. */
public final class PlaylistRules {
    private static final int ROUNDED_MS = 1;

    private PlaylistRules() {}

    /** Rules of one live playlist. Complaints 2, 13, 15. */
    public static void assertLive(ParsedPlaylist list) {
        assertTrue(list.discontinuitySequence >= 0 && list.type.isEmpty(), list.text);
        assertSegments(list);
        // Apple 8.4: Safari shows black without
        for (Listed segment : list.segments) {
            assertTrue(segment.dateMs() > 0, "no date: " + segment);
        }
        for (int i = 0; i + 1 < list.segments.size(); i++) {
            Listed one = list.segments.get(i);
            assertEquals(
                    one.dateMs() + one.durationUs() / 1000.0,
                    list.segments.get(i + 1).dateMs(),
                    ROUNDED_MS,
                    "dates at " + one.uri());
        }
        if (list.partTargetUs > 0) {
            assertLowLatency(list);
        } else {
            assertTrue(list.hint.isEmpty() && list.control.isEmpty(), list.text);
        }
    }

    /** Rules of the playlist of a whole film. */
    public static void assertWhole(ParsedPlaylist list) {
        assertTrue(list.independentSegments && list.type.equals("VOD") && list.ended, list.text);
        assertEquals(0, list.sequence);
        assertSegments(list);
    }

    private static void assertSegments(ParsedPlaylist list) {
        int needed = list.partTargetUs > 0
                ? 9
                : list.segments.stream().anyMatch(any -> !any.map().isEmpty()) ? 6 : 3;
        assertTrue(list.version >= needed, "version " + list.version);
        for (Listed segment : list.whole()) {
            assertTrue(Math.round(segment.durationUs() / 1e6) <= list.targetSeconds, segment.toString());
            assertTrue(segment.durationUs() >= 500_000 || list.whole().size() == 1, segment.toString());
        }
        List<String> uris = list.uris();
        assertEquals(uris.size(), uris.stream().distinct().count(), "an address twice: " + uris);
    }

    private static void assertLowLatency(ParsedPlaylist list) {
        assertEquals("YES", list.control.get("CAN-BLOCK-RELOAD"));
        assertTrue(ParsedPlaylist.us(list.control.get("PART-HOLD-BACK")) >= 3 * list.partTargetUs, list.text);
        assertTrue(ParsedPlaylist.us(list.control.get("HOLD-BACK")) >= 3_000_000L * list.targetSeconds, list.text);
        String skip = list.control.get("CAN-SKIP-UNTIL");
        assertTrue(skip == null || ParsedPlaylist.us(skip) >= 6_000_000L * list.targetSeconds, list.text);
        assertEquals(!list.ended, !list.hint.isEmpty(), "a hint always, and none at the end");
        for (Listed segment : list.segments) {
            boolean whole = !segment.uri().isEmpty();
            for (int i = 0; i < segment.parts().size(); i++) {
                ListedPart part = segment.parts().get(i);
                assertTrue(part.durationUs() <= list.partTargetUs, part + " in " + list.text);
                // no more parts of it come when those of the next segment do
                boolean last = i == segment.parts().size() - 1 && (whole || !isOfOneSegment(part.uri(), list.hint));
                assertTrue(
                        last || part.independent() || part.durationUs() >= list.partTargetUs * 85 / 100,
                        part + " in " + list.text);
            }
            if (whole && !segment.parts().isEmpty()) {
                assertEquals(
                        segment.durationUs(),
                        segment.parts().stream()
                                .mapToLong(ListedPart::durationUs)
                                .sum(),
                        list.partTargetUs / 2.0,
                        segment.toString());
            }
        }
        // those of the last segments are listed, and no others
        List<Listed> segments = list.segments;
        boolean listed = false;
        for (Listed segment : segments) {
            assertFalse(listed && segment.parts().isEmpty(), "a hole in the parts: " + list.text);
            listed = !segment.parts().isEmpty();
        }
    }

    private static boolean isOfOneSegment(String one, String other) {
        return one.replaceFirst("\\.\\d+\\.m4s.*", "").equals(other.replaceFirst("\\.\\d+\\.m4s.*", ""));
    }

    /**
     * Rules of two playlists of one stream, the second asked for later: complaints 1, 14, 17; lists go on and never
     * back.
     */
    public static void assertFollows(ParsedPlaylist one, ParsedPlaylist next) {
        assertEquals(one.targetSeconds, next.targetSeconds, "EXT-X-TARGETDURATION changed");
        assertEquals(one.partTargetUs, next.partTargetUs, "PART-TARGET changed");
        assertEquals(one.control, next.control);
        assertTrue(next.sequence >= one.sequence, "EXT-X-MEDIA-SEQUENCE fell");
        assertTrue(
                next.sequence + next.whole().size()
                        >= one.sequence + one.whole().size(),
                "the list fell back");
        assertFalse(one.ended && !next.ended, "EXT-X-ENDLIST is gone");
        for (int i = 0; i < next.whole().size(); i++) {
            long before = next.sequence + i - one.sequence;
            if (before >= 0 && before < one.whole().size()) {
                Listed then = one.whole().get((int) before);
                Listed now = next.whole().get(i);
                assertEquals(then.uri(), now.uri());
                assertEquals(then.durationUs(), now.durationUs());
            }
        }
        if (one.discontinuitySequence >= 0) {
            long gone = one.whole().stream()
                    .limit(next.sequence - one.sequence)
                    .filter(Listed::discontinuous)
                    .count();
            assertEquals(one.discontinuitySequence + gone, next.discontinuitySequence);
        }
    }
}
