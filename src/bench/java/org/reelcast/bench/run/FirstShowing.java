package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.bench.linux.ProcFs;

/**
 * One viewer of a 1080p film with B-frames that nobody has seen, then another one: by the best encoder of the machine, and
 * by the one that comes with the server. Beside FFmpeg, which encodes it at the same quality.
 */
final class FirstShowing {
    private static final String QUANTIZER = "26";

    private FirstShowing() {}

    static void run(BenchRun run, String scenario) throws Exception {
        double floor = floor(run);
        for (String encoder : List.of("auto", "bundled")) {
            try (Server server = Server.start(scenario, builder -> builder.set("encoder", encoder))
                            .with(Films.fullHd(), "film.mp4");
                    LoadProcess load = run.load()) {
                load.join("warm", server.url(), List.of("vod://sample.mp4"), 4, 50);
                Pause.seconds(4);
                load.leave();
                Warmth.await(server, 30);
                for (String showing : List.of("first", "second")) {
                    run.line(
                            scenario + "/1080p with B-frames, encoder=" + encoder + ", " + showing + " showing",
                            showing(server, load, showing.equals("first") ? floor : Double.NaN));
                }
            }
        }
    }

    /** All of the film is encoded while it plays. */
    private static JsonObject showing(Server server, LoadProcess load, double floor) throws Exception {
        double before = ProcFs.cpuSeconds(server.pid());
        Joined joined = load.join("one", server.url(), List.of("vod://film.mp4"), 1, 50);
        BenchRun.complain(joined.failures());
        Pause.seconds(Films.FULL_HD_S);
        JsonObject figures = Figures.beside((ProcFs.cpuSeconds(server.pid()) - before) / Films.FULL_HD_S, floor);
        joined.into(figures);
        load.leave();
        Pause.seconds(2);
        return figures;
    }

    private static double floor(BenchRun run) throws Exception {
        List<String> command = new ArrayList<>(StreamsOfStreams.realTime(List.of(Films.fullHd())));
        command.addAll(List.of("-c:v", StreamsOfStreams.X264, "-preset", "superfast", "-tune", "zerolatency"));
        command.addAll(List.of("-threads", "1", "-bf", "0", "-qp", QUANTIZER));
        command.addAll(List.of("-c:a", "libopus", "-b:a", "128k", "-f", "null", "-"));
        Process ffmpeg = new ProcessBuilder(command).inheritIO().start();
        try {
            return StreamsOfStreams.cores(run, ffmpeg.pid());
        } finally {
            ffmpeg.destroyForcibly();
        }
    }
}
