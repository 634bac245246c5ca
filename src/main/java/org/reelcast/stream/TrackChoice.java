package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import org.reelcast.media.MediaKind;

/** Which of the tracks that a stream offers somebody takes: at most one of sound and one of picture. */
public interface TrackChoice {

    /** The tracks that players in real time take. */
    TrackChoice REAL_TIME = preferring(List.of(StreamTrack.Form.REAL_TIME), List.of(StreamTrack.Form.REAL_TIME));

    /** The tracks as the source has them; where it has them for players in real time alone, those. */
    TrackChoice ORIGINAL = preferring(
            List.of(StreamTrack.Form.ORIGINAL, StreamTrack.Form.REAL_TIME),
            List.of(StreamTrack.Form.ORIGINAL, StreamTrack.Form.REAL_TIME));

    /** The picture alone, as the source has it if that is offered. */
    TrackChoice PICTURE = preferring(List.of(StreamTrack.Form.ORIGINAL, StreamTrack.Form.REAL_TIME), List.of());

    List<StreamTrack> of(List<StreamTrack> offered);

    /** Of each kind the track of the first of these forms that is offered. */
    static TrackChoice preferring(List<StreamTrack.Form> picture, List<StreamTrack.Form> sound) {
        return offered -> java.util.stream.Stream.of(
                        first(offered, MediaKind.VIDEO, picture), first(offered, MediaKind.AUDIO, sound))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<StreamTrack> first(
            List<StreamTrack> offered, MediaKind kind, List<StreamTrack.Form> forms) {
        return forms.stream()
                .flatMap(form -> offered.stream().filter(track -> track.form() == form && track.kind() == kind))
                .findFirst();
    }
}
