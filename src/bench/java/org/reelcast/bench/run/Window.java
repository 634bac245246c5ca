package org.reelcast.bench.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.Map;
import org.reelcast.bench.linux.ProcFs;

/** A stretch of steady load: CPU of server and client, idle time of the machine, what the viewers got. */
public final class Window {
    /** With less idle time than this part of the machine a figure is marked: somebody waited for a core. */
    public static final double LITTLE_IDLE = 0.05;

    private final long server;
    private final LoadProcess load;
    private final GcLog gc;
    private final double serverCpu;
    private final double loadCpu;
    private final double idle;
    private final Map<String, double[]> threads;
    private final long startNs;

    private Window(long server, LoadProcess load, GcLog gc) {
        this.server = server;
        this.load = load;
        this.gc = gc;
        if (gc != null) {
            gc.mark();
        }
        load.mark();
        idle = ProcFs.idleSeconds();
        loadCpu = ProcFs.cpuSeconds(load.pid());
        threads = ProcFs.threadSeconds(server);
        serverCpu = ProcFs.cpuSeconds(server);
        startNs = System.nanoTime();
    }

    /** @param gc null when the server is no JVM */
    static Window start(long server, LoadProcess load, GcLog gc) {
        return new Window(server, load, gc);
    }

    /** Measures for so long. */
    static JsonObject measure(long server, LoadProcess load, GcLog gc, double seconds) {
        Window window = start(server, load, gc);
        Pause.seconds(seconds);
        return window.end();
    }

    /** CPU seconds of the server so far. */
    double serverCpu() {
        return ProcFs.cpuSeconds(server) - serverCpu;
    }

    JsonObject end() {
        double cpu = serverCpu();
        double seconds = (System.nanoTime() - startNs) / 1e9;
        double client = ProcFs.cpuSeconds(load.pid()) - loadCpu;
        double free =
                (ProcFs.idleSeconds() - idle) / seconds / Runtime.getRuntime().availableProcessors();
        JsonObject figures = load.report();
        double packets = figures.get("packets").getAsDouble();
        double gbit = figures.get("bytes").getAsDouble() * 8 / 1e9;
        figures.addProperty("seconds", Figures.round(seconds));
        figures.addProperty("serverCpuS", Figures.round(cpu));
        figures.addProperty("serverCores", Figures.round(cpu / seconds));
        figures.addProperty("clientCores", Figures.round(client / seconds));
        figures.addProperty("idle", Figures.round(free));
        figures.addProperty("usAPacket", Figures.round(cpu * 1e6 / packets));
        figures.addProperty(
                "usAViewerS", Figures.round(cpu * 1e6 / (figures.get("viewers").getAsDouble() * seconds)));
        figures.addProperty("cpuSAGbit", Figures.round(cpu / gbit));
        figures.addProperty("gbitS", Figures.round(gbit / seconds));
        figures.addProperty("packetsS", Math.round(packets / seconds));
        figures.addProperty("rssMb", Figures.round(ProcFs.residentMb(server)));
        if (gc != null) {
            gc.into(figures);
        }
        figures.add("threads", threads(cpu));
        return figures;
    }

    /** The parts of the server's CPU by kind of thread, user and system, those of 1 % and more. */
    private JsonArray threads(double cpu) {
        Map<String, double[]> now = ProcFs.threadSeconds(server);
        JsonArray parts = new JsonArray();
        now.entrySet().stream()
                .map(thread -> part(thread.getKey(), thread.getValue(), cpu))
                .filter(part ->
                        part.get("user").getAsDouble() + part.get("system").getAsDouble() >= 0.01)
                .sorted(Comparator.comparingDouble(part ->
                        -part.get("user").getAsDouble() - part.get("system").getAsDouble()))
                .forEach(parts::add);
        return parts;
    }

    private JsonObject part(String name, double[] now, double cpu) {
        double[] before = threads.getOrDefault(name, new double[2]);
        JsonObject part = new JsonObject();
        part.addProperty("thread", name);
        part.addProperty("user", Math.max(0, (now[0] - before[0]) / cpu));
        part.addProperty("system", Math.max(0, (now[1] - before[1]) / cpu));
        return part;
    }
}
