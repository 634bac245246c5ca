package org.reelcast.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.reelcast.e2e.harness.PeerStats;

/**
 * How a film played.
 *
 * @param end       the stream's last status and info
 * @param frames    pictures of the film
 * @param decoded   pictures that the browser decoded
 * @param width     of the last picture
 * @param reducedTo what the server showed of the film for want of time to encode all of it; empty for all
 * @param freezes   as Chromium counts them
 * @param stillS    how long the picture stood still in them, in s
 * @param energy    of the sound that was played out, 0 = silence
 * @param lipSyncMs sound's media time less picture's at one moment; NaN without one of them
 * @param soundLateMs by how much later than sound came the browser began to play it; it is behind by as much then, and
 *                  makes up for it by 60 to 70 ms a second
 * @param first     the first showing, when this is the second; null when it is not
 * @param stats     all that the browser said, for messages
 */
record MatrixResult(
        MatrixFilm film,
        String end,
        int frames,
        long decoded,
        int width,
        String reducedTo,
        long freezes,
        double stillS,
        double energy,
        double lipSyncMs,
        double soundLateMs,
        MatrixResult first,
        String stats) {
    private static final double DECODED_SHARE = 0.95;
    private static final double LIP_SYNC_LIMIT_MS = 60;
    /** Chromium's decoder takes longer to start at large pictures. */
    private static final double STILL_LIMIT_S = 1;

    static MatrixResult of(MatrixFilm film, String end, PeerStats stats, String reducedTo) {
        boolean both = film.hasPicture() && film.hasSound();
        return new MatrixResult(
                film,
                end,
                film.hasPicture() ? film.frames() : 0,
                stats.framesDecoded(),
                film.hasPicture() ? stats.width() : 0,
                reducedTo,
                stats.freezes(),
                stats.freezes() > 0 ? stats.freezeSeconds() : 0,
                stats.audioEnergy(),
                both ? stats.lipSyncMs() : Double.NaN,
                stats.soundLateMs(),
                null,
                stats.toString());
    }

    /** This one as the second showing. */
    MatrixResult after(MatrixResult first) {
        return new MatrixResult(
                film, end, frames, decoded, width, "", freezes, stillS, energy, lipSyncMs, soundLateMs, first, stats);
    }

    /** Whether viewers did not get all of the film. */
    boolean isReduced() {
        return !reducedTo.isEmpty();
    }

    /** What is wrong, one sentence each; nothing when the film played well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!end.equals("STOPPED Stopped by publisher stop")) {
            problems.add("it ended with " + end);
        }
        if (!film.mayFall() && decoded < DECODED_SHARE * frames) {
            problems.add("only " + decoded + " of " + frames + " pictures were decoded");
        }
        if (stillS > STILL_LIMIT_S) {
            problems.add(String.format(Locale.ROOT, "its picture stood still for %.1f s", stillS));
        }
        if (first != null && first.isReduced() && width < film.width()) {
            problems.add("it was not shown in full when it was encoded: its pictures were " + width + " wide");
        }
        if (film.hasPicture() && decoded == 0) {
            problems.add("no picture came");
        }
        if (film.hasSound() && !(energy > 0)) {
            problems.add("it was silent");
        }
        if (!Double.isNaN(lipSyncMs) && Math.abs(lipSyncMs) > LIP_SYNC_LIMIT_MS) {
            problems.add(String.format(Locale.ROOT, "its sound was %.0f ms ahead of its picture", lipSyncMs));
        }
        return problems;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-22s %4d/%4d decoded, %d wide%s, %d freezes (%.2f s), energy %.4f, "
                        + "lip sync %4.0f ms, sound begun after %4.0f ms, %s",
                film.name(),
                decoded,
                frames,
                width,
                isReduced() ? " (reduced)" : "",
                freezes,
                stillS,
                energy,
                lipSyncMs,
                soundLateMs,
                end);
    }
}
