package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether Opus is made once or for each viewer: twenty viewers of films with AAC that nobody has seen, of the same ones
 * again, for whom their Opus is there, and of the same films with Opus in the file; several of each kind by turns, on a
 * server that has played others of all kinds. Then one viewer of a film that nobody has seen, and the next one: AAC
 * becomes Opus, B-frames are encoded away.
 */
final class ColdFilms implements Scenario {
    private static final int ROUNDS = 3;
    private static final int VIEWERS = 20;
    private static final double WATCHED_S = 12;
    private static final double WHOLE_FILM_S = 31;
    private static final String AAC = "aac-";
    private static final String OPUS_20 = "opus20-";
    private static final String OPUS_40 = "opus40-";
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(AAC, "AAC, first showing",
            OPUS_20, "Opus in the file, packets of 20 ms", OPUS_40, "Opus in the file, packets of 40 ms"));

    @Override
    public String name() {
        return "films";
    }

    @Override
    public void run(Run run) throws Exception {
        try (Server server = Server.start(name()).with(Films.plain(), "aac.mp4").with(Films.withBFrames(), "b.mp4");
                LoadProcess load = run.load()) {
            // the first is for warming up
            for (int round = 0; round <= ROUNDS; round++) {
                layOut(server, round);
            }
            for (int i = 0; i < 10; i++) {
                load.join("warm", server.url(), List.of("vod://sample.mp4"), 1, 50);
                load.leave();
            }
            load.join("crowd", server.url(), List.of("vod://sample.mp4"), 100, 50);
            Pause.seconds(8);
            load.leave();
            for (String kind : KINDS.keySet()) {
                watch(server, load, kind + 0, VIEWERS, WHOLE_FILM_S);
            }
            Warmth.await(server, 30);
            Map<String, List<JsonObject>> showings = new LinkedHashMap<>();
            List<String> kinds = new ArrayList<>(KINDS.keySet());
            for (int round = 1; round <= ROUNDS; round++) {
                for (String kind : kinds) {
                    show(server, load, kind + round, KINDS.get(kind), showings);
                }
                // none is always the first
                Collections.rotate(kinds, 1);
            }
            show(server, load, AAC + ROUNDS, "AAC, shown again", showings);
            showings.forEach((kind, all) -> run.line(name() + "/" + VIEWERS + " viewers: " + kind, median(all)));
            for (String state : List.of("cold", "warm")) {
                run.line(name() + "/AAC " + state, watch(server, load, "aac", 1, WATCHED_S));
                run.line(name() + "/B-frames " + state, watch(server, load, "b", 1, WATCHED_S));
            }
        }
    }

    /** A film of each kind under names of its own: to the server they are films that it has never seen. */
    private static void layOut(Server server, int round) throws IOException {
        server.with(Films.halfMinute(), AAC + round + ".mp4")
                .with(Films.halfMinuteOfOpus(20), OPUS_20 + round + ".mp4")
                .with(Films.halfMinuteOfOpus(40), OPUS_40 + round + ".mp4");
    }

    private static void show(Server server, LoadProcess load, String film, String kind,
            Map<String, List<JsonObject>> showings) {
        showings.computeIfAbsent(kind, k -> new ArrayList<>()).add(watch(server, load, film, VIEWERS, WHOLE_FILM_S));
    }

    private static JsonObject watch(Server server, LoadProcess load, String film, int viewers, double seconds) {
        Window window = server.window(load);
        Joined joined = load.join("one", server.url(), List.of("vod://" + film + ".mp4"), viewers, 50);
        Run.complain(joined.failures());
        Pause.seconds(seconds);
        JsonObject figures = window.end();
        joined.into(figures);
        load.leave();
        Pause.seconds(2);
        return figures;
    }

    /** The showing of the middle CPU time, with the least and the most of all. */
    private static JsonObject median(List<JsonObject> showings) {
        List<JsonObject> sorted = showings.stream().sorted(Comparator.comparingDouble(ColdFilms::cpu)).toList();
        JsonObject middle = sorted.get(sorted.size() / 2);
        middle.addProperty("leastCpuS", cpu(sorted.get(0)));
        middle.addProperty("mostCpuS", cpu(sorted.get(sorted.size() - 1)));
        return middle;
    }

    private static double cpu(JsonObject showing) {
        return showing.get("serverCpuS").getAsDouble();
    }
}
