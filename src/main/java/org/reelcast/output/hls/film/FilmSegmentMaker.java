package org.reelcast.output.hls.film;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reelcast.loop.AnyThread;
import org.reelcast.mpegts.TransportStreamWriter;
import org.reelcast.output.hls.http.Media;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.PartGrid;
import org.reelcast.segment.SegmentFrames;

/** Makes the segments of a broadcast film. */
@AnyThread
final class FilmSegmentMaker {
    private static final int MOST_GRIDS = 64;

    private final FilmMedia media;
    private final Positions positions;
    private final LoopedSegments looped;
    private final FilmWriters mp4;
    private final String prefix;
    private final long partTargetUs;
    /** By segment; guarded by itself. */
    private final Map<Integer, PartGrid> grids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, PartGrid> eldest) {
            return size() > MOST_GRIDS;
        }
    };

    /** @param partTargetUs 0 for segments in one piece */
    FilmSegmentMaker(FilmMedia media, Positions positions, String prefix, long partTargetUs) {
        this.media = media;
        this.positions = positions;
        this.prefix = prefix;
        this.partTargetUs = partTargetUs;
        looped = new LoopedSegments(
                media.segments(), media.plan().durationUs(), media.audioFormat(), media.firstAudioUs());
        mp4 = media.writers(prefix);
    }

    /** What all names of this broadcast start with. */
    String prefix() {
        return prefix;
    }

    String mapName(long number) {
        return mp4.mapName(positions.segment(number));
    }

    Optional<byte[]> map(String resource) {
        return mp4.map(resource);
    }

    Variant variant() {
        return media.variant();
    }

    boolean isForTransportStream() {
        return media.audioFormat().flatMap(TransportStreamWriter::whyNot).isEmpty();
    }

    PartGrid grid(int segment, long targetUs) throws IOException {
        synchronized (grids) {
            PartGrid grid = grids.get(segment);
            if (grid == null) {
                grid = PartGrid.of(media.leading(), media.plan(), segment, targetUs);
                grids.put(segment, grid);
            }
            return grid;
        }
    }

    /** The segment in its parts, or in one piece. @param number since the first pass */
    CompletableFuture<Media> make(MediaCache cache, MediaName name, long number) {
        if (!name.mp4() && !isForTransportStream()) {
            return CompletableFuture.failedFuture(
                    new Refusal(StatusText.STREAM_NOT_FOUND, "MPEG-TS cannot carry the film's sound"));
        }
        String whole = MediaName.segment(prefix, name.sequence(), name.mp4());
        return cache.get(whole, media.plan().bytes(positions.segment(number)), () -> make(number, name.mp4()));
    }

    private List<byte[]> make(long number, boolean inMp4) throws IOException {
        long pass = positions.pass(number);
        int segment = positions.segment(number);
        SegmentFrames frames = looped.read(pass, segment);
        if (!inMp4) {
            return List.of(new TransportStreamWriter(media.videoFormat(), media.audioFormat())
                    .segment(frames.video(), frames.audio()));
        }
        List<SegmentFrames> parts = partTargetUs == 0
                ? List.of(frames)
                : grid(segment, partTargetUs).cut(frames, looped.shiftUs(pass), looped.soundShiftUs(pass));
        List<byte[]> made = new ArrayList<>();
        for (SegmentFrames part : parts) {
            made.add(mp4.of(segment)
                    .fragment(
                            (int) number * 64 + made.size() + 1,
                            part.video(),
                            part.videoEndUs(),
                            part.audio(),
                            part.audioEndUs()));
        }
        return made;
    }
}
