package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Twenty viewers of a film that nobody has seen, from its start to its end, the next twenty, for whom its Opus is there,
 * and twenty of the same film with Opus in the file: whether Opus is made once or for each. Then one viewer of another
 * such film, and the next one: AAC becomes Opus, B-frames are encoded away.
 */
final class ColdFilms implements Scenario {
    private static final double WATCHED_S = 12;
    private static final double WHOLE_FILM_S = 61;

    @Override
    public String name() {
        return "films";
    }

    @Override
    public void run(Run run) throws Exception {
        try (Server server = Server.start(name()).with(Films.plain(), "aac.mp4").with(Films.minute(), "crowd.mp4")
                .with(Films.minuteOfOpus(), "opus.mp4").with(Films.withBFrames(), "b.mp4");
                LoadProcess load = run.load()) {
            for (int i = 0; i < 10; i++) {
                load.join("warm", server.url(), List.of("vod://sample.mp4"), 1, 50);
                load.leave();
            }
            load.join("crowd", server.url(), List.of("vod://sample.mp4"), 100, 50);
            Pause.seconds(8);
            load.leave();
            Warmth.await(server, 30);
            watch(run, server, load, "crowd", "20 viewers of a minute, AAC cold", 20, WHOLE_FILM_S);
            watch(run, server, load, "crowd", "20 viewers of a minute, AAC warm", 20, WHOLE_FILM_S);
            watch(run, server, load, "opus", "20 viewers of a minute, Opus in the file", 20, WHOLE_FILM_S);
            for (String state : List.of("cold", "warm")) {
                watch(run, server, load, "aac", "AAC " + state, 1, WATCHED_S);
                watch(run, server, load, "b", "B-frames " + state, 1, WATCHED_S);
            }
        }
    }

    private void watch(Run run, Server server, LoadProcess load, String film, String line, int viewers,
            double seconds) {
        Window window = server.window(load);
        Joined joined = load.join("one", server.url(), List.of("vod://" + film + ".mp4"), viewers, 50);
        Run.complain(joined.failures());
        Pause.seconds(seconds);
        JsonObject figures = window.end();
        joined.into(figures);
        run.line(name() + "/" + line, figures);
        load.leave();
        Pause.seconds(2);
    }
}
