package org.reelcast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the matrix found, as a page of the documentation. */
final class MatrixTable {
    static final Path FILE = Path.of("docs", "formats.md");
    private static final String HEAD = """
            # What plays

            Each of these films was played in Chromium by `mvn verify -Pmatrix -Dmatrix.table=true -Dit.test=MatrixIT`,
            which makes them with ffmpeg and wrote this table. Unless it says otherwise a film is 4 s (4K: 12 s) of
            320x240, 30 frames a second, main profile without B-frames, AAC-LC stereo at 48 kHz, its index first.
            "Decoded" counts the browser's pictures against the film's.

            Lip sync is sound's media time less picture's at one moment (`estimatedPlayoutTimestamp`), the median of the
            whole play.

            "360 at 1920x1080, then 354 of 360" is a film that the machine, two cores for server and browser, cannot
            decode, encode without B-frames and decode again as fast as it is shown: its first viewers see it smaller,
            while all of it is encoded in the background for the next (`vod_bframes_fallback`). 4K at 60 frames a second
            may fall to what the machine sustains. Any other film with two figures did not play well the first time,
            and counts by the second.

            """;

    private MatrixTable() {
    }

    static void write(Collection<MatrixResult> results) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        String group = "";
        for (MatrixResult result : results) {
            MatrixFilm film = result.film();
            if (!film.group().equals(group)) {
                group = film.group();
                page.append(page.toString().endsWith("\n\n") ? "" : "\n")
                        .append("## ").append(group).append("\n\n")
                        .append("| film | | decoded | sound | lip sync |\n|---|---|---|---|---|\n");
            }
            page.append(String.format(Locale.ROOT, "| `%s` | %s | %s | %s | %s |%n", film.name(),
                    film.says(), decoded(result),
                    film.hasSound() ? "yes" : "", Double.isNaN(result.lipSyncMs()) ? ""
                            : String.format(Locale.ROOT, "%.0f ms", result.lipSyncMs())));
        }
        Files.writeString(FILE, page);
    }

    private static String decoded(MatrixResult result) {
        if (result.frames() == 0) {
            return "";
        }
        MatrixResult first = result.first();
        return (first == null ? "" : shown(first) + ", then ") + shown(result) + " of " + result.frames();
    }

    private static String shown(MatrixResult result) {
        return result.decoded() + (result.isReduced() ? " at " + result.reducedTo() : "");
    }

    /** The films that the page lists, in its order. */
    static List<String> names() throws IOException {
        return Files.readAllLines(FILE).stream().filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3))).toList();
    }
}
