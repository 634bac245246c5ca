package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.reelcast.media.MediaKind;

/** Which of the tracks that a stream offers somebody takes: at most one of sound and one of picture. */
public interface TrackChoice {

    /** The tracks that players in real time take. */
    TrackChoice REAL_TIME = offered -> chosen(kind -> first(offered, kind, StreamTrack.Form.REAL_TIME));

    /** The tracks as the source has them; where it has them for players in real time alone, those. */
    TrackChoice ORIGINAL = offered -> chosen(kind -> first(offered, kind, StreamTrack.Form.ORIGINAL)
            .or(() -> first(offered, kind, StreamTrack.Form.REAL_TIME)));

    /** The picture alone, as the source has it if that is offered. */
    TrackChoice PICTURE = offered -> ORIGINAL.of(offered).stream().filter(StreamTrack::isVideo).toList();

    List<StreamTrack> of(List<StreamTrack> offered);

    private static List<StreamTrack> chosen(Function<MediaKind, Optional<StreamTrack>> best) {
        return java.util.stream.Stream.of(MediaKind.VIDEO, MediaKind.AUDIO).map(best).flatMap(Optional::stream).toList();
    }

    private static Optional<StreamTrack> first(List<StreamTrack> offered, MediaKind kind, StreamTrack.Form form) {
        return offered.stream().filter(track -> track.form() == form && track.isVideo() == (kind == MediaKind.VIDEO))
                .findFirst();
    }
}
