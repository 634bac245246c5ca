package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.bench.linux.ProcFs;

/** wrk, which asks for one address over and over by some connections, and what a server's CPU that costs. */
final class Wrk {
    private static final int CONNECTIONS = 32;
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)s");
    private static final Pattern OTHERS = Pattern.compile("(Non-2xx or 3xx responses: \\d+|Socket errors: .*)");

    private Wrk() {}

    /** @param server whose CPU is measured */
    static JsonObject measure(long server, String url, int seconds) throws IOException {
        double cpu = ProcFs.cpuSeconds(server);
        double idle = ProcFs.idleSeconds();
        Process wrk = new ProcessBuilder(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", url))
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        cpu = ProcFs.cpuSeconds(server) - cpu;
        idle = ProcFs.idleSeconds() - idle;
        Matcher requests = REQUESTS.matcher(said);
        if (!requests.find()) {
            throw new IOException("wrk says: " + said);
        }
        Matcher others = OTHERS.matcher(said);
        if (others.find()) {
            System.out.println("  " + url + ": " + others.group(1));
        }
        double count = Double.parseDouble(requests.group(1));
        JsonObject figures = new JsonObject();
        figures.addProperty("requestsS", Math.round(count / Double.parseDouble(requests.group(2))));
        figures.addProperty("requestsSCore", Math.round(count / cpu));
        figures.addProperty("usARequest", Figures.round(cpu * 1e6 / count));
        figures.addProperty(
                "idle", Figures.round(idle / seconds / Runtime.getRuntime().availableProcessors()));
        return figures;
    }
}
