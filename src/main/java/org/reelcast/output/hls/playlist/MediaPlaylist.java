package org.reelcast.output.hls.playlist;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A media playlist (RFC 8216; draft-pantos-hls-rfc8216bis for partial segments).
 *
 * @param kind            what it is a list of
 * @param targetSeconds   EXT-X-TARGETDURATION: never changes in a stream's life
 * @param sequence        EXT-X-MEDIA-SEQUENCE: the number of the first segment listed
 * @param discontinuities EXT-X-DISCONTINUITY-SEQUENCE: how many have left the list
 * @param segments        the last may be one in the making
 * @param hint            the part that comes next, by its URI; empty when there is none to come
 * @param ended           whether nothing follows
 */
public record MediaPlaylist(
        Kind kind,
        int targetSeconds,
        long sequence,
        long discontinuities,
        List<Segment> segments,
        String hint,
        boolean ended) {
    /** Media type (RFC 8216 section 4). */
    public static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int BYTES_A_LINE = 90;
    private static final long SECOND_US = 1_000_000;
    /** Of part and target durations: players start so far from the end of the list. */
    static final int HOLD_BACK = 3;
    /** Of target durations: what lies further from the end may be left out of a delta update, at least so far. */
    private static final int SKIP_UNTIL = 6;
    /** In shorter lists there is little to leave out. */
    private static final long LONG_US = 120_000_000;
    /** Of parts of what is cut as it comes: they come as late as packets are lost and sound is transcoded. */
    static final int LIVE_HOLD_BACK = 4;

    /**
     * What a media playlist is a list of.
     *
     * @param wholeFilm    all of a film, whose list never changes
     * @param independent  whether all segments start with key frames
     * @param keyFrames    whether each segment is a key frame and no more
     * @param partTargetUs the target duration of parts; 0 without parts
     * @param deltas       whether players may ask for what is new alone
     */
    public record Kind(boolean wholeFilm, boolean independent, boolean keyFrames, long partTargetUs, boolean deltas) {
        public static final Kind WHOLE_FILM = new Kind(true, true, false, 0, false);
        /** For pictures of a film while somebody seeks. */
        public static final Kind KEY_FRAMES = new Kind(true, true, true, 0, false);

        /** A broadcast of a film; the same with parts when a target duration is given. */
        public static Kind film(long partTargetUs) {
            return new Kind(false, true, false, partTargetUs, false);
        }

        /** What is cut as it comes. */
        public static Kind live(long partTargetUs) {
            return new Kind(false, false, false, partTargetUs, false);
        }

        /** The same of a low-latency list that grows as long as that: of a long one players may ask for what is new. */
        public Kind ofLength(long listUs) {
            return new Kind(wholeFilm, independent, keyFrames, partTargetUs, partTargetUs > 0 && listUs >= LONG_US);
        }

        /** How far from the end of a low-latency list players start. */
        public long partHoldBackUs() {
            return (independent ? HOLD_BACK : LIVE_HOLD_BACK) * partTargetUs;
        }

        /**
         * How long after its last part a low-latency list tells of the end: just before players are there. Of a list
         * that has ended hls.js takes no more parts of a segment that it has a part of, and stands still.
         */
        public long endDelayUs() {
            return partHoldBackUs() - partTargetUs;
        }
    }

    /** @param query goes behind each URI: empty, or with its question mark */
    public String write(String query) {
        return write(query, 0);
    }

    /**
     * The same without the segments that lie further back than players need to be told again (rfc8216bis section
     * 6.2.5.1), where it is long enough for that.
     */
    public String writeDelta(String query) {
        return write(query, kind.deltas() ? skipped() : 0);
    }

    /** A discontinuity is told each time: players that know it from an earlier list lost it (hls.js 1.5). */
    private int skipped() {
        long leftUs = segments.stream().mapToLong(MediaPlaylist::lengthUs).sum();
        int count = 0;
        for (Segment segment : segments) {
            leftUs -= lengthUs(segment);
            if (leftUs < SKIP_UNTIL * targetSeconds * SECOND_US || segment.discontinuous()) {
                break;
            }
            count++;
        }
        return count;
    }

    private static long lengthUs(Segment segment) {
        return segment.uri().isEmpty()
                ? segment.parts().stream().mapToLong(Part::durationUs).sum()
                : segment.durationUs();
    }

    private String write(String query, int skipped) {
        StringBuilder out = new StringBuilder(300 + segments.size() * BYTES_A_LINE);
        boolean hasMap = !segments.isEmpty() && !segments.get(0).map().isEmpty();
        out.append("#EXTM3U\n#EXT-X-VERSION:")
                .append(kind.partTargetUs() > 0 ? 9 : hasMap ? 7 : 6)
                .append('\n');
        out.append("#EXT-X-TARGETDURATION:").append(targetSeconds).append('\n');
        out.append(kind.independent() ? "#EXT-X-INDEPENDENT-SEGMENTS\n" : "");
        out.append(kind.wholeFilm() ? "#EXT-X-PLAYLIST-TYPE:VOD\n" : "");
        out.append(kind.keyFrames() ? "#EXT-X-I-FRAMES-ONLY\n" : "");
        out.append("#EXT-X-MEDIA-SEQUENCE:").append(sequence).append('\n');
        if (!kind.wholeFilm()) {
            out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
        }
        if (kind.partTargetUs() > 0) {
            out.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES");
            if (kind.deltas()) {
                out.append(",CAN-SKIP-UNTIL=")
                        .append(SKIP_UNTIL * targetSeconds)
                        .append(".0");
            }
            out.append(",HOLD-BACK=")
                    .append(HOLD_BACK * targetSeconds)
                    .append(".0,PART-HOLD-BACK=")
                    .append(seconds(kind.partHoldBackUs()))
                    .append('\n');
            out.append("#EXT-X-PART-INF:PART-TARGET=")
                    .append(seconds(kind.partTargetUs()))
                    .append('\n');
        }
        if (skipped > 0) {
            out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
        }
        String map = "";
        for (Segment segment : segments.subList(skipped, segments.size())) {
            if (segment.discontinuous()) {
                out.append("#EXT-X-DISCONTINUITY\n");
            }
            if (!segment.map().equals(map)) {
                map = segment.map();
                out.append("#EXT-X-MAP:URI=\"").append(map).append(query).append("\"\n");
            }
            write(segment, query, out);
        }
        if (!hint.isEmpty()) {
            out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
                    .append(hint)
                    .append(query)
                    .append("\"\n");
        }
        return out.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    private static void write(Segment segment, String query, StringBuilder out) {
        if (segment.dateUs() != 0) {
            out.append("#EXT-X-PROGRAM-DATE-TIME:")
                    .append(date(segment.dateUs()))
                    .append('\n');
        }
        for (Part part : segment.parts()) {
            out.append("#EXT-X-PART:DURATION=")
                    .append(seconds(part.durationUs()))
                    .append(",URI=\"")
                    .append(part.uri())
                    .append(query)
                    .append('"')
                    .append(part.independent() ? ",INDEPENDENT=YES" : "")
                    .append('\n');
        }
        if (!segment.uri().isEmpty()) {
            out.append("#EXTINF:")
                    .append(seconds(segment.durationUs()))
                    .append(",\n")
                    .append(segment.uri())
                    .append(query)
                    .append('\n');
        }
    }

    private static String date(long us) {
        return DATE.format(Instant.ofEpochMilli(Math.floorDiv(us + 500, 1000)));
    }

    /** With as many digits as microseconds have, so that no sum drifts. */
    static String seconds(long us) {
        return us / 1_000_000 + "." + String.format(Locale.ROOT, "%06d", us % 1_000_000);
    }
}
