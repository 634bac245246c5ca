package org.reelcast.source.vod;

import java.util.Optional;
import org.reelcast.mp4.read.AudioChoice;

/**
 * Where a film is, and which of its sounds plays: {@code film.mp4?audio=de} is the sound of that language or number of
 * {@code film.mp4}, unless a file has that very name.
 *
 * @param file what stands before the choice
 */
record FilmAddress(String file, AudioChoice sound) {
    private static final String CHOICE = "?audio=";

    /** The address apart; empty when there is no choice in it: then all of it is a file's name. */
    static Optional<FilmAddress> withChoice(String location) {
        int at = location.lastIndexOf(CHOICE);
        String wanted = at < 0 ? "" : location.substring(at + CHOICE.length());
        return at > 0 && AudioChoice.isOne(wanted)
                ? Optional.of(new FilmAddress(location.substring(0, at), new AudioChoice(wanted)))
                : Optional.empty();
    }
}
