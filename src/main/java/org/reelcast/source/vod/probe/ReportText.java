package org.reelcast.source.vod.probe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reelcast.rendition.film.FilmReport;
import org.reelcast.rendition.film.Handling;
import org.reelcast.rendition.film.TrackReport;

/** Reports on films as people read them. */
final class ReportText {

    private ReportText() {}

    /** The film, a line each track, warning and cure. */
    static List<String> of(FilmReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.name() + ": "
                + report.refusal()
                        .map(why -> Handling.REFUSED.words() + ". " + why)
                        .orElse(report.handling().words()));
        report.tracks().forEach(track -> lines.add("  " + line(track)));
        report.warnings().forEach(warning -> lines.add("  Warning: " + warning));
        report.cure().ifPresent(command -> lines.add("  Cure: " + command));
        return lines;
    }

    private static String line(TrackReport track) {
        String start = track.name() + ": ";
        return track.webrtc().equals(track.segments())
                ? start + track.webrtc().words()
                : start + "WebRTC " + track.webrtc().words() + "; HLS, DASH and MSE "
                        + track.segments().words();
    }

    /** How many there are of each. */
    static String sum(List<FilmReport> reports) {
        Map<Handling, Long> counts = reports.stream()
                .collect(Collectors.groupingBy(
                        FilmReport::handling, () -> new EnumMap<>(Handling.class), Collectors.counting()));
        return reports.size()
                + (reports.size() == 1 ? " film: " : " films: ")
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().words())
                        .collect(Collectors.joining(", "));
    }
}
