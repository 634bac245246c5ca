package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;
import org.reelcast.bench.linux.ProcFs;

/** One broadcast, ever more viewers. */
final class VodLive implements Scenario {
    private static final List<String> STREAM = List.of("vod-live://film.mp4");
    private static final int WARM_UP = 200;

    @Override
    public String name() {
        return "vod-live";
    }

    @Override
    public void run(Run run) throws Exception {
        try (Server server = Server.start(name()).with(Films.plain(), "film.mp4"); LoadProcess load = run.load()) {
            load.join("warm", server.url(), STREAM, WARM_UP, 50);
            Pause.seconds(5);
            Warmth.await(server, run.quick() ? 15 : 30);
            load.leave();
            Pause.seconds(2);
            double residentBefore = ProcFs.residentMb(server.pid());
            int present = 0;
            for (int viewers : run.quick() ? List.of(50, 200) : List.of(10, 50, 200, 500, 1000)) {
                Joined joined = load.join("all", server.url(), STREAM, viewers - present, 100);
                present = viewers;
                Run.complain(joined.failures());
                Pause.seconds(2);
                Warmth.await(server, run.quick() ? 6 : 16);
                JsonObject figures = server.measure(load, run.quick() ? 6 : 8);
                joined.into(figures);
                figures.addProperty("memoryAViewerKb", Figures.round(
                        (figures.get("rssMb").getAsDouble() - residentBefore) * 1024 / viewers));
                run.line(name() + "/" + viewers, figures);
            }
        }
    }
}
