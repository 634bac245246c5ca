package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;
import org.reelcast.bench.linux.ProcFs;

/** Viewers by MSE beside as many by WebRTC, of one broadcast at one server; and when the first ones see a picture. */
final class MseViewers implements Scenario {
    private static final String STREAM = "vod-live://film.mp4";
    private static final int VIEWERS = 50;
    private static final int ONE_BY_ONE = 10;

    @Override
    public String name() {
        return "mse";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.start(name()).with(Films.round(), "film.mp4");
                LoadProcess load = run.load()) {
            BenchRun.complain(load.join("warm", server.url(), List.of(STREAM), VIEWERS, 50)
                    .failures());
            BenchRun.complain(
                    Joined.texts(load.playMse(server.url(), STREAM, VIEWERS, 50).getAsJsonArray("failures")));
            Warmth.await(server, run.quick() ? 10 : 40);
            load.leave();
            load.leaveSegments();
            first(run, server, load);
            byMse(run, server, load);
            BenchRun.complain(
                    load.join("all", server.url(), List.of(STREAM), VIEWERS, 50).failures());
            Pause.seconds(2);
            run.line(name() + "/WebRTC, " + VIEWERS, server.measure(load, seconds(run)));
            load.leave();
        }
    }

    private static double seconds(BenchRun run) {
        return run.quick() ? 6 : 15;
    }

    private void first(BenchRun run, Server server, LoadProcess load) {
        JsonObject joined = load.playMse(server.url(), STREAM, ONE_BY_ONE, 2);
        BenchRun.complain(Joined.texts(joined.getAsJsonArray("failures")));
        List<Double> times = joined.getAsJsonArray("firstPictureMs").asList().stream()
                .map(time -> time.getAsDouble())
                .toList();
        JsonObject figures = new JsonObject();
        figures.addProperty("firstPictureP50Ms", Figures.round(Joined.percentile(times, 0.5)));
        figures.addProperty("firstPictureMaxMs", Figures.round(Joined.percentile(times, 1)));
        figures.addProperty("joined", times.size());
        run.line(name() + "/first picture", figures);
        load.leaveSegments();
    }

    private void byMse(BenchRun run, Server server, LoadProcess load) {
        BenchRun.complain(
                Joined.texts(load.playMse(server.url(), STREAM, VIEWERS, 50).getAsJsonArray("failures")));
        Pause.seconds(2);
        double seconds = seconds(run);
        double cpu = ProcFs.cpuSeconds(server.pid());
        long bytes = load.mseBytes();
        double idle = ProcFs.idleSeconds();
        Pause.seconds(seconds);
        JsonObject figures = new JsonObject();
        cpu = ProcFs.cpuSeconds(server.pid()) - cpu;
        double gbit = (load.mseBytes() - bytes) * 8 / 1e9;
        figures.addProperty("serverCores", Figures.round(cpu / seconds));
        figures.addProperty("gbitS", Figures.round(gbit / seconds));
        figures.addProperty("cpuSAGbit", Figures.round(cpu / gbit));
        figures.addProperty(
                "idle",
                Figures.round((ProcFs.idleSeconds() - idle)
                        / seconds
                        / Runtime.getRuntime().availableProcessors()));
        load.leaveSegments();
        run.line(name() + "/MSE, " + VIEWERS, figures);
    }
}
