package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/**
 * Makes the index of a Matroska or WebM film (RFC 9559): of the heads of its blocks, which say where each frame is. So
 * players read frames as those of an MP4, from any place and at the cost of one read.
 */
final class MatroskaReader {
    private static final int SCAN = 4096;
    private static final Set<String> TYPES = Set.of("matroska", "webm");
    private static final long USUAL_SCALE_NS = 1_000_000;
    /** A film that starts later than this was cut out of a live stream: its clock is set to 0. */
    private static final long LATE_US = 10_000_000;

    private final ByteSource source;
    private final PageStore store;
    private final ReadOptions options;
    private final Window window;
    private final Notes notes = new Notes();
    private final Defects defects = new Defects(notes);
    private final List<MatroskaTrack> tracks = new ArrayList<>();
    private boolean hasTracks;
    private long scaleNs = USUAL_SCALE_NS;
    private double duration;

    private MatroskaReader(ByteSource source, PageStore store, ReadOptions options) {
        this.source = source;
        this.store = store;
        this.options = options;
        this.window = new Window(source, SCAN);
    }

    /** Whether a file that begins with these four bytes is one of EBML. */
    static boolean isOne(int start) {
        return start == MatroskaId.EBML;
    }

    static Movie read(ByteSource source, PageStore store, ReadOptions options) throws IOException {
        return new MatroskaReader(source, store, options).read();
    }

    private Movie read() throws IOException {
        EbmlElement head = EbmlElement.read(window, 0, source.size());
        checkType(head);
        EbmlElement segment = EbmlElement.read(window, head.end(), source.size());
        if (segment.id() != MatroskaId.SEGMENT) {
            throw Refusals.broken("The file has no segment");
        }
        long end = Math.min(segment.end(), source.size());
        long clusters = readHeader(segment.payload(), end);
        if (!hasTracks) {
            throw Refusals.broken("The file has no tracks before its first cluster");
        }
        List<MatroskaTrack> video = TrackChoice.video(tracks, defects);
        List<MatroskaTrack> audio = TrackChoice.audio(tracks, options.sound(), defects, !video.isEmpty());
        return read(new MatroskaClusters(source, clusters, end, scaleNs, declaredUs(), notes), video, audio);
    }

    private void checkType(EbmlElement head) throws IOException {
        if (head.end() > source.size()) {
            throw Refusals.broken("The file is cut off");
        }
        for (EbmlElement child : head.children(window)) {
            if (child.id() == MatroskaId.DOC_TYPE) {
                String type = new String(child.bytes(window), StandardCharsets.US_ASCII).trim();
                if (!TYPES.contains(type)) {
                    throw Refusals.wrongFormat("The file is neither MP4 nor Matroska nor WebM");
                }
            }
        }
    }

    /** @return where the first cluster is */
    private long readHeader(long start, long end) throws IOException {
        long position = start;
        for (int i = 0; i < Limits.TOP_LEVEL && position + 1 < end; i++) {
            EbmlElement element = EbmlElement.read(window, position, end);
            if (element.id() == MatroskaId.CLUSTER) {
                return position;
            }
            if (element.isUnknown() || element.end() > end) {
                break;
            }
            if (element.id() == MatroskaId.INFO) {
                readInfo(element);
            } else if (element.id() == MatroskaId.TRACKS && !hasTracks) {
                readTracks(element);
            }
            position = element.end();
        }
        throw Refusals.broken("The file has a header and no media: it was not finished, or is cut off");
    }

    private void readInfo(EbmlElement info) throws IOException {
        for (EbmlElement child : info.children(window)) {
            if (child.id() == MatroskaId.TIMESTAMP_SCALE) {
                scaleNs = child.unsigned(window);
            } else if (child.id() == MatroskaId.DURATION) {
                duration = child.real(window);
            }
        }
        if (scaleNs <= 0 || scaleNs > MatroskaSamples.TIMESCALE * 1000) {
            throw Refusals.broken("The film has a time scale of " + scaleNs + " ns");
        }
    }

