package org.reelcast.rendition.film;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a film plays, told without playing it.
 *
 * @param name     of the film, as it was asked for
 * @param seconds  it lasts, as far as its index says; 0 when it does not
 * @param tracks   of picture and sound; empty when it is refused
 * @param warnings what a user should know, in sentences
 * @param refusal  why it does not play, a sentence; empty when it does
 * @param cure     the cheapest command that makes it play, or play better; empty when nothing is to be cured, or by none
 */
public record FilmReport(
        String name,
        double seconds,
        List<TrackReport> tracks,
        List<String> warnings,
        Optional<String> refusal,
        Optional<String> cure) {

    static FilmReport refused(String name, String why, Optional<String> cure) {
        return new FilmReport(name, 0, List.of(), List.of(), Optional.of(why), cure);
    }

    /** That of something which is no film, or cannot be opened. */
    public static FilmReport refused(String name, String why) {
        return refused(name, why, Optional.empty());
    }

    /** What becomes of the track that costs most: of all of it, by WebRTC. */
    public Handling handling() {
        return refusal.isPresent()
                ? Handling.REFUSED
                : tracks.stream()
                        .filter(track ->
                                track.track().played() && track.track().kind().isVideo())
                        .findFirst()
                        .or(() -> tracks.stream()
                                .filter(track -> track.track().played())
                                .findFirst())
                        .map(track -> track.webrtc().how())
                        .orElse(Handling.REFUSED);
    }

    /** Cores of this machine that are busy while it plays for the first time, by WebRTC. */
    public double cores() {
        return tracks.stream().mapToDouble(track -> track.webrtc().cores()).sum();
    }

    /** All of it in one line. */
    public String summary() {
        return refusal.map(why -> "refused: " + why)
                .orElseGet(() -> tracks.stream()
                        .sorted(Comparator.comparing(
                                track -> !track.track().kind().isVideo()))
                        .map(track -> track.name() + " " + track.webrtc().words())
                        .collect(Collectors.joining(", ")));
    }
}
