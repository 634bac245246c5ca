package org.reelcast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the matrix found, as a page of the documentation. */
final class MatrixTable {
    static final Path FILE = Path.of("docs", "formats.md");
    /** Where the first table starts; what stands before is written by hand. */
    private static final Pattern TABLES = Pattern.compile("(?m)^## .*\\n\\n\\| film ");

    private MatrixTable() {}

    static void write(Collection<MatrixResult> results) throws IOException {
        StringBuilder page = new StringBuilder(head(Files.readString(FILE)));
        String group = "";
        for (MatrixResult result : results) {
            MatrixFilm film = result.film();
            if (!film.group().equals(group)) {
                group = film.group();
                page.append(page.toString().endsWith("\n\n") ? "" : "\n")
                        .append("## ")
                        .append(group)
                        .append("\n\n")
                        .append("| film | | decoded | sound | lip sync |\n|---|---|---|---|---|\n");
            }
            page.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s | %s |%n",
                    film.name(),
                    film.says(),
                    decoded(result),
                    film.hasSound() ? "yes" : "",
                    Double.isNaN(result.lipSyncMs()) ? "" : String.format(Locale.ROOT, "%.0f ms", result.lipSyncMs())));
        }
        Files.writeString(FILE, page);
    }

    private static String head(String page) {
        Matcher tables = TABLES.matcher(page);
        return tables.find() ? page.substring(0, tables.start()) : page;
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
        return Files.readAllLines(FILE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }
}
