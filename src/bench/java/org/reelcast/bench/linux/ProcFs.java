package org.reelcast.bench.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux tells of a process and of the machine. */
public final class ProcFs {
    private static final Path PROC = Path.of("/proc");
    private static final int TICKS_A_SECOND = 100;

    private ProcFs() {}

    /** CPU seconds that a process has used, its ended threads and its system calls included; to 10 ms. */
    public static double cpuSeconds(long pid) {
        String stat = read(PROC.resolve(pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
    }

    /**
     * User and system CPU seconds of a process' living threads, those of one kind together: by name without numbers, of
     * which Linux keeps 15 letters.
     */
    public static Map<String, double[]> threadSeconds(long pid) {
        Map<String, double[]> times = new HashMap<>();
        try (Stream<Path> tasks = Files.list(PROC.resolve(pid + "/task"))) {
            for (Path task : tasks.toList()) {
                Path file = task.resolve("stat");
                if (Files.isReadable(file)) {
                    addThread(read(file), times);
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            return times;
        }
        return times;
    }

    private static void addThread(String stat, Map<String, double[]> times) {
        String name =
                stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#]+[0-9].*", "");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double[] both = times.computeIfAbsent(name, each -> new double[2]);
        both[0] += Long.parseLong(fields[11]) / (double) TICKS_A_SECOND;
        both[1] += Long.parseLong(fields[12]) / (double) TICKS_A_SECOND;
    }

    /** Resident megabytes. */
    public static double residentMb(long pid) {
        return read(PROC.resolve(pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Seconds of idle CPU since the machine started, all cores together. */
    public static double idleSeconds() {
        String[] fields = read(PROC.resolve("stat"))
                .lines()
                .findFirst()
                .orElseThrow()
                .trim()
                .split("\\s+");
        return (Long.parseLong(fields[4]) + Long.parseLong(fields[5])) / (double) TICKS_A_SECOND;
    }

    /** A kernel limit such as {@code net/core/rmem_max}, empty when this kernel has none. */
    public static String limit(String name) {
        return Files.isReadable(PROC.resolve("sys/" + name))
                ? read(PROC.resolve("sys/" + name)).trim()
                : "";
    }

    /** A line's value in {@code /proc/cpuinfo} or the like. */
    public static String value(String file, String name) {
        return read(PROC.resolve(file))
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(Path file) {
        try {
            return String.join("\n", Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark reads " + file + ", which Linux has", e);
        }
    }

    /** Whether this system has what is read here. */
    public static boolean isThere() {
        return List.of("self/stat", "stat", "self/status").stream().allMatch(f -> Files.isReadable(PROC.resolve(f)));
    }
}
