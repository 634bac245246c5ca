package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;
import org.reelcast.refusal.Refusal;

/** Finds the tracks of a movie (ISO 14496-12 section 8.3). */
final class TrackList {

    private TrackList() {}

    /** Is told of tracks that cannot be read. */
    interface Damage {
        void found(String track, MediaKind kind, Refusal why);
    }

    /** The tracks of picture and sound that are the film's own. @param boxes those of the movie's header @param decodes see {@link ReadOptions} */
    static List<TrackReader> read(Window window, List<Box> boxes, boolean decodes, Damage damage) throws IOException {
        Orientation.Matrix matrix = matrix(window, Boxes.need(boxes, BoxType.MVHD, "moov"));
        List<TrackReader> tracks = new ArrayList<>();
        Set<Integer> chapters = new HashSet<>();
        int count = 0;
        for (Box box : boxes) {
            if (!box.is(BoxType.TRAK)) {
                continue;
            }
            if (++count > Limits.TRACKS) {
                throw Refusals.broken("The movie has more than " + Limits.TRACKS + " tracks");
            }
            try {
                TrackReader track = TrackReader.of(window, box, matrix, decodes);
                if (track != null && !track.isStill()) {
                    tracks.add(track);
                    chapters.addAll(track.chapters());
                }
            } catch (Refusal e) {
                damage.found("A track", TrackReader.kind(window, box), e);
            }
        }
        tracks.removeIf(track -> chapters.contains(track.id()) || track.isAuxiliary());
        return tracks;
    }

    /** How the whole movie is turned: the matrix starts 16 words before the end of its header. */
    private static Orientation.Matrix matrix(Window window, Box mvhd) throws IOException {
        return mvhd.length() < 100 ? Orientation.Matrix.UNITY : Orientation.Matrix.read(window, mvhd.end() - 64);
    }
}
