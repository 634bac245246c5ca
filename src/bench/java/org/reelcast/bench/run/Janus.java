package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import org.reelcast.bench.linux.ProcFs;

/** The same film to the same viewers by Janus, in the same run: absolute figures are the machine's, ratios are not. */
final class Janus implements Scenario {
    private static final int VIEWERS = 100;

    @Override
    public String name() {
        return "janus";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        if (!JanusProcess.isInstalled()) {
            System.out.println("  Janus is not installed: apt-get install --no-install-recommends janus");
            return;
        }
        try (JanusProcess janus = new JanusProcess(Films.plain());
                LoadProcess load = run.load()) {
            Pause.seconds(3);
            double residentBefore = ProcFs.residentMb(janus.pid());
            Joined joined = load.joinJanus("all", janus.url(), JanusProcess.STREAM, VIEWERS, 20);
            BenchRun.complain(joined.failures());
            if (joined.firstKeyMs().isEmpty()) {
                throw new IllegalStateException("No viewer of Janus got a picture");
            }
            Pause.seconds(3);
            JsonObject figures = Window.measure(janus.pid(), load, null, 8);
            joined.into(figures);
            figures.addProperty(
                    "memoryAViewerKb",
                    Figures.round((figures.get("rssMb").getAsDouble() - residentBefore) * 1024 / VIEWERS));
            run.line(name() + "/" + VIEWERS, figures);
        }
    }
}