    private void readTracks(EbmlElement list) throws IOException {
        hasTracks = true;
        List<EbmlElement> entries = list.children(window).stream()
                .filter(child -> child.id() == MatroskaId.TRACK_ENTRY)
                .toList();
        if (entries.size() > Limits.TRACKS) {
            throw Refusals.broken("The movie has more than " + Limits.TRACKS + " tracks");
        }
        for (EbmlElement entry : entries) {
            try {
                MatroskaTrack track = MatroskaTrack.read(window, entry, options.decodes());
                if (track != null) {
                    tracks.add(track);
                }
            } catch (Refusal e) {
                // it may have been the picture
                defects.found("A track", MediaKind.VIDEO, e);
            }
        }
    }

    private long declaredUs() {
        double us = duration * scaleNs / 1000;
        return us > 0 && us <= Timeline.maxTime(MatroskaSamples.TIMESCALE) ? (long) us : 0;
    }

    private Movie read(MatroskaClusters clusters, List<MatroskaTrack> video, List<MatroskaTrack> audio)
            throws IOException {
        clusters.readFirst(Stream.concat(video.stream(), audio.stream()).toList());
        List<MatroskaTrack> played = Stream.of(video, audio)
                .filter(kind -> !kind.isEmpty())
                .flatMap(kind -> chosen(kind, clusters).stream())
                .toList();
        if (played.isEmpty()) {
            throw defects.reasonOr(Refusals.broken("The file has a header and no media"));
        }
        long startUs = played.stream().mapToLong(clusters::firstUs).min().orElse(0);
        if (startUs >= LATE_US) {
            notes.add("The film starts at " + startUs / 1_000_000 + " s of its own clock, which is set to 0");
        }
        Map<MatroskaTrack, SampleTable> tables = new LinkedHashMap<>();
        for (MatroskaTrack track : played) {
            tables.put(track, table(track, clusters, startUs >= LATE_US ? startUs : 0));
        }
        clusters.feed(tables);
        return new Movie(
                track(tables, MediaKind.VIDEO),
                track(tables, MediaKind.AUDIO),
                tracks.stream()
                        .map(track -> track.info(tables.containsKey(track)))
                        .toList(),
                notes);
    }

    /** The first track that has frames, of those that can be played. */
    private List<MatroskaTrack> chosen(List<MatroskaTrack> kind, MatroskaClusters clusters) {
        kind.stream().takeWhile(track -> !clusters.has(track)).forEach(track -> notes.add(track.emptyNote()));
        return kind.stream().filter(clusters::has).limit(1).toList();
    }

    private SampleTable table(MatroskaTrack track, MatroskaClusters clusters, long earlierUs) throws Refusal {
        // what is decoded before the first sound comes with times of its own (RFC 9559 section 5.1.4.1.24)
        Timeline timeline = Timeline.of(
                List.of(new Timeline.Edit(0, MatroskaSamples.BASE + track.delayUs(), false)),
                MatroskaSamples.TIMESCALE,
                MatroskaSamples.TIMESCALE,
                true);
        return new SampleTable(
                MatroskaSamples.TIMESCALE,
                earlierUs == 0 ? timeline : timeline.earlier(earlierUs),
                source.size(),
                track.isVideo(),
                clusters.take(track, store).packer().snapshot(),
                clusters);
    }

    private static Track track(Map<MatroskaTrack, SampleTable> tables, MediaKind kind) {
        return tables.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .map(entry -> new Track(
                        entry.getKey().id(),
                        MatroskaSamples.TIMESCALE,
                        Orientation.UPRIGHT,
                        entry.getKey().language(),
                        List.of(entry.getKey().entry()),
                        entry.getValue()))
                .findFirst()
                .orElse(null);
    }
}
