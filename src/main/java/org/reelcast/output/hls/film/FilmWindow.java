package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.output.hls.http.AnswerMaker;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.HlsAnswer;
import org.reelcast.output.hls.http.Media;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.http.SegmentedStream;
import org.reelcast.output.hls.playlist.MediaPlaylist;
import org.reelcast.output.hls.playlist.Part;
import org.reelcast.output.hls.playlist.Segment;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.segment.PartGrid;
import org.reelcast.segment.SegmentPlan;

/**
 * What of a broadcast film is listed now. Players start some way before a list's end; so much is listed before it is
 * due, as the film is there already: then they show what WebRTC's viewers see at the same time.
 */
final class FilmWindow implements SegmentedStream {
    private static final int FEWEST = 3;
    private static final long SECOND_US = 1_000_000;

    private static final HlsAnswer NOT_YET = HlsAnswer.refusal(503, "What was asked for has not come.");

    private final FilmTimeline timeline;
    private final Positions positions;
    private final FilmSegmentMaker maker;
    private final MediaCache cache;
    private final HeldAnswers alarms;
    private final Sizes sizes;
    private final long targetUs;
    private final long partTargetUs;
    /** Lists never become shorter at their end, also when a broadcast that came late is moved. */
    private final AtomicLong plainEnd = new AtomicLong();

    private final AtomicLong latestUs = new AtomicLong();
    private final AtomicLong lastUs = new AtomicLong(Long.MAX_VALUE);

    /**
     * How much is listed.
     *
     * @param plain      segments
     * @param lowLatency segments of the low-latency list
     * @param parts      whether that has parts
     * @param mp4        whether the plain list's segments are fragmented MP4
     */
    record Sizes(int plain, int lowLatency, boolean parts, boolean mp4) {}

    FilmWindow(
            FilmTimeline timeline,
            Positions positions,
            FilmSegmentMaker maker,
            Sizes sizes,
            MediaCache cache,
            HeldAnswers alarms) {
        this.timeline = timeline;
        this.positions = positions;
        this.maker = maker;
        this.sizes = sizes;
        this.cache = cache;
        this.alarms = alarms;
        this.targetUs = positions.plan().targetSeconds() * SECOND_US;
        this.partTargetUs = sizes.parts() ? positions.plan().spacing().partTargetUs() : 0;
    }

    @Override
    public String prefix() {
        return maker.prefix();
    }

    @Override
    public Optional<byte[]> map(String resource) {
        return maker.map(resource);
    }

    @Override
    public Variant variant() {
        return maker.variant();
    }

    @Override
    public boolean hasParts() {
        return partTargetUs > 0;
    }

    @Override
    public MediaPlaylist plain() {
        long positionUs = timeline.positionUs();
        long endedUs = timeline.endedUs();
        boolean isOver = endedUs != FilmTimeline.RUNNING;
        long end = isOver ? positions.at(endedUs) + 1 : Math.max(FEWEST, positions.at(positionUs + 3 * targetUs));
        end = plainEnd.accumulateAndGet(Math.min(end, positions.end()), Math::max);
        long start = start(end, sizes.plain());
        List<Segment> listed = new ArrayList<>();
        for (long number = start; number < end; number++) {
            listed.add(segment(number, List.of(), sizes.mp4()));
        }
        return new MediaPlaylist(
                MediaPlaylist.Kind.film(0),
                positions.plan().targetSeconds(),
                sequence(start),
                0,
                listed,
                "",
                isOver || end == positions.end());
    }

    /** Where a list begins: never less than three target durations before its end (rfc8216bis section 6.2.2). */
    private long start(long end, int size) {
        return Math.max(0, Math.min(end - size, positions.at(positions.startUs(end) - 3 * targetUs)));
    }

    private long sequence(long number) {
        return timeline.firstSequence() + number;
    }

