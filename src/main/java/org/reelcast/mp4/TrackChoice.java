package org.reelcast.mp4;

import java.util.List;
import org.reelcast.refusal.Refusal;

/**
 * Which of a movie's tracks are played: the first enabled one of each kind, the first when none is enabled. Sound that
 * is broken does not cost the picture.
 */
final class TrackChoice {

    private TrackChoice() {
    }

    /**
     * @return those that can be played, the first one before the others; empty when the movie has no video
     * @throws Refusal when it has, and none is H.264
     */
    static List<TrackReader> video(List<TrackReader> tracks, List<String> notes) throws Refusal {
        List<TrackReader> candidates = candidates(tracks, true);
        List<TrackReader> playable = playable(candidates);
        for (TrackReader track : candidates) {
            if (playable.isEmpty() && !track.refusal().still()) {
                throw refused(track);
            }
            note(track, notes);
        }
        return playable;
    }

    /**
     * @return those that can be played, the first one before the others; empty when the movie has no audio that is
     * @throws Refusal when it is encrypted, or when there is nothing else to play
     */
    static List<TrackReader> audio(List<TrackReader> tracks, List<String> notes, boolean hasVideo) throws Refusal {
        List<TrackReader> candidates = candidates(tracks, false);
        List<TrackReader> playable = playable(candidates);
        for (TrackReader track : candidates) {
            if (playable.isEmpty() && (!hasVideo || track.refusal().encrypted())) {
                throw refused(track);
            }
            note(track, notes);
        }
        if (playable.isEmpty() && !hasVideo) {
            throw Refusals.wrongFormat("The file has no H.264, AAC or Opus track");
        }
        return playable;
    }

    private static List<TrackReader> candidates(List<TrackReader> tracks, boolean video) {
        List<TrackReader> all = tracks.stream().filter(t -> t.isVideo() == video).toList();
        List<TrackReader> enabled = all.stream().filter(TrackReader::isEnabled).toList();
        return enabled.isEmpty() ? all : enabled;
    }

    private static List<TrackReader> playable(List<TrackReader> candidates) {
        return candidates.stream().filter(t -> t.refusal() == null).toList();
    }

    private static void note(TrackReader track, List<String> notes) {
        if (track.refusal() != null) {
            notes.add(capital(track) + " is left out");
        }
    }

    private static Refusal refused(TrackReader track) {
        if (track.refusal().broken() != null) {
            return track.refusal().broken();
        }
        return Refusals.wrongFormat(capital(track) + " and cannot be played: "
                + (track.isVideo() ? "H.264" : "AAC or Opus") + " is needed");
    }

    private static String capital(TrackReader track) {
        return (track.isVideo() ? "Video" : "Audio") + " track " + track.id() + " is " + track.refusal().what();
    }
}
