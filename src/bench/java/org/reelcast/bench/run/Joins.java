package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/** How fast and how cheaply viewers come in: one by one at an idle server, and a crowd. */
final class Joins implements Scenario {
    private static final List<String> LIVE = List.of("vod-live://film.mp4");
    private static final List<String> PERSONAL = List.of("vod://film.mp4");
    private static final int CROWD = 200;

    @Override
    public String name() {
        return "joins";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.start(name()).with(Films.plain(), "film.mp4");
                LoadProcess load = run.load()) {
            load.join("stays", server.url(), LIVE, 1, 1);
            crowd(run, server, load, CROWD, "first 200, in a second");
            warmUp(run, server, load);
            int plays = run.quick() ? 20 : 40;
            oneByOne(run, server, load, LIVE, plays, "live one by one");
            oneByOne(run, server, load, PERSONAL, plays, "personal one by one");
            crowd(run, server, load, 50, "50 in a second");
            crowd(run, server, load, CROWD, "200 in a second");
        }
    }

    /** The JIT's part of a join is half of it up to some hundred joins, and goes on shrinking for thousands. */
    private static void warmUp(BenchRun run, Server server, LoadProcess load) {
        for (int round = 0; round < (run.quick() ? 2 : 8); round++) {
            BenchRun.complain(load.join("warm", server.url(), LIVE, CROWD, 60).failures());
            Pause.seconds(3);
            load.leave("warm");
        }
        for (int play = 0; play < 10; play++) {
            load.join("warm", server.url(), PERSONAL, 1, 50);
            load.leave("warm");
        }
        Pause.seconds(1);
        Warmth.await(server, 20);
    }

    private void oneByOne(BenchRun run, Server server, LoadProcess load, List<String> stream, int plays, String line) {
        Joined all = new Joined(List.of(), List.of(), List.of());
        for (int play = 0; play < plays; play++) {
            all = all.and(load.join("single", server.url(), stream, 1, 1000));
            load.leave("single");
            // anywhere between two frames
            Pause.seconds(0.1 + play % 7 * 0.011);
        }
        BenchRun.complain(all.failures());
        JsonObject figures = new JsonObject();
        all.into(figures);
        run.line(name() + "/" + line, figures);
    }

    /**
     * CPU a join is what the server used from the first one to a second after the last, less what as many packets cost
     * in the steady seconds that follow.
     */
    private void crowd(BenchRun run, Server server, LoadProcess load, int viewers, String line) {
        Window window = server.window(load);
        Joined joined = load.join("crowd", server.url(), LIVE, viewers, viewers);
        BenchRun.complain(joined.failures());
        Pause.seconds(1);
        JsonObject joining = window.end();
        Pause.seconds(1);
        Warmth.await(server, 8);
        JsonObject steady = server.measure(load, 5);
        double extra = joining.get("serverCpuS").getAsDouble()
                - joining.get("packets").getAsDouble() * steady.get("usAPacket").getAsDouble() / 1e6;
        JsonObject figures = new JsonObject();
        joined.into(figures);
        figures.addProperty(
                "cpuMsAJoin",
                Figures.round(extra * 1000 / Math.max(1, joined.firstKeyMs().size())));
        figures.add("idle", joining.get("idle"));
        figures.add("lost", joining.get("lost"));
        figures.add("clientCores", joining.get("clientCores"));
        figures.add("serverCores", joining.get("serverCores"));
        figures.add("usAPacket", steady.get("usAPacket"));
        figures.add("threads", joining.get("threads"));
        run.line(name() + "/" + line, figures);
        load.leave("crowd");
        Pause.seconds(2);
    }
}
