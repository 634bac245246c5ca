package org.reelcast.output.hls.film;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.reelcast.loop.AnyThread;
import org.reelcast.mp4.write.MediaSegmentWriter;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.segment.SegmentPlan;

/**
 * What writes a film's segments in fragmented MP4. Where a recording's picture changes its size, what follows has another
 * initialization segment.
 *
 * @param writers by the plan's formats
 */
@AnyThread
record FilmWriters(String prefix, SegmentPlan plan, List<MediaSegmentWriter> writers) {

    /** The name of a segment's initialization segment. */
    String mapName(int segment) {
        return name(plan.format(segment));
    }

    private String name(int format) {
        return MediaName.map(format == 0 ? prefix : prefix + "-" + format);
    }

    /** The initialization segment of that name. */
    Optional<byte[]> map(String resource) {
        return IntStream.range(0, writers.size())
                .filter(format -> name(format).equals(resource))
                .mapToObj(format -> writers.get(format).initialization())
                .findFirst();
    }

    MediaSegmentWriter of(int segment) {
        return writers.get(plan.format(segment));
    }
}
