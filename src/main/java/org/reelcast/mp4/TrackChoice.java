package org.reelcast.mp4;

import java.util.Comparator;
import java.util.List;
import org.reelcast.refusal.Refusal;

/**
 * Which of a movie's tracks are played: of those of a kind that can be, those that were asked for before others,
 * enabled ones before those that are not, and then in the order of the file. Sound that is broken does not cost the picture.
 */
final class TrackChoice {

    private TrackChoice() {
    }

    /**
     * @return those that can be played, the first one before the others; empty when the movie has no video
     * @throws Refusal when it has, and none is H.264
     */
    static List<TrackReader> video(List<TrackReader> tracks, Notes notes) throws Refusal {
        List<TrackReader> playable = playable(tracks, true, SoundChoice.FIRST);
        for (TrackReader track : expected(tracks, true)) {
            if (playable.isEmpty() && !track.refusal().still()) {
                throw refused(track);
            }
            note(track, notes);
        }
        return playable;
    }

    /**
     * @param wanted goes before all others
     * @return those that can be played, the first one before the others; empty when the movie has no audio that is
     * @throws Refusal when it is encrypted, or when there is nothing else to play
     */
    static List<TrackReader> audio(List<TrackReader> tracks, SoundChoice wanted, Notes notes, boolean hasVideo)
            throws Refusal {
        List<TrackReader> playable = playable(tracks, false, wanted);
        for (TrackReader track : expected(tracks, false)) {
            if (playable.isEmpty() && (!hasVideo || track.refusal().encrypted())) {
                throw refused(track);
            }
            note(track, notes);
        }
        if (playable.isEmpty() && !hasVideo) {
            throw Refusals.wrongFormat("The file has no H.264, AAC or Opus track");
        }
        if (!wanted.isOpen() && !playable.isEmpty() && !playable.get(0).isMeantBy(wanted)) {
            notes.add("The film has no sound '" + wanted.wanted() + "' that plays: its first one does");
        }
        return playable;
    }

    /** The enabled tracks of a kind; all when none is. Somebody misses them when they do not play. */
    private static List<TrackReader> expected(List<TrackReader> tracks, boolean video) {
        List<TrackReader> all = tracks.stream().filter(t -> t.isVideo() == video).toList();
        List<TrackReader> enabled = all.stream().filter(TrackReader::isEnabled).toList();
        return enabled.isEmpty() ? all : enabled;
    }

    private static List<TrackReader> playable(List<TrackReader> tracks, boolean video, SoundChoice wanted) {
        return tracks.stream().filter(t -> t.isVideo() == video && t.refusal() == null)
                .sorted(Comparator.comparing((TrackReader track) -> !track.isMeantBy(wanted))
                        .thenComparing(track -> !track.isEnabled()))
                .toList();
    }

    private static void note(TrackReader track, Notes notes) {
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
