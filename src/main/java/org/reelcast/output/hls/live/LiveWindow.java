package org.reelcast.output.hls.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.mpegts.TransportStreamWriter;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Part;
import org.reelcast.output.hls.playlist.Segment;
import org.reelcast.segment.LoopedSegments;

/**
 * The segments of a live stream that are kept: those of the playlists, and some that have left them, which players may
 * still be about to fetch. Bounded in number and bytes.
 */
@AnyThread
final class LiveWindow {
    private static final long SECOND_US = 1_000_000;

    static final long FIRST = Long.MIN_VALUE;

    private final String prefix;
    private final Sizes sizes;
    private final LiveMemory.Share memory;
    private final long firstSequence;
    private final long dateOffsetUs;
    /** The last one is in the making, unless the stream has ended. Guarded by this, as all below. */
    private final Deque<LiveSegment> segments = new ArrayDeque<>();

    private final Map<Integer, Coding> codings = new HashMap<>();
    private int coding;
    private long sequence;
    /** The plain list's segments are fragmented MP4 from this one on. */
    private long mp4From;

    private long discontinuitiesGone;
    private long originUs;
    private boolean ended;
    private boolean endTold;
    private long peak = 1;
    private long bits;
    private long lengthUs;
    private long pictures;

    /**
     * How much is listed.
     *
     * @param plain         segments
     * @param lowLatency    segments of the low-latency list
     * @param kept          segments behind the longest list (RFC 8216 section 6.2.2)
     * @param parts         whether that has parts
     * @param mp4           whether the plain list's segments are fragmented MP4, whatever MPEG-TS can carry
     * @param targetSeconds no segment is longer
     * @param maxBytes      of frames that are kept
     */
    record Sizes(int plain, int lowLatency, int kept, boolean parts, boolean mp4, int targetSeconds, long maxBytes) {}

    /**
     * @param prefix        of the segments' names
     * @param memory        for the frames that are kept
     * @param firstSequence media sequence number of the first segment
     * @param dateOffsetUs  time of day less the stream's clock
     * @param originUs      the frames' time that is the media's 0; {@link #FIRST} for that of the first segment
     */
    LiveWindow(
            String prefix, Sizes sizes, LiveMemory.Share memory, long firstSequence, long dateOffsetUs, long originUs) {
        this.prefix = prefix;
        this.sizes = sizes;
        this.memory = memory;
        this.firstSequence = firstSequence;
        this.sequence = firstSequence;
        this.mp4From = sizes.mp4() ? firstSequence : Long.MAX_VALUE;
        this.dateOffsetUs = dateOffsetUs;
        this.originUs = originUs;
    }

    String prefix() {
        return prefix;
    }

    Sizes sizes() {
        return sizes;
    }

    /** A segment begins. */
    synchronized void begin(
            long startUs, Optional<H264Format> video, Optional<AacFormat> audio, boolean discontinuous) {
        Coding last = codings.get(coding);
        if (last == null || !last.video().equals(video) || !last.audio().equals(audio)) {
            coding++;
            codings.put(coding, Coding.of(prefix + "-init" + coding + ".mp4", video, audio));
        }
        if (originUs == FIRST) {
            originUs = startUs;
        }
        boolean otherFormat = sequence < mp4From
                && audio.flatMap(TransportStreamWriter::whyNot).isPresent();
        if (otherFormat) {
            mp4From = sequence;
        }
        segments.add(new LiveSegment(
                sequence, startUs, coding, discontinuous || otherFormat && sequence > firstSequence, List.of(), false));
        sequence++;
        trim();
    }

    /** A part of the segment in the making is whole. */
    synchronized void add(LivePart part, boolean lastOfSegment) {
        LiveSegment grown = segments.removeLast().with(part, lastOfSegment);
        segments.add(grown);
        memory.add(part.bytes());
        if (lastOfSegment) {
            count(grown);
        }
    }

    /** The segment in the making has all of its parts. */
    synchronized void endOfSegment() {
        LiveSegment whole = segments.removeLast().closed();
        segments.add(whole);
        count(whole);
    }

    private void count(LiveSegment whole) {
        long sent = 8 * whole.sentBytes();
        bits += sent;
        lengthUs += whole.lengthUs();
        peak = Math.max(peak, sent * SECOND_US / Math.max(1, whole.lengthUs()));
        pictures += whole.frames().video().size();
    }

    private void trim() {
        int most = Math.max(sizes.plain(), sizes.lowLatency()) + sizes.kept();
        while (segments.size() > 2 && (segments.size() > most || memory.bytes() > sizes.maxBytes())) {
            removeFirst();
        }
        while (memory.isShort() && isLongWithoutFirst()) {
            removeFirst();
            memory.shortened();
        }
    }

    private void removeFirst() {
        LiveSegment first = segments.removeFirst();
        memory.add(-first.bytes());
        discontinuitiesGone += first.discontinuous() ? 1 : 0;
        int oldest = segments.getFirst().coding();
        codings.keySet().removeIf(number -> number < oldest);
    }

    /** No list is shorter than three target durations (RFC 8216 section 6.2.2). */
    private boolean isLongWithoutFirst() {
        return segments.stream().skip(1).mapToLong(LiveSegment::lengthUs).sum()
                >= 3 * sizes.targetSeconds() * SECOND_US;
    }

