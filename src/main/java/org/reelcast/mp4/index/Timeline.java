package org.reelcast.mp4.index;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.refusal.Refusal;

/**
 * From a track's own times to microseconds on the movie's presentation timeline, by its edit list (ISO 14496-12
 * section 8.6.6). Every time is converted by itself, so rounding errors do not add up.
 *
 * <p>Empty edits and dwells are pauses, other edits pieces of the media in the order of the media. An edit that goes
 * back, to show something a second time, ends the list: what follows it is not shown.
 */
public final class Timeline {
    /** 31 years: no film has a time beyond. Keeps all sums far from overflow. */
    private static final long MAX_SECONDS = 1_000_000_000L;
    /** A movie time scale whose unit is shorter than any frame. */
    private static final long FINE = 240;

    private static final long MAX_US = MAX_SECONDS * 1_000_000;

    /**
     * One entry of an edit list.
     *
     * @param duration  in the movie's time scale; 0: to the end
     * @param mediaTime in the track's time scale; -1: nothing is shown
     * @param dwell     whether one picture stands still
     */
    public record Edit(long duration, long mediaTime, boolean dwell) {}

    private record Piece(long mediaStart, long mediaEnd, long startUs) {}

    private final long timescale;
    private final Piece[] pieces;

    private Timeline(long timescale, List<Piece> pieces) {
        this.timescale = timescale;
        this.pieces = pieces.toArray(new Piece[0]);
    }

    /**
     * @param edits     empty when the track has no edit list
     * @param openEnded whether the last edit lasts to the end of the media whatever it says: so in fragmented movies,
     *                  whose edit lists know only the first fragment
     * @throws Refusal when an edit starts beyond all reason
     */
    public static Timeline of(List<Edit> edits, long movieTimescale, long timescale, boolean openEnded) throws Refusal {
        List<Piece> pieces = new ArrayList<>();
        long movieTime = 0;
        long mediaEnd = 0;
        for (Edit edit : edits) {
            if (edit.mediaTime() >= 0 && !edit.dwell()) {
                if (edit.mediaTime() > maxTime(timescale)) {
                    throw Refusals.broken("An edit shows the media time " + edit.mediaTime());
                }
                long length = edit.duration() == 0 ? Limits.TIME : scale(edit.duration(), timescale, movieTimescale);
                long end = edit.mediaTime() + length;
                if (edit.mediaTime() < mediaEnd
                        && !abuts(pieces, edit, mediaEnd, scale(1, timescale, movieTimescale))) {
                    break;
                }
                pieces.add(new Piece(edit.mediaTime(), end, startUs(movieTime, movieTimescale)));
                mediaEnd = end;
            }
            movieTime = Math.min(Limits.TIME, movieTime + Math.min(Limits.TIME, edit.duration()));
        }
        if (pieces.isEmpty()) {
            pieces.add(new Piece(0, Long.MAX_VALUE, 0));
        } else {
            Piece last = pieces.get(pieces.size() - 1);
            // durations are rounded to the movie's time scale: a coarse one may not cost the last samples
            long slack = movieTimescale < FINE ? scale(1, timescale, movieTimescale) : 0;
            long end = openEnded ? Long.MAX_VALUE : last.mediaEnd + slack;
            pieces.set(pieces.size() - 1, new Piece(last.mediaStart, end, last.startUs));
        }
        return new Timeline(timescale, pieces);
    }

    /**
     * Whether a piece that seems to start before the last one's end follows on: durations are rounded to the movie's
     * time scale, so much is no going back. The last one then ends where it starts.
     */
    private static boolean abuts(List<Piece> pieces, Edit edit, long mediaEnd, long slack) {
        Piece last = pieces.get(pieces.size() - 1);
        if (edit.mediaTime() <= last.mediaStart || edit.mediaTime() < mediaEnd - slack) {
            return false;
        }
        pieces.set(pieces.size() - 1, new Piece(last.mediaStart, edit.mediaTime(), last.startUs));
        return true;
    }

