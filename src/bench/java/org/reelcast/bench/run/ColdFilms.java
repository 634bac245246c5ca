package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * One viewer of a film that nobody has seen, and the next one: AAC becomes Opus, B-frames are encoded away. Then twenty
 * of another such film from its start to its end, and the next twenty, whose sound is Opus already: what they cost more
 * tells whether Opus is made once or for each.
 */
final class ColdFilms implements Scenario {
    private static final double WATCHED_S = 12;
    private static final double WHOLE_FILM_S = 122;

    @Override
    public String name() {
        return "films";
    }

    @Override
    public void run(Run run) throws Exception {
        try (Server server = Server.start(name()).with(Films.plain(), "aac.mp4").with(Films.plain(), "crowd.mp4")
                .with(Films.withBFrames(), "b.mp4");
                LoadProcess load = run.load()) {
            for (int i = 0; i < 10; i++) {
                load.join("warm", server.url(), List.of("vod://sample.mp4"), 1, 50);
                load.leave();
            }
            Pause.seconds(2);
            watch(run, server, load, "aac", "AAC", 1, WATCHED_S);
            watch(run, server, load, "b", "B-frames", 1, WATCHED_S);
            Warmth.await(server, 30);
            watch(run, server, load, "crowd", "AAC, 20 viewers, whole film", 20, WHOLE_FILM_S);
        }
    }

    private void watch(Run run, Server server, LoadProcess load, String film, String line, int viewers,
            double seconds) {
        for (String state : List.of("cold", "warm")) {
            Window window = server.window(load);
            Joined joined = load.join("one", server.url(), List.of("vod://" + film + ".mp4"), viewers, 50);
            Run.complain(joined.failures());
            Pause.seconds(seconds);
            JsonObject figures = window.end();
            joined.into(figures);
            run.line(name() + "/" + line + " " + state, figures);
            load.leave();
            Pause.seconds(2);
        }
    }
}
