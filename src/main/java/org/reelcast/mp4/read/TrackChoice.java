package org.reelcast.mp4.read;

import java.util.Comparator;
import java.util.List;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.refusal.Refusal;

/**
 * Which of a movie's tracks are played: of those of a kind that can be, those that were asked for before others,
 * enabled ones before those that are not, and then in the order of the file. A defect of one costs none of the others.
 */
final class TrackChoice {

    private TrackChoice() {}

    /**
     * @return those that can be played, the first one before the others; empty when the movie has no video
     * @throws Refusal when it has some of a codec that is not played, and no other
     */
    static <T extends TrackCandidate> List<T> video(List<T> tracks, Defects defects) throws Refusal {
        List<T> playable = playable(tracks, MediaKind.VIDEO, AudioChoice.FIRST);
        for (T track : expected(tracks, MediaKind.VIDEO)) {
            if (playable.isEmpty()
                    && !track.refusal().still()
                    && track.refusal().broken() == null) {
                throw refused(track);
            }
            note(track, defects);
        }
        return playable;
    }

    /**
     * @param wanted goes before all others
     * @return those that can be played, the first one before the others; empty when the movie has no audio that is
     * @throws Refusal when it is encrypted, or when there is nothing else to play
     */
    static <T extends TrackCandidate> List<T> audio(
            List<T> tracks, AudioChoice wanted, Defects defects, boolean hasVideo) throws Refusal {
        List<T> playable = playable(tracks, MediaKind.AUDIO, wanted);
        for (T track : expected(tracks, MediaKind.AUDIO)) {
            if (playable.isEmpty() && track.refusal().encrypted()) {
                throw refused(track);
            }
            if (playable.isEmpty() && !hasVideo) {
                throw defects.reasonOr(refused(track));
            }
            note(track, defects);
        }
        if (playable.isEmpty() && !hasVideo) {
            throw defects.reasonOr(Refusals.wrongFormat("The file has no H.264, AAC or Opus track"));
        }
        if (!wanted.isOpen() && !playable.isEmpty() && !playable.get(0).isMeantBy(wanted)) {
            defects.notes().add("The film has no sound '" + wanted.wanted() + "' that plays: its first one does");
        }
        return playable;
    }

    /** The enabled tracks of a kind; all when none is. Somebody misses them when they do not play. */
    private static <T extends TrackCandidate> List<T> expected(List<T> tracks, MediaKind kind) {
        List<T> all = tracks.stream().filter(t -> t.kind() == kind).toList();
        List<T> enabled = all.stream().filter(TrackCandidate::isEnabled).toList();
        return enabled.isEmpty() ? all : enabled;
    }

    private static <T extends TrackCandidate> List<T> playable(List<T> tracks, MediaKind kind, AudioChoice wanted) {
        return tracks.stream()
                .filter(t -> t.kind() == kind && t.refusal() == null)
                .sorted(Comparator.comparing((T track) -> !track.isMeantBy(wanted))
                        .thenComparing(track -> !track.isEnabled()))
                .toList();
    }

    private static void note(TrackCandidate track, Defects defects) {
        if (track.refusal() != null && track.refusal().broken() != null) {
            defects.found(name(track), track.kind(), track.refusal().broken());
        } else if (track.refusal() != null) {
            defects.notes().add(capital(track) + " is left out");
        }
    }

    private static Refusal refused(TrackCandidate track) {
        if (track.refusal().broken() != null) {
            return track.refusal().broken();
        }
        return Refusals.wrongFormat(capital(track) + " and cannot be played: "
                + (track.isVideo() ? "H.264" : "AAC or Opus") + " is needed");
    }

    private static String capital(TrackCandidate track) {
        return name(track) + " is " + track.refusal().what();
    }

    private static String name(TrackCandidate track) {
        return (track.isVideo() ? "Video" : "Audio") + " track " + track.id();
    }
}
