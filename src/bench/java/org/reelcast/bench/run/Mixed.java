package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/** All at once: a broadcast, personal films, one that is being encoded, cameras that are recorded. */
final class Mixed implements Scenario {
    private static final int FRAME_BYTES = 5000;

    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.startLarge(name())
                        .with(Films.plain(), "film.mp4")
                        .with(Films.withBFrames(), "b.mp4");
                LoadProcess load = run.load()) {
            load.join("live", server.url(), List.of("vod-live://film.mp4"), 100, 50);
            load.publish(server.url(), "camera", 5, FRAME_BYTES, true);
            Pause.seconds(8);
            Joined joined = load.join("personal", server.url(), List.of("vod://film.mp4"), 50, 25);
            load.join("encoded", server.url(), List.of("vod://b.mp4"), 1, 1);
            BenchRun.complain(joined.failures());
            Pause.seconds(4);
            Window window = server.window(load);
            Pause.seconds(8);
            JsonObject live = load.report("live");
            JsonObject figures = window.end();
            joined.into(figures);
            figures.add("lateP999LiveMs", live.get("videoLateP999Ms"));
            figures.add("lostLive", live.get("lost"));
            run.line(name() + "/100 live, 50 personal, 1 B-frame film, 5 cameras recorded", figures);
            load.unpublish();
        }
    }
}