    /** Nothing follows. */
    synchronized void end() {
        ended = true;
        if (!segments.isEmpty() && !segments.getLast().whole()) {
            LiveSegment last = segments.removeLast();
            if (!last.parts().isEmpty()) {
                segments.add(last.closed());
            }
        }
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** The low-latency list tells of the end from now on, too; until then it looks as if a part were to come. */
    synchronized void tellEnd() {
        endTold = true;
    }

    synchronized boolean isEndTold() {
        return endTold;
    }

    /** How many segments are whole. */
    synchronized long whole() {
        return segments.stream().filter(LiveSegment::whole).count();
    }

    /** Whether the segment, or that part of it, is whole. @param part -1 for the segment */
    synchronized boolean isListed(long number, int part) {
        if (number < sequence - segments.size() || endTold) {
            return true;
        }
        LiveSegment found = find(number).orElse(null);
        if (found == null) {
            return false;
        }
        if (part >= 0 && part < found.parts().size()) {
            return true;
        }
        // a part behind the last is the next segment's first
        return found.whole()
                && (part < 0
                        || find(number + 1)
                                .filter(next -> !next.parts().isEmpty())
                                .isPresent());
    }

    private Optional<LiveSegment> find(long number) {
        return segments.stream().filter(segment -> segment.sequence() == number).findFirst();
    }

    /** The segment of that number as far as it is whole, with how it is coded. */
    synchronized Optional<Media> media(long number) {
        return find(number)
                .map(segment -> new Media(segment, codings.get(segment.coding()), LoopedSegments.OFFSET_US - originUs));
    }

    /** @param shiftUs what is added to the frames' times */
    record Media(LiveSegment segment, Coding coding, long shiftUs) {}

    synchronized Optional<Coding> coding() {
        return Optional.ofNullable(codings.get(coding));
    }

    synchronized Optional<byte[]> map(String resource) {
        return codings.values().stream()
                .filter(one -> one.mapName().equals(resource))
                .map(Coding::map)
                .findFirst();
    }

    synchronized long peakBitrate() {
        return peak;
    }

    /** Pictures a second. */
    synchronized double frameRate() {
        return lengthUs == 0 ? 0 : pictures * (double) SECOND_US / lengthUs;
    }

    synchronized long averageBitrate() {
        return lengthUs == 0 ? peak : Math.max(1, bits * SECOND_US / lengthUs);
    }

    /** The number of the segment in the making, and how many parts it has. */
    synchronized long lastSequence() {
        return sequence - 1;
    }

    synchronized int lastParts() {
        return segments.isEmpty() || segments.getLast().whole()
                ? 0
                : segments.getLast().parts().size();
    }

    synchronized MediaPlaylist plain() {
        List<LiveSegment> whole = segments.stream().filter(LiveSegment::whole).toList();
        return playlist(whole.subList(Math.max(0, whole.size() - sizes.plain()), whole.size()), false, false, ended);
    }

    synchronized MediaPlaylist lowLatency() {
        List<LiveSegment> all = List.copyOf(segments);
        return playlist(
                all.subList(Math.max(0, all.size() - sizes.lowLatency() - 1), all.size()),
                sizes.parts(),
                true,
                endTold);
    }

    private MediaPlaylist playlist(List<LiveSegment> listed, boolean parts, boolean fragments, boolean over) {
        List<Segment> lines = new ArrayList<>();
        long edgeUs = listed.isEmpty() ? 0 : listed.get(listed.size() - 1).startUs();
        for (LiveSegment segment : listed) {
            boolean recent = segment.startUs() + segment.lengthUs() >= edgeUs - 3 * sizes.targetSeconds() * SECOND_US;
            List<Part> own = parts && recent ? parts(segment) : List.of();
            boolean mp4 = fragments || segment.sequence() >= mp4From;
            if (segment.whole() || !own.isEmpty()) {
                lines.add(new Segment(
                        segment.whole() ? MediaName.segment(prefix, segment.sequence(), mp4) : "",
                        segment.lengthUs(),
                        segment.startUs() + dateOffsetUs,
                        own,
                        mp4 ? codings.get(segment.coding()).mapName() : "",
                        segment.discontinuous()));
            }
        }
        String hint = parts && !over ? hint() : "";
        return new MediaPlaylist(
                MediaPlaylist.Kind.live(parts ? Segmenter.PART_TARGET_US : 0)
                        .ofLength(sizes.lowLatency() * sizes.targetSeconds() * SECOND_US / 2),
                sizes.targetSeconds(),
                listed.isEmpty() ? firstSequence : listed.get(0).sequence(),
                discontinuities(listed),
                lines,
                hint,
                over);
    }

    /** There is always one: hls.js takes the last segment for the one in the making without. */
    private String hint() {
        LiveSegment last = segments.peekLast();
        return last == null || last.whole()
                ? MediaName.part(prefix, sequence, 0)
                : MediaName.part(prefix, last.sequence(), last.parts().size());
    }

    private List<Part> parts(LiveSegment segment) {
        List<Part> parts = new ArrayList<>();
        for (LivePart part : segment.parts()) {
            parts.add(new Part(
                    MediaName.part(prefix, segment.sequence(), parts.size()), part.lengthUs(), part.isIndependent()));
        }
        return parts;
    }

    /** Those of segments that are not listed any more. */
    private long discontinuities(List<LiveSegment> listed) {
        long first = listed.isEmpty() ? sequence : listed.get(0).sequence();
        return discontinuitiesGone
                + segments.stream()
                        .filter(segment -> segment.sequence() < first && segment.discontinuous())
                        .count();
    }
}
