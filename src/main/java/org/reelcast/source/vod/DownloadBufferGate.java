package org.reelcast.source.vod;

import java.util.Optional;
import java.util.stream.Stream;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.Track;
import org.reelcast.storage.RemoteSource;

/** While a film is being downloaded: so much of it must be here before it plays, and again before it goes on. */
final class DownloadBufferGate implements BufferGate {
    /** A group of pictures of a sane film is shorter. */
    private static final int MAX_WALK = 5000;

    private final RemoteSource source;
    private final Movie movie;
    private final long bufferUs;

    /** @param bufferUs playing time that must be in hand */
    DownloadBufferGate(RemoteSource source, Movie movie, long bufferUs) {
        this.source = source;
        this.movie = movie;
        this.bufferUs = bufferUs;
    }

    @Override
    public boolean isEnough(long timeUs) {
        if (!source.isDownloading()) {
            return true;
        }
        long durationUs = Math.max(1, movie.durationUs());
        long fromUs = Math.max(0, timeUs) % durationUs;
        return Stream.of(movie.video(), movie.audio())
                .flatMap(Optional::stream)
                .allMatch(track -> isHere(track, fromUs, durationUs));
    }

    private boolean isHere(Track track, long fromUs, long durationUs) {
        SampleTable samples = track.samples();
        if (samples.count() == 0) {
            return true;
        }
        if (!samples.isComplete()) {
            // the index comes with the film, in fragments: by the film's average bitrate
            return source.isHere(0, share(fromUs + bufferUs, durationUs));
        }
        int first = samples.syncAtOrBefore(fromUs);
        int last = samples.syncAtOrBefore(fromUs + bufferUs);
        for (int i = 0;
                i < MAX_WALK && last + 1 < samples.count() && samples.decodeTimeUs(last + 1) < fromUs + bufferUs;
                i++) {
            last++;
        }
        return source.isHere(samples.position(first), samples.position(last) + samples.size(last));
    }

    private long share(long timeUs, long durationUs) {
        return (long) (source.size() * Math.min(1.0, (double) timeUs / durationUs));
    }
}
