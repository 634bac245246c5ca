package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.reelcast.config.Keys;
import org.reelcast.e2e.harness.ReelcastProcess;

/** The product under load: {@code java -jar target/reelcast.jar} with a film in its media folder. */
public final class Server implements AutoCloseable {
    private static final int HEAP_MB = 512;
    static final int LARGE_HEAP_MB = 2048;

    private final ReelcastProcess process;
    private final GcLog gc;

    private Server(ReelcastProcess process, Path gcLog) {
        this.process = process;
        gc = new GcLog(gcLog);
    }

    /** @param more what the scenario sets beside */
    static Server start(String name, UnaryOperator<ReelcastProcess.Builder> more) throws IOException {
        Path log = Files.createDirectories(Path.of("target", "bench"))
                .toAbsolutePath()
                .resolve("gc-" + name + ".log");
        Files.deleteIfExists(log);
        ReelcastProcess process = more.apply(ReelcastProcess.builder("bench-" + name)
                        .heapMb(HEAP_MB)
                        .jvm(GcLog.option(log))
                        .set("vod_live_loop", true)
                        .set("warm_up_plays", Keys.WARM_UP_PLAYS.defaultText())
                        // everybody is taken and sent everything, whatever the load: that is what is measured
                        .set("admission_max_load", 0)
                        .set("viewer_adaptation", false))
                .start();
        return new Server(process, log);
    }

    static Server start(String name) throws IOException {
        return start(name, builder -> builder);
    }

    /** For films read by each viewer at its own pace: some seconds of film a viewer are in memory. */
    static Server startLarge(String name) throws IOException {
        return start(name, builder -> builder.heapMb(LARGE_HEAP_MB));
    }

    /** Lays a film into the media folder, under a further name. */
    Server with(Path film, String name) throws IOException {
        Files.createLink(process.mediaDir().resolve(name), film.toAbsolutePath());
        return this;
    }

    ReelcastProcess process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return process.wsUrl();
    }

    GcLog gc() {
        return gc;
    }

    JsonObject measure(LoadProcess load, double seconds) {
        return Window.measure(pid(), load, gc, seconds);
    }

    Window window(LoadProcess load) {
        return Window.start(pid(), load, gc);
    }

    @Override
    public void close() {
        process.close();
    }
}
