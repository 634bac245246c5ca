package org.reelcast.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All lines that were ever measured, the newest of each name: a run of some scenarios replaces theirs alone. Kept as
 * JSON; each line knows when, at what commit and how it was measured.
 */
public final class Results {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeSpecialFloatingPointValues()
            .create();

    private final Path file;
    private final String commit;
    private final String how;
    private final Map<String, JsonObject> lines = new TreeMap<>();

    private Results(Path file, String commit, String how) {
        this.file = file;
        this.commit = commit;
        this.how = how;
    }

    /**
     * @param file   read when it is there
     * @param commit of the sources that are measured
     * @param how    the kind of run, such as quick
     */
    public static Results open(Path file, String commit, String how) throws IOException {
        Results results = new Results(file, commit, how);
        if (Files.exists(file)) {
            JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            all.entrySet()
                    .forEach(line ->
                            results.lines.put(line.getKey(), line.getValue().getAsJsonObject()));
        }
        return results;
    }

    /** Puts a line in the place of an older one of this name. */
    public void put(String id, JsonObject figures) {
        figures.addProperty(
                "date", LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")));
        figures.addProperty("commit", commit);
        figures.addProperty("how", how);
        lines.put(id, figures);
    }

    /** A line's figures. */
    public Optional<JsonObject> line(String id) {
        return Optional.ofNullable(lines.get(id));
    }

    /** The lines of a scenario, without its name. */
    public List<String> names(String scenario) {
        return lines.keySet().stream()
                .filter(id -> id.startsWith(scenario + "/"))
                .map(id -> id.substring(scenario.length() + 1))
                .toList();
    }

    /** One number of a line, NaN when there is none. */
    public double number(String id, String figure) {
        return line(id).filter(line -> line.has(figure) && !line.get(figure).isJsonNull())
                .map(line -> line.get(figure).getAsDouble())
                .orElse(Double.NaN);
    }

    public void save() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JsonObject all = new JsonObject();
        lines.forEach(all::add);
        Files.writeString(file, GSON.toJson(all) + "\n");
    }
}
