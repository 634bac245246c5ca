package org.reelcast.output.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Playlists word for word. */
class MediaPlaylistTest {
    private static final long DATE_US = 1_795_523_400_123_456L;

    private static Part part(int segment, int part, long us) {
        return new Part("p-" + segment + "." + part + ".m4s", us, part == 0);
    }

    @Test
    void lowLatency() {
        Segment whole = new Segment(
                "p-7.m4s", 920_000, DATE_US, List.of(part(7, 0, 480_000), part(7, 1, 440_000)), "p-init.mp4", false);
        Segment making = new Segment("", 0, DATE_US + 920_000, List.of(part(8, 0, 480_000)), "p-init.mp4", false);
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-TARGETDURATION:1
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA-SEQUENCE:7
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,HOLD-BACK=3.0,PART-HOLD-BACK=1.446000
                #EXT-X-PART-INF:PART-TARGET=0.482000
                #EXT-X-MAP:URI="p-init.mp4?t=1"
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:00.123Z
                #EXT-X-PART:DURATION=0.480000,URI="p-7.0.m4s?t=1",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.440000,URI="p-7.1.m4s?t=1"
                #EXTINF:0.920000,
                p-7.m4s?t=1
                #EXT-X-PROGRAM-DATE-TIME:2026-11-24T12:30:01.043Z
                #EXT-X-PART:DURATION=0.480000,URI="p-8.0.m4s?t=1",INDEPENDENT=YES
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="p-8.1.m4s?t=1"
                """,
                new MediaPlaylist(MediaPlaylist.Kind.film(482_000), 1, 7, 0, List.of(whole, making), "p-8.1.m4s", false)
                        .write("?t=1"));
    }

    /** Complaint 16: a change of size is told, with the initialization segment that belongs to it. */
    @Test
    void changeOfSize() {
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA-SEQUENCE:3
                #EXT-X-DISCONTINUITY-SEQUENCE:4
                #EXT-X-MAP:URI="a-init.mp4"
                #EXTINF:2.000000,
                a-3.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="b-init.mp4"
                #EXTINF:1.999999,
                b-4.m4s
                #EXT-X-ENDLIST
                """,
                new MediaPlaylist(
                                MediaPlaylist.Kind.film(0),
                                2,
                                3,
                                4,
                                List.of(
                                        Segment.of("a-3.m4s", 2_000_000, 0, "a-init.mp4"),
                                        new Segment("b-4.m4s", 1_999_999, 0, List.of(), "b-init.mp4", true)),
                                "",
                                true)
                        .write(""));
    }

    private static MediaPlaylist longList(int discontinuousAt) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            String map = i < discontinuousAt ? "a-init.mp4" : "b-init.mp4";
            segments.add(new Segment("p-" + i + ".m4s", 2_000_000, DATE_US, List.of(), map, i == discontinuousAt));
        }
        return new MediaPlaylist(
                MediaPlaylist.Kind.film(500_000).ofLength(140_000_000), 2, 0, 0, segments, "p-70.0.m4s", false);
    }

    /** Nothing is left out that lies nearer to the end than six target durations. */
    @Test
    void deltaUpdate() {
        MediaPlaylist list = longList(70);
        ParsedPlaylist full = new ParsedPlaylist(list.write(""));
        ParsedPlaylist delta = new ParsedPlaylist(list.writeDelta(""));
        assertEquals("12.0", full.control.get("CAN-SKIP-UNTIL"));
        assertEquals(0, full.skipped);
        assertEquals(64, delta.skipped);
        assertEquals(6, delta.segments.size());
        assertEquals(full.segments, delta.after(full.segments, 0));
        assertTrue(delta.text.contains("#EXT-X-SKIP:SKIPPED-SEGMENTS=64\n#EXT-X-MAP:URI=\"a-init.mp4\"\n"), delta.text);
    }

    /** Complaint 8. */
    @Test
    void deltaUpdate_tellsDiscontinuitiesEachTime() {
        MediaPlaylist list = longList(30);
        ParsedPlaylist full = new ParsedPlaylist(list.write(""));
        ParsedPlaylist delta = new ParsedPlaylist(list.writeDelta(""));
        assertEquals(30, delta.skipped);
        assertTrue(delta.segments.get(0).discontinuous() && delta.text.contains("b-init.mp4"), delta.text);
        assertEquals(full.segments, delta.after(full.segments, 0));
    }

    @Test
    void shortLists_areToldWhole() {
        MediaPlaylist list = new MediaPlaylist(
                MediaPlaylist.Kind.film(500_000).ofLength(119_000_000),
                2,
                0,
                0,
                longList(70).segments(),
                "p-70.0.m4s",
                false);
        assertEquals(list.write(""), list.writeDelta(""));
        assertFalse(list.write("").contains("CAN-SKIP-UNTIL"));
    }

    @Test
    void wholeFilm() {
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:12
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-PLAYLIST-TYPE:VOD
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-MAP:URI="w-init.mp4"
                #EXTINF:12.000001,
                w-0.m4s
                #EXT-X-ENDLIST
                """,
                new MediaPlaylist(
                                MediaPlaylist.Kind.WHOLE_FILM,
                                12,
                                0,
                                0,
                                List.of(Segment.of("w-0.m4s", 12_000_001, 0, "w-init.mp4")),
                                "",
                                true)
                        .write(""));
    }
}
