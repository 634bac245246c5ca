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
public record MediaPlaylist(Kind kind, int targetSeconds, long sequence, long discontinuities, List<Segment> segments,
        String hint, boolean ended) {
    /** Media type (RFC 8216 section 4). */
    public static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int BYTES_A_LINE = 90;
    /** Of part and target durations: players start so far from the end of the list. */
    static final int HOLD_BACK = 3;

    /**
     * What a media playlist is a list of.
     *
     * @param wholeFilm    all of a film, whose list never changes
     * @param independent  whether all segments start with key frames
     * @param keyFrames    whether each segment is a key frame and no more
     * @param partTargetUs the target duration of parts; 0 without parts
     */
    public record Kind(boolean wholeFilm, boolean independent, boolean keyFrames, long partTargetUs) {
        public static final Kind WHOLE_FILM = new Kind(true, true, false, 0);
        /** For pictures of a film while somebody seeks. */
        public static final Kind KEY_FRAMES = new Kind(true, true, true, 0);

        /** A broadcast of a film; the same with parts when a target duration is given. */
        public static Kind film(long partTargetUs) {
            return new Kind(false, true, false, partTargetUs);
        }

        /** What is cut as it comes. */
        public static Kind live(long partTargetUs) {
            return new Kind(false, false, false, partTargetUs);
        }
    }

    /** How far from the end of a low-latency list players start. */
    public static long partHoldBackUs(long partTargetUs) {
        return HOLD_BACK * partTargetUs;
    }

    /** @param query goes behind each URI: empty, or with its question mark */
    public String write(String query) {
        StringBuilder out = new StringBuilder(300 + segments.size() * BYTES_A_LINE);
        boolean hasMap = !segments.isEmpty() && !segments.get(0).map().isEmpty();
        out.append("#EXTM3U\n#EXT-X-VERSION:").append(kind.partTargetUs() > 0 ? 9 : hasMap ? 7 : 6).append('\n');
        out.append("#EXT-X-TARGETDURATION:").append(targetSeconds).append('\n');
        out.append(kind.independent() ? "#EXT-X-INDEPENDENT-SEGMENTS\n" : "");
        out.append(kind.wholeFilm() ? "#EXT-X-PLAYLIST-TYPE:VOD\n" : "");
        out.append(kind.keyFrames() ? "#EXT-X-I-FRAMES-ONLY\n" : "");
        out.append("#EXT-X-MEDIA-SEQUENCE:").append(sequence).append('\n');
        if (!kind.wholeFilm()) {
            out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuities).append('\n');
        }
        if (kind.partTargetUs() > 0) {
            out.append("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,HOLD-BACK=").append(HOLD_BACK * targetSeconds)
                    .append(".0,PART-HOLD-BACK=").append(seconds(partHoldBackUs(kind.partTargetUs()))).append('\n');
            out.append("#EXT-X-PART-INF:PART-TARGET=").append(seconds(kind.partTargetUs())).append('\n');
        }
        String map = "";
        for (Segment segment : segments) {
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
            out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"").append(hint).append(query).append("\"\n");
        }
        return out.append(ended ? "#EXT-X-ENDLIST\n" : "").toString();
    }

    private static void write(Segment segment, String query, StringBuilder out) {
        if (segment.dateUs() != 0) {
            out.append("#EXT-X-PROGRAM-DATE-TIME:").append(date(segment.dateUs())).append('\n');
        }
        for (Part part : segment.parts()) {
            out.append("#EXT-X-PART:DURATION=").append(seconds(part.durationUs())).append(",URI=\"")
                    .append(part.uri()).append(query).append('"').append(part.independent() ? ",INDEPENDENT=YES" : "")
                    .append('\n');
        }
        if (!segment.uri().isEmpty()) {
            out.append("#EXTINF:").append(seconds(segment.durationUs())).append(",\n")
                    .append(segment.uri()).append(query).append('\n');
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
