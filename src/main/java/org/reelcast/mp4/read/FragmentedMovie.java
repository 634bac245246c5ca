package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mp4parser.boxes.iso14496.part12.MovieHeaderBox;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.PackedSamples;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/** Makes the index of a movie that goes on in fragments: what the header names, and the first of the fragments. */
final class FragmentedMovie {
    /** So many fragments are read at first to find samples of each track. */
    private static final int FIRST = 16;
    /** A movie that starts later than this was cut out of a live stream: its clock is set to 0. */
    private static final long LATE_US = 10_000_000;
    /** What a look behind the header for a segment index reads. */
    private static final int LOOK = 4096;

    private final ByteSource source;
    private final PageStore store;
    private final MovieHeaderBox header;
    private final MovieExtends extension;
    private final long headerStart;
    private final long position;
    private final ReadOptions options;
    private final Defects defects;
    private final Notes notes;

    /**
     * @param headerStart where the movie's header is
     * @param position    from where to look for fragments
     */
    FragmentedMovie(
            ByteSource source,
            PageStore store,
            MovieHeaderBox header,
            MovieExtends extension,
            long headerStart,
            long position,
            ReadOptions options,
            Defects defects) {
        this.source = source;
        this.store = store;
        this.header = header;
        this.extension = extension;
        this.headerStart = headerStart;
        this.position = position;
        this.options = options;
        this.defects = defects;
        this.notes = defects.notes();
    }

    /**
     * @param video those that can be played, the first one before the others; likewise {@code audio}
     * @return the video and the audio track, each null when there is none to be played
     */
    Track[] read(List<TrackReader> video, List<TrackReader> audio) throws IOException {
        Map<TrackReader, FragmentTarget> candidates = new LinkedHashMap<>();
        List<List<TrackReader>> kinds = Stream.of(whole(video, candidates), whole(audio, candidates))
                .filter(kind -> !kind.isEmpty())
                .toList();
        String film = source.id().location();
        Fragments fragments = new Fragments(
                source,
                position,
                List.copyOf(candidates.values()),
                declaredUs(),
                new FragmentClock(options.longestPauseUs(), film, notes),
                new JoinedHeader(List.copyOf(candidates.keySet()), extension, headerStart, film, notes));
        readFirst(
                fragments,
                kinds.stream().map(kind -> candidates.get(kind.get(0))).toList());
        List<TrackReader> tracks =
                kinds.stream().map(kind -> chosen(kind, candidates)).toList();
        List<FragmentTarget> targets = tracks.stream().map(candidates::get).toList();
        fragments.follow(targets);
        List<Timeline> timelines = timelines(tracks, targets);
        List<Fragments.Growing> growing = new ArrayList<>();
        Track[] made = new Track[2];
        for (int i = 0; i < tracks.size(); i++) {
            TrackReader track = tracks.get(i);
            SamplePacker packer = targets.get(i).packer();
            SampleTable samples = track.table(timelines.get(i), packer.snapshot(), fragments);
            growing.add(new Fragments.Growing(packer, samples));
            if (packer.count() == 0 && fragments.isComplete()) {
                notes.add(track.emptyNote());
            } else {
                made[track.isVideo() ? 0 : 1] = track.track(samples);
            }
        }
        fragments.feed(growing);
        return made;
    }

    /** Those whose part in the header is not broken, each as a candidate. */
    private List<TrackReader> whole(List<TrackReader> kind, Map<TrackReader, FragmentTarget> candidates)
            throws IOException {
        List<TrackReader> whole = new ArrayList<>();
        for (TrackReader track : kind) {
            try {
                // whose edits are broken is found out here
                track.timeline(header.getTimescale(), true);
                candidates.put(
                        track,
                        new FragmentTarget(
                                track.id(),
                                track.kind(),
                                track.sampleEntries(),
                                track.timescale(),
                                extension.defaults(track.id()),
                                track.pack(store),
                                new ClockHand()));
                whole.add(track);
            } catch (Refusal e) {
                defects.found("Track " + track.id(), track.kind(), e);
            }
        }
        return whole;
    }

    /** The first track that has samples in the first fragments; the first one when none has. */
    private TrackReader chosen(List<TrackReader> kind, Map<TrackReader, FragmentTarget> candidates) {
        TrackReader chosen = kind.stream()
                .filter(track -> candidates.get(track).packer().count() > 0)
                .findFirst()
                .orElse(kind.get(0));
        kind.stream().takeWhile(track -> track != chosen).forEach(track -> notes.add(track.emptyNote()));
        return chosen;
    }

    private static void readFirst(Fragments fragments, List<FragmentTarget> targets) throws IOException {
        try {
            for (int i = 0;
                    i < FIRST && targets.stream().anyMatch(t -> t.packer().count() == 0);
                    i++) {
                if (!fragments.more()) {
                    return;
                }
            }
        } catch (Refusal e) {
            // what there is plays, and then whoever asks for more is told
            if (targets.stream().allMatch(t -> t.packer().count() == 0)) {
                throw e;
            }
        }
    }

    private List<Timeline> timelines(List<TrackReader> tracks, List<FragmentTarget> targets) throws Refusal {
        List<Timeline> timelines = new ArrayList<>();
        long earliestUs = Long.MAX_VALUE;
        for (int i = 0; i < tracks.size(); i++) {
            Timeline timeline = tracks.get(i).timeline(header.getTimescale(), true);
            timelines.add(timeline);
            PackedSamples packed = targets.get(i).packer().snapshot();
            if (packed.count > 0) {
                earliestUs = Math.min(
                        earliestUs, timeline.presentationUs(packed.block(0).presentation(0)));
            }
        }
        if (earliestUs == Long.MAX_VALUE || earliestUs < LATE_US) {
            return timelines;
        }
        notes.add("The film starts at " + earliestUs / 1_000_000 + " s of its own clock, which is set to 0");
        long shiftUs = earliestUs;
        return timelines.stream().map(timeline -> timeline.earlier(shiftUs)).toList();
    }

    /** What the movie says of its length: in {@code mehd}, else in a segment index, else in {@code mvhd}. */
    private long declaredUs() throws IOException {
        long duration = extension.duration() > 0 ? extension.duration() : 0;
        if (duration == 0) {
            long indexed = indexedUs();
            if (indexed > 0) {
                return indexed;
            }
            // unknown is all ones
            duration = header.getDuration() >= 0xffff_ffffL ? 0 : Math.max(0, header.getDuration());
        }
        return Timeline.toUs(Math.min(duration, Timeline.maxTime(header.getTimescale())), header.getTimescale());
    }

    private long indexedUs() throws IOException {
        Window window = new Window(source, LOOK);
        long at = position;
        for (int i = 0; i < FIRST && source.size() - at >= 8; i++) {
            Box box;
            try {
                box = Box.read(window, at, source.size());
            } catch (Refusal e) {
                // whoever looks for fragments comes to say so
                return 0;
            }
            if (box.is(BoxType.SIDX)) {
                return MovieExtends.durationUs(window, box);
            }
            if (box.is(BoxType.MOOF)) {
                return 0;
            }
            at = box.end();
        }
        return 0;
    }
}
