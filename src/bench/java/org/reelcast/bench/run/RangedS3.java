package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.reelcast.storage.s3.server.S3Server;

/** A film in an S3 store that checks signatures, read by ranges. The store runs in this process, not the server's. */
final class RangedS3 implements Scenario {
    @Override
    public String name() {
        return "s3";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        S3Server store = S3Server.start(emptied(Path.of("target", "bench", "s3").toAbsolutePath()));
        store.bucket("films");
        for (String key : List.of("warm.mp4", "film.mp4")) {
            store.put("films", key, Films.plain());
        }
        try (store;
                Server server = Server.start(
                        name(),
                        builder -> builder.heapMb(Server.LARGE_HEAP_MB)
                                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                                .set("s3_endpoint", "http://127.0.0.1:" + store.port()));
                LoadProcess load = run.load()) {
            load.join("warm", server.url(), List.of("vod://s3/films/warm.mp4"), 20, 10);
            Pause.seconds(5);
            load.leave();
            Pause.seconds(2);
            line(run, server, load, "cold, 1", 1);
            line(run, server, load, "warm, 50", 50);
        }
    }

    /** Without what an earlier run left there. */
    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return folder;
    }

    private void line(BenchRun run, Server server, LoadProcess load, String line, int viewers) {
        Joined joined = load.join("all", server.url(), List.of("vod://s3/films/film.mp4"), viewers, 50);
        BenchRun.complain(joined.failures());
        Pause.seconds(2);
        JsonObject figures = server.measure(load, 8);
        joined.into(figures);
        run.line(name() + "/" + line, figures);
        load.leave();
        Pause.seconds(2);
    }
}
