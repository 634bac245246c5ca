package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether Opus is made once or for each viewer: twenty viewers of films with AAC that nobody has seen, of films with
 * Opus in the file, and of the former again, for whom their Opus is there. The kinds run side by side, each at a server
 * of its own, so that the machine is as fast for one as for the other, and change servers in each round.
 */
final class FilmCrowds {
    private static final int VIEWERS = 20;
    private static final double WHOLE_FILM_S = 31;
    /** Rounds of each kind at each server before the ones that count: the JIT's work is done by then. */
    private static final int WARM = 3;

    private static final int COUNTED = 2;

    /** A film's name without its number, and what it is. */
    private enum Kind {
        AAC("aac-", "AAC, first showing"),
        OPUS_20("opus20-", "Opus in the file, packets of 20 ms"),
        OPUS_40("opus40-", "Opus in the file, packets of 40 ms");

        private final String film;
        private final String title;

        Kind(String film, String title) {
            this.film = film;
            this.title = title;
        }
    }

    /** One server with its own load client, and what of it is measured just now. */
    private static final class Stand {
        private final Server server;
        private final LoadProcess load;
        private Window window;
        private Joined joined;

        Stand(Server server, LoadProcess load) {
            this.server = server;
            this.load = load;
        }

        void start(String film) {
            window = server.window(load);
            joined = load.join("one", server.url(), List.of("vod://" + film + ".mp4"), VIEWERS, 50);
            BenchRun.complain(joined.failures());
        }

        JsonObject end() {
            JsonObject figures = window.end();
            joined.into(figures);
            load.leave();
            return figures;
        }

        void close() throws IOException {
            server.close();
            load.end();
        }
    }

    private final List<Stand> stands = new ArrayList<>();
    private final Map<String, List<JsonObject>> showings = new LinkedHashMap<>();

    void run(BenchRun run, String name) throws IOException {
        int kinds = Kind.values().length;
        int rounds = (WARM + COUNTED) * kinds;
        try {
            for (int i = 0; i < kinds; i++) {
                stands.add(open(run, name + "-" + i, rounds));
            }
            for (int round = 0; round < rounds; round++) {
                List<String> films = new ArrayList<>();
                List<String> titles = new ArrayList<>();
                for (int i = 0; i < kinds; i++) {
                    Kind kind = Kind.values()[(i + round) % kinds];
                    films.add(kind.film + round);
                    titles.add(kind.title);
                }
                show(films, round < WARM * kinds ? null : titles);
            }
            // what each has shown as AAC in one of the last rounds
            List<String> again = new ArrayList<>();
            for (int i = 0; i < kinds; i++) {
                again.add(Kind.AAC.film + (rounds - (i == 0 ? kinds : i)));
            }
            show(again, List.of("AAC, shown again", "AAC, shown again", "AAC, shown again"));
        } finally {
            for (Stand stand : stands) {
                stand.close();
            }
        }
        showings.forEach((title, all) -> run.line(name + "/" + VIEWERS + " viewers: " + title, mean(all)));
    }

    private static Stand open(BenchRun run, String name, int rounds) throws IOException {
        Server server = Server.start(name);
        for (int round = 0; round < rounds; round++) {
            server.with(Films.halfMinute(), Kind.AAC.film + round + ".mp4")
                    .with(Films.halfMinuteOfOpus(20), Kind.OPUS_20.film + round + ".mp4")
                    .with(Films.halfMinuteOfOpus(40), Kind.OPUS_40.film + round + ".mp4");
        }
        LoadProcess load = run.newLoad();
        load.join("crowd", server.url(), List.of("vod://sample.mp4"), 100, 50);
        Pause.seconds(8);
        load.leave();
        return new Stand(server, load);
    }

    /** All stands at once. @param titles null when it is for warming up */
    private void show(List<String> films, List<String> titles) {
        for (int i = 0; i < films.size(); i++) {
            stands.get(i).start(films.get(i));
        }
        Pause.seconds(WHOLE_FILM_S);
        for (int i = 0; i < films.size(); i++) {
            JsonObject figures = stands.get(i).end();
            if (titles != null) {
                showings.computeIfAbsent(titles.get(i), title -> new ArrayList<>())
                        .add(figures);
            }
        }
        Pause.seconds(2);
    }

    /** The showing of the middle CPU time with the mean of all in its place, and the least and the most. */
    private static JsonObject mean(List<JsonObject> showings) {
        List<JsonObject> sorted = showings.stream()
                .sorted(Comparator.comparingDouble(FilmCrowds::cpu))
                .toList();
        JsonObject middle = sorted.get(sorted.size() / 2);
        double mean = showings.stream().mapToDouble(FilmCrowds::cpu).average().orElseThrow();
        middle.addProperty("leastCpuS", cpu(sorted.get(0)));
        middle.addProperty("mostCpuS", cpu(sorted.get(sorted.size() - 1)));
        middle.addProperty("serverCpuS", Figures.round(mean));
        return middle;
    }

    private static double cpu(JsonObject showing) {
        return showing.get("serverCpuS").getAsDouble();
    }
}
