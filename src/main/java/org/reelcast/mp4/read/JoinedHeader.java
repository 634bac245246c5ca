package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Window;

/**
 * A second movie header among the fragments: another film was joined behind. When it describes the tracks that play as
 * the first one does, its fragments go on with them; otherwise the film ends there, as nothing behind can be decoded by
 * what is known.
 */
final class JoinedHeader {
    private static final Logger LOG = Logger.getLogger(JoinedHeader.class.getName());

    /** What has to be the same of a track. */
    private record Signature(MediaKind kind, long timescale, long description, TrackDefaults defaults) {}

    private final Map<Integer, Signature> tracks;
    private final long ownStart;
    private final String film;
    private final Notes notes;

    /** @param ownStart where the film's own header is, which may stand behind fragments */
    JoinedHeader(List<TrackReader> tracks, MovieExtends extension, long ownStart, String film, Notes notes)
            throws IOException {
        this.tracks = signatures(tracks, extension);
        this.ownStart = ownStart;
        this.film = film;
        this.notes = notes;
    }

    private static Map<Integer, Signature> signatures(List<TrackReader> tracks, MovieExtends extension)
            throws IOException {
        Map<Integer, Signature> signatures = new HashMap<>();
        for (TrackReader track : tracks) {
            signatures.put(
                    track.id(),
                    new Signature(
                            track.kind(), track.timescale(), track.description(), extension.defaults(track.id())));
        }
        return signatures;
    }

    boolean isOwn(Box moov) {
        return moov.start() == ownStart;
    }

    /** Whether what follows goes on with the tracks that play; when not, that is said. */
    boolean goesOn(Window window, Box moov, List<FragmentTarget> playing) {
        boolean same = isSame(window, moov, playing);
        String what = "Another film is joined to it at byte " + moov.start() + ", in another format: it ends there";
        if (!same && notes.add(what)) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {film, what});
        }
        return same;
    }

    private boolean isSame(Window window, Box moov, List<FragmentTarget> playing) {
        try {
            List<Box> boxes = Boxes.children(window, moov);
            Box mvex = Boxes.first(boxes, BoxType.MVEX);
            if (mvex == null) {
                return false;
            }
            Map<Integer, Signature> others = signatures(
                    TrackList.read(window, boxes, true, (track, kind, why) -> {}), MovieExtends.read(window, mvex));
            return playing.stream()
                    .allMatch(track -> tracks.get(track.trackId()).equals(others.get(track.trackId())));
        } catch (IOException e) {
            // one that cannot be read describes nothing as the first one does
            return false;
        }
    }
}