    private Segment segment(long number, List<Part> parts, boolean mp4) {
        return new Segment(
                MediaName.segment(maker.prefix(), sequence(number), mp4),
                positions.plan().lengthUs(positions.segment(number)),
                timeline.whenDueUs(positions.startUs(number)),
                parts,
                mp4 ? maker.mapName(number) : "",
                false);
    }

    private long aheadUs() {
        return hasParts() ? MediaPlaylist.Kind.film(partTargetUs).partHoldBackUs() : 3 * targetUs;
    }

    /**
     * Where the low-latency list ends for good: of a broadcast that ended, the segment that was in the making still
     * becomes whole, part by part, as players overlook an end that comes with no last part.
     */
    private long lastUs() {
        long endedUs = timeline.endedUs();
        if (endedUs == FilmTimeline.RUNNING) {
            return positions.looped() ? Long.MAX_VALUE : positions.plan().durationUs();
        }
        lastUs.compareAndSet(Long.MAX_VALUE, positions.nextEndUs(Math.max(latestUs.get(), endedUs)));
        return lastUs.get();
    }

    /** The number behind the last that is listed. */
    private long endNumber() {
        long endUs = lastUs();
        return endUs == Long.MAX_VALUE ? Long.MAX_VALUE : positions.at(endUs);
    }

    private long endListedUs() {
        long endUs = lastUs();
        return endUs == Long.MAX_VALUE ? endUs : endUs + lowLatencyKind().endDelayUs();
    }

    /** How far the low-latency list reaches. */
    private long reachUs() {
        long reachUs = Math.min(endListedUs(), timeline.positionUs() + aheadUs());
        return latestUs.accumulateAndGet(reachUs, Math::max);
    }

    /** How many segments are listed as whole up to there. */
    private long wholeUntil(long reachUs) throws IOException {
        long end = endNumber();
        long whole = positions.at(reachUs);
        if (whole >= end) {
            return reachUs < endListedUs() ? end - 1 : end;
        }
        return hasParts()
                        && whole + 1 < end
                        && parts(whole, reachUs).size() == grid(whole).count()
                ? whole + 1
                : whole;
    }

    @Override
    public MediaPlaylist lowLatency() throws IOException {
        long reachUs = reachUs();
        long whole = wholeUntil(reachUs);
        long start = start(whole, sizes.lowLatency());
        List<Segment> listed = new ArrayList<>();
        for (long number = start; number < whole; number++) {
            boolean recent = hasParts() && positions.endUs(number) > reachUs - 3 * targetUs;
            listed.add(segment(number, recent ? parts(number, Long.MAX_VALUE) : List.of(), true));
        }
        boolean ended = whole >= endNumber();
        String hint = "";
        if (hasParts() && !ended) {
            List<Part> parts = parts(whole, reachUs);
            if (!parts.isEmpty()) {
                listed.add(new Segment(
                        "", 0, timeline.whenDueUs(positions.startUs(whole)), parts, maker.mapName(whole), false));
            }
            boolean more = parts.size() < grid(whole).count();
            hint = MediaName.part(maker.prefix(), sequence(more ? whole : whole + 1), more ? parts.size() : 0);
        }
        return new MediaPlaylist(
                lowLatencyKind(), positions.plan().targetSeconds(), sequence(start), 0, listed, hint, ended);
    }

    private MediaPlaylist.Kind lowLatencyKind() {
        SegmentPlan plan = positions.plan();
        return MediaPlaylist.Kind.film(partTargetUs).ofLength(sizes.lowLatency() * plan.durationUs() / plan.count());
    }

    private List<Part> parts(long number, long reachUs) throws IOException {
        PartGrid grid = grid(number);
        List<Part> parts = new ArrayList<>();
        for (int part = 0; part < grid.count() && positions.startUs(number) + grid.endUs(part) <= reachUs; part++) {
            parts.add(new Part(
                    MediaName.part(maker.prefix(), sequence(number), part),
                    grid.lengthUs(part),
                    part == 0 || !positions.plan().hasVideo()));
        }
        return parts;
    }

    private PartGrid grid(long number) throws IOException {
        return maker.grid(positions.segment(number), partTargetUs);
    }

