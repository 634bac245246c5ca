package org.reelcast.output.hls.film;

import java.io.IOException;
import org.reelcast.loop.Blocking;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.StreamDelivery;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.FilmBroadcast;
import org.reelcast.stream.SeekableFilm;
import org.reelcast.stream.Stream;

/** Makes HLS of broadcast films. */
public final class FilmStreams {
    private final MediaCache cache;
    private final HeldAnswers alarms;
    private final Options options;

    /**
     * What the settings say.
     *
     * @param plainList      segments in the plain list
     * @param lowLatencyList segments in the low-latency list
     * @param lowLatency     whether there are parts
     * @param mp4            whether the plain list's segments are fragmented MP4
     * @param lengths        of segments
     */
    public record Options(int plainList, int lowLatencyList, boolean lowLatency, boolean mp4, SegmentLengths lengths) {}

    public FilmStreams(MediaCache cache, HeldAnswers alarms, Options options) {
        this.cache = cache;
        this.alarms = alarms;
        this.options = options;
    }

    /**
     * The stream as HLS; reads the film's index.
     *
     * @param name      what its playlist is named after
     * @param film      open as long as the result is used
     * @param timetable of the broadcast, as it is now
     */
    @Blocking
    public Deliverable of(
            String name, Stream stream, SeekableFilm film, FilmBroadcast broadcast, FilmBroadcast.Timetable timetable)
            throws IOException {
        FilmMedia media = FilmMedia.of(film, options.lengths(), cache.largest());
        if (timetable.looped() && media.plan().durationUs() < FilmTimeline.SHORTEST_US) {
            throw new Refusal(
                    StatusText.FILE_HAS_WRONG_FORMAT,
                    "it is shorter than half a second, too short for " + "segments of a film that starts over");
        }
        Positions positions = new Positions(media.plan(), timetable.looped());
        FilmTimeline timeline = new FilmTimeline(broadcast, timetable, positions, stream::isRetired);
        long partTargetUs = options.lowLatency() ? media.plan().spacing().partTargetUs() : 0;
        FilmSegmentMaker maker = new FilmSegmentMaker(
                media, positions, media.prefix(name + '\n' + timeline.firstSequence()), partTargetUs);
        boolean mp4 = options.mp4() || !maker.isForTransportStream();
        FilmWindow window = new FilmWindow(
                timeline,
                positions,
                maker,
                new FilmWindow.Sizes(options.plainList(), options.lowLatencyList(), options.lowLatency(), mp4),
                cache,
                alarms);
        return new StreamDelivery(name, window, alarms);
    }
}
