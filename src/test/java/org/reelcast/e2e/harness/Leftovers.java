package org.reelcast.e2e.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether a server has let go of everything its clients made it take: threads, files, sockets, memory. Take it
 * after the same clients have come and gone once, so that pools and caches are as full as they get.
 */
public final class Leftovers {
    private static final Duration LIMIT = Duration.ofSeconds(45);
    /** Room for pools of the application server and the JVM that breathe by themselves. */
    private static final int SLACK = 8;

    private static final String OURS = "org.reelcast.";
    /**
     * Films' renditions are kept for the next viewer; whoever held a frame beside them would show by itself. Requests
     * to upgrade stay with those of the container, which pools them: as many as there were connections at once.
     */
    private static final List<String> KEPT = List.of(
            "org.reelcast.codec.",
            "org.reelcast.rendition.",
            "org.reelcast.media.",
            "org.reelcast.rest.PortFilter$Unresolved");

    private final ReelcastProcess server;
    private final ProcessUsage usageBefore;
    private final Map<String, Integer> objectsBefore;

    private Leftovers(ReelcastProcess server) {
        this.server = server;
        usageBefore = ProcessUsage.of(server.pid());
        objectsBefore = liveObjects(server.pid());
    }

    public static Leftovers since(ReelcastProcess server) {
        return new Leftovers(server);
    }

    /**
     * Waits until all is released.
     *
     * @param clients how many came and went meanwhile: a class of the product that has grown by half as many live
     *                objects, or more, is held by something
     */
    public void assertNone(int clients) {
        Await.until(
                LIMIT,
                () -> isReleased(ProcessUsage.of(server.pid())),
                () -> "Before " + usageBefore + ", after " + ProcessUsage.of(server.pid()));
        Await.until(LIMIT, () -> grown(clients / 2).isEmpty(), () -> "Still held in memory: " + grown(clients / 2));
    }

    private boolean isReleased(ProcessUsage now) {
        return now.filesBelow(server.mediaDir()).isEmpty()
                && now.ownThreads() <= usageBefore.ownThreads() + SLACK
                && now.descriptors() <= usageBefore.descriptors() + SLACK;
    }

    private Map<String, Integer> grown(int by) {
        Map<String, Integer> grown = new TreeMap<>();
        liveObjects(server.pid()).forEach((type, count) -> {
            int more = count - objectsBefore.getOrDefault(type, 0);
            if (more >= by) {
                grown.put(type, more);
            }
        });
        return grown;
    }

    /** The JDK's jcmd collects all garbage and counts what remains. */
    private static Map<String, Integer> liveObjects(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Map<String, Integer> counts = new HashMap<>();
        Tools.output(List.of(jcmd, Long.toString(pid), "GC.class_histogram"))
                .lines()
                .forEach(line -> {
                    String[] columns = line.trim().split("\\s+");
                    if (columns.length >= 4
                            && columns[3].startsWith(OURS)
                            && KEPT.stream().noneMatch(columns[3]::startsWith)) {
                        counts.put(columns[3], Integer.parseInt(columns[1]));
                    }
                });
        if (counts.isEmpty()) {
            throw new IllegalStateException("No object of the product in the histogram of process " + pid);
        }
        return counts;
    }
}
