package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.ProcessUsage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.rendition.GeneratedMedia;

/**
 * Viewers come and go over 50 films for half an hour, or {@code -Dsoak.minutes}, at a server with 256 MB of heap and a
 * cache too small for all films. What it holds at the end is what it held after a while. Run by {@code mvn verify
 * -Psoak}; prints a chart and draws it in {@code target/soak.svg}.
 */
class Soak {
    private static final int HEAP_MB = 256;
    private static final int SAMPLES = 60;
    private static final long MIN_STEP_MS = 3000;

    private final SoakSeries heap = new SoakSeries("live heap, MB", 6);
    private final SoakSeries resident = new SoakSeries("resident, MB", 30);
    private final SoakSeries handles = new SoakSeries("file handles", 12);
    private final SoakSeries threads = new SoakSeries("threads", 10);
    private final List<SoakSeries> all = List.of(heap, resident, handles, threads);

    @Test
    void viewersComeAndGo_nothingGrows() throws Exception {
        long minutes = Long.getLong("soak.minutes", 30);
        long stepMs = Math.max(MIN_STEP_MS, TimeUnit.MINUTES.toMillis(minutes) / SAMPLES);
        try (ReelcastProcess server = ReelcastProcess.builder("soak")
                .heapMb(HEAP_MB)
                .set("cache_max_mb", 8)
                .set("vod_stream_timeout", 2000)
                .start()) {
            List<String> films = SoakFilms.put(server);
            try (SoakViewers viewers = new SoakViewers(server, films)) {
                long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
                while (System.nanoTime() < end) {
                    Thread.sleep(stepMs);
                    sample(server.pid());
                }
                System.out.printf("%d viewers in %d minutes%n", viewers.watched(), minutes);
                assertEquals(List.of(), List.copyOf(viewers.failures()));
            } finally {
                all.forEach(System.out::println);
                SoakChart.write(Path.of("target", "soak.svg"), all);
            }
            new RestClient(server).awaitNoStreams(Duration.ofSeconds(20));
        }
        all.forEach(series -> assertTrue(series.isFlat(), series::toString));
    }

    private void sample(long pid) throws IOException {
        heap.add(liveBytes(pid) / 1e6);
        ProcessUsage usage = ProcessUsage.of(pid);
        resident.add(residentKb(pid) / 1e3);
        handles.add(usage.descriptors());
        threads.add(usage.threads());
    }

    /** The histogram's last line; the JDK's jcmd collects all garbage first. */
    static double liveBytes(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String total = GeneratedMedia.run(List.of(jcmd, Long.toString(pid), "GC.class_histogram"))
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(total.trim().split("\\s+")[2]);
    }

    static double residentKb(long pid) throws IOException {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.replaceAll("\\D", ""));
    }
}
