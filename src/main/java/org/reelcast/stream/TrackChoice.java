package org.reelcast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of the tracks that a stream offers somebody takes: at most one of sound and one of picture. */
public interface TrackChoice {

    /** The tracks that players in real time take. */
    TrackChoice REAL_TIME = offered -> preferring(offered, StreamTrack.Form.REAL_TIME);

    /** The tracks as the source has them; where it has them in one form alone, that one. */
    TrackChoice ORIGINAL = offered -> preferring(offered, StreamTrack.Form.ORIGINAL);

    /** The picture alone, as the source has it if that is offered. */
    TrackChoice PICTURE = offered -> ORIGINAL.of(offered).stream().filter(StreamTrack::isVideo).toList();

    List<StreamTrack> of(List<StreamTrack> offered);

    private static List<StreamTrack> preferring(List<StreamTrack> offered, StreamTrack.Form form) {
        List<StreamTrack> chosen = new ArrayList<>();
        best(offered, StreamTrack::isVideo, form).ifPresent(chosen::add);
        best(offered, track -> !track.isVideo(), form).ifPresent(chosen::add);
        return chosen;
    }

    private static Optional<StreamTrack> best(List<StreamTrack> offered, Predicate<StreamTrack> kind,
            StreamTrack.Form form) {
        return offered.stream().filter(kind).filter(track -> track.form() == form).findFirst()
                .or(() -> offered.stream().filter(kind).findFirst());
    }
}
