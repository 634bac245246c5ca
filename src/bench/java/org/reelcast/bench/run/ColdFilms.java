package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Crowds of films with AAC and with Opus; then one viewer of a film that nobody has seen, and the next one: AAC becomes
 * Opus, B-frames are encoded away.
 */
final class ColdFilms implements Scenario {
    private static final double WATCHED_S = 12;

    @Override
    public String name() {
        return "films";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        new FilmCrowds().run(run, name());
        try (Server server = Server.start(name()).with(Films.plain(), "aac.mp4").with(Films.withBFrames(), "b.mp4");
                LoadProcess load = run.load()) {
            for (int i = 0; i < 10; i++) {
                load.join("warm", server.url(), List.of("vod://sample.mp4"), 1, 50);
                load.leave();
            }
            load.join("crowd", server.url(), List.of("vod://sample.mp4"), 100, 50);
            Pause.seconds(8);
            load.leave();
            Warmth.await(server, 30);
            for (String state : List.of("cold", "warm")) {
                run.line(name() + "/AAC " + state, watch(server, load, "aac"));
                run.line(name() + "/B-frames " + state, watch(server, load, "b"));
            }
        }
    }

    private static JsonObject watch(Server server, LoadProcess load, String film) {
        Window window = server.window(load);
        Joined joined = load.join("one", server.url(), List.of("vod://" + film + ".mp4"), 1, 50);
        BenchRun.complain(joined.failures());
        Pause.seconds(WATCHED_S);
        JsonObject figures = window.end();
        joined.into(figures);
        load.leave();
        Pause.seconds(2);
        return figures;
    }
}
