package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.util.List;

/** Browsers that publish and are recorded. The figures are of the server, as all others: receiving, and writing MP4. */
final class Publishers implements Scenario {
    /** 25 frames of so many bytes a second are a megabit. */
    private static final int FRAME_BYTES = 5000;

    @Override
    public String name() {
        return "publishers";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        try (Server server = Server.start(name());
                LoadProcess load = run.load()) {
            load.publish(server.url(), "warm", 10, FRAME_BYTES, true);
            Pause.seconds(5);
            Warmth.await(server, run.quick() ? 10 : 30);
            load.unpublish();
            Pause.seconds(3);
            int present = 0;
            for (int publishers : List.of(1, 10, 30)) {
                BenchRun.complain(load.publish(server.url(), "camera", publishers - present, FRAME_BYTES, true));
                present = publishers;
                Pause.seconds(2);
                Warmth.await(server, 8);
                JsonObject window = server.measure(load, 8);
                JsonObject figures = new JsonObject();
                for (String name : List.of("serverCores", "clientCores", "idle", "rssMb", "gcPauses", "gcLongestMs")) {
                    figures.add(name, window.get(name));
                }
                figures.addProperty("publishers", publishers);
                figures.addProperty(
                        "coreAPublisher",
                        Figures.round(window.get("serverCores").getAsDouble() / publishers));
                run.line(name() + "/" + publishers, figures);
            }
            load.unpublish();
        }
    }
}
