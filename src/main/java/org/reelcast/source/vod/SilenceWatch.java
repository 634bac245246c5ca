package org.reelcast.source.vod;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Finds out when nothing comes of a film's picture, or of its sound, for a while in which the file has something to
 * show and the other goes on: nobody can decode it, and whoever watches is to know. For the thread that reads.
 */
final class SilenceWatch {
    /** So long nothing may come. */
    static final long PATIENCE_US = 2_000_000;
    /** Frames may come as much after what was shown with them, and last as long. */
    private static final long SLACK_US = 500_000;

    private final Film film;
    private final Consumer<String> listener;
    private final boolean[] open;
    /** Since when nothing has come that should have, by track; on the timeline of all passes. */
    private final long[] sinceUs;

    private final boolean[] silent;

    /** @param listener is told in a sentence what does not come, and null when all does again */
    SilenceWatch(Film film, Consumer<String> listener) {
        this.film = film;
        this.listener = listener;
        int tracks = film.tracks().size();
        this.open = new boolean[tracks];
        this.sinceUs = new long[tracks];
        this.silent = new boolean[tracks];
    }

    /** A track is read from {@code timeUs} on. */
    void opened(int track, long timeUs) {
        closed(track);
        open[track] = true;
        sinceUs[track] = timeUs;
    }

    /** A track is read no more. */
    void closed(int track) {
        open[track] = false;
        spoke(track);
    }

    /** A frame of a track came. @param passUs how long a pass of the film is; 0 when it is shown once */
    void came(int track, long timeUs, long passUs) {
        sinceUs[track] = Math.max(sinceUs[track], timeUs);
        spoke(track);
        for (int other = 0; other < open.length; other++) {
            if (open[other]
                    && !silent[other]
                    && isVideo(other) != isVideo(track)
                    && timeUs - sinceUs[other] >= PATIENCE_US) {
                look(other, timeUs, passUs);
            }
        }
    }

    private void spoke(int track) {
        if (silent[track]) {
            silent[track] = false;
            say();
        }
    }

    private void look(int track, long timeUs, long passUs) {
        long untilUs = timeUs - SLACK_US;
        long passStartUs = passUs > 0 ? Math.floorDiv(sinceUs[track], passUs) * passUs : 0;
        if (film.tracks()
                .get(track)
                .rendition()
                .brings(sinceUs[track] - passStartUs + SLACK_US, untilUs - passStartUs)) {
            silent[track] = true;
            say();
        }
        sinceUs[track] = untilUs;
    }

    private void say() {
        List<Boolean> kinds = IntStream.range(0, silent.length)
                .filter(track -> silent[track])
                .mapToObj(this::isVideo)
                .toList();
        listener.accept(
                kinds.isEmpty()
                        ? null
                        : (kinds.get(0) ? "No picture" : "No sound")
                                + " has come for 2 s: none of the film's can be decoded");
    }

    private boolean isVideo(int track) {
        return film.tracks().get(track).isVideo();
    }
}