    @Override
    public CompletionStage<HlsAnswer> whenReady(int segments, AnswerMaker answer) throws IOException {
        return CompletableFuture.completedFuture(answer.make());
    }

    @Override
    public CompletionStage<HlsAnswer> whenListed(long sequence, int part, AnswerMaker answer) throws IOException {
        long neededUs = sequence == FIRST_LIST
                ? positions.endUs(0) - aheadUs()
                : listedAtUs(sequence - timeline.firstSequence(), part);
        return whenShown(neededUs, timeline.nowUs() + 3 * targetUs, answer);
    }

    /** What was listed stays so where the broadcast was moved back. */
    private boolean isShown(long positionUs) {
        return timeline.positionUs() >= positionUs || positionUs + aheadUs() <= latestUs.get();
    }

    /** The broadcast may be moved under way: what is held never ends with a list that is not what was asked for. */
    private CompletionStage<HlsAnswer> whenShown(long positionUs, long untilUs, AnswerMaker answer) throws IOException {
        if (isShown(positionUs)) {
            return CompletableFuture.completedFuture(answer.make());
        }
        long dueUs = timeline.whenDueUs(positionUs);
        if (dueUs > untilUs) {
            return CompletableFuture.completedFuture(
                    HlsAnswer.refusal(503, "What was asked for takes too long to come."));
        }
        return alarms.after(dueUs - timeline.nowUs(), () -> isShown(positionUs) ? answer.make() : NOT_YET)
                .thenCompose(made ->
                        made == NOT_YET ? again(positionUs, untilUs, answer) : CompletableFuture.completedFuture(made));
    }

    private CompletionStage<HlsAnswer> again(long positionUs, long untilUs, AnswerMaker answer) {
        try {
            return whenShown(positionUs, untilUs, answer);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** At what position a segment or a part of it comes into the low-latency list; players want one whole segment. */
    private long listedAtUs(long number, int part) throws IOException {
        if (number < 0) {
            return Long.MIN_VALUE;
        }
        long end = endNumber();
        if (number >= end
                || number == end - 1
                        && (part < 0 || hasParts() && part >= grid(number).count())) {
            return endListedUs() - aheadUs();
        }
        long endUs = positions.endUs(number);
        if (part >= 0) {
            PartGrid grid = grid(number);
            // a part behind the last is the next segment's first
            endUs = part < grid.count()
                    ? Math.min(endUs, positions.startUs(number) + grid.endUs(part))
                    : positions.startUs(number + 1) + grid(number + 1).endUs(0);
        }
        return Math.max(endUs, positions.endUs(0)) - aheadUs();
    }

    @Override
    public boolean isFarAhead(long sequence, int part) throws IOException {
        long number = sequence - timeline.firstSequence();
        long reachUs = reachUs();
        long inMaking = wholeUntil(reachUs);
        if (timeline.endedUs() != FilmTimeline.RUNNING || inMaking >= positions.end()) {
            return false;
        }
        long mostAhead = partTargetUs >= SECOND_US ? 3 : (3 * SECOND_US + partTargetUs - 1) / partTargetUs;
        return number > inMaking + 1
                || number == inMaking && part > parts(inMaking, reachUs).size() + mostAhead
                || number == inMaking + 1 && part > mostAhead;
    }

    @Override
    public boolean isWithinReach(long sequence, int part) throws IOException {
        long number = sequence - timeline.firstSequence();
        if (number < 0
                || number >= positions.end()
                || part >= 0 && (!hasParts() || part >= grid(number).count())) {
            return false;
        }
        return number <= positions.at(Math.max(timeline.positionUs() + 4 * targetUs, latestUs.get()))
                || number < Math.max(FEWEST, plainEnd.get());
    }

    @Override
    public CompletionStage<Media> media(MediaName name) {
        CompletionStage<Media> parts = maker.make(cache, name, name.sequence() - timeline.firstSequence());
        return name.part() < 0 ? parts : parts.thenApply(all -> all.piece(name.part()));
    }
}
