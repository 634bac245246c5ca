package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** Viewers with a timeline of their own, all of one file, and spread over fifty. */
final class Personal implements Scenario {
    private static final List<String> ONE = List.of("vod://film.mp4");
    private static final int CROWD = 500;
    private static final List<String> FIFTY =
            IntStream.range(0, 50).mapToObj(i -> "vod://film" + i + ".mp4").toList();

    @Override
    public String name() {
        return "personal";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.startLarge(name()).with(Films.plain(), "film.mp4");
                LoadProcess load = run.load()) {
            // a crowd first, as the broadcast has it: the JIT's work for it is no cost of those who are counted
            BenchRun.complain(load.join("warm", server.url(), ONE, run.quick() ? CROWD / 2 : CROWD, 60)
                    .failures());
            Pause.seconds(5);
            Warmth.await(server, run.quick() ? 15 : 40);
            load.leave();
            Pause.seconds(2);
            int present = 0;
            for (int viewers : run.quick() ? List.of(200) : List.of(10, 50, 200, 500)) {
                Joined joined = load.join("all", server.url(), ONE, viewers - present, 100);
                present = viewers;
                BenchRun.complain(joined.failures());
                line(run, server, load, "one file, " + viewers, joined);
            }
            load.leave();
            if (!run.quick()) {
                fiftyFiles(run, server, load);
            }
        }
    }

    /** Cold means that the files' sound has never been made into Opus; all are played out once for the warm line. */
    private void fiftyFiles(BenchRun run, Server server, LoadProcess load) throws Exception {
        for (int i = 0; i < FIFTY.size(); i++) {
            server.with(Films.plain(), "film" + i + ".mp4");
        }
        for (String state : List.of("cold", "warm")) {
            Joined joined = load.join("fifty", server.url(), FIFTY, 200, 40);
            BenchRun.complain(joined.failures());
            line(run, server, load, "fifty files " + state + ", 200", joined);
            load.leave();
            Pause.seconds(3);
        }
    }

    private void line(BenchRun run, Server server, LoadProcess load, String line, Joined joined) {
        Pause.seconds(2);
        Warmth.await(server, 12);
        JsonObject figures = server.measure(load, 8);
        joined.into(figures);
        run.line(name() + "/" + line, figures);
    }
}