    /** The same timeline {@code us} microseconds earlier. */
    public Timeline earlier(long us) {
        List<Piece> earlier = new ArrayList<>();
        for (Piece piece : pieces) {
            earlier.add(new Piece(piece.mediaStart, piece.mediaEnd, piece.startUs - us));
        }
        return new Timeline(timescale, earlier);
    }

    private static long startUs(long movieTime, long movieTimescale) throws Refusal {
        if (movieTime / movieTimescale > MAX_SECONDS) {
            throw Refusals.broken("An edit starts " + movieTime / movieTimescale + " s into the movie");
        }
        return toUs(movieTime, movieTimescale);
    }

    /** The largest time that a track of this time scale may name. */
    public static long maxTime(long timescale) {
        return Math.min(Limits.TIME, timescale * MAX_SECONDS);
    }

    /** {@code value * to / from}, rounded up, no more than {@link Limits#TIME}. */
    private static long scale(long value, long to, long from) {
        double estimate = (double) value * to / from;
        if (estimate >= Limits.TIME) {
            return Limits.TIME;
        }
        long whole = value / from;
        return whole * to + (value % from * to + from - 1) / from;
    }

    /** {@code time / timescale} in microseconds, to the nearest. */
    public static long toUs(long time, long timescale) {
        long seconds = Math.floorDiv(time, timescale);
        long rest = time - seconds * timescale;
        return seconds * 1_000_000 + (rest * 1_000_000 + timescale / 2) / timescale;
    }

    private Piece at(long media) {
        for (int i = 0; i < pieces.length - 1; i++) {
            if (media < pieces[i].mediaEnd) {
                return pieces[i];
            }
        }
        return pieces[pieces.length - 1];
    }

    /** The time at which what is at {@code media} is shown; negative for what lies before the first edit. */
    public long presentationUs(long media) {
        Piece piece = at(media);
        return piece.startUs + toUs(media - piece.mediaStart, timescale);
    }

    /** The decode time that goes with the presentation time {@code media}: moved as far as that is. */
    public long decodeUs(long decode, long media) {
        Piece piece = at(media);
        return piece.startUs + toUs(decode - piece.mediaStart, timescale);
    }

    /** Whether nothing of a sample is shown. */
    public boolean isCut(long media, long duration) {
        Piece piece = at(media);
        return media < piece.mediaStart && media + duration <= piece.mediaStart || media >= piece.mediaEnd;
    }

    /** Whether nothing is shown of the media from there on. */
    public boolean isPastEnd(long media) {
        return media >= pieces[pieces.length - 1].mediaEnd;
    }

    /** When the edit starts that shows what is at {@code media}, or the next one when none does. */
    public long editStartUs(long media) {
        return at(media).startUs;
    }

    /** A media time not before what is shown at {@code timeUs}, and no more than a few units after. */
    public long mediaTime(long timeUs) {
        Piece piece = pieces[0];
        for (Piece later : pieces) {
            if (later.startUs <= timeUs) {
                piece = later;
            }
        }
        long us = Math.min(timeUs - piece.startUs, MAX_US);
        long seconds = Math.floorDiv(us, 1_000_000);
        long rest = us - seconds * 1_000_000;
        double estimate = (double) seconds * timescale;
        if (estimate >= Limits.TIME) {
            return Limits.TIME;
        }
        return piece.mediaStart + seconds * timescale + rest * timescale / 1_000_000 + 1 + timescale / 1_000_000;
    }

    /** When a track whose last sample ends at {@code mediaEnd} ends. */
    public long endUs(long mediaEnd) {
        Piece last = pieces[pieces.length - 1];
        for (Piece piece : pieces) {
            if (mediaEnd > piece.mediaStart) {
                last = piece;
            }
        }
        return Math.max(0, last.startUs + toUs(Math.min(mediaEnd, last.mediaEnd) - last.mediaStart, timescale));
    }
}
