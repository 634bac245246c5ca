package org.reelcast.bench.report;

import com.google.gson.JsonObject;
import org.reelcast.bench.linux.ProcFs;

/** What the figures were measured on, and the kernel's limits that matter. */
public final class Machine {
    private Machine() {}

    /** The machine as a line of the results. */
    public static JsonObject line() {
        JsonObject machine = new JsonObject();
        machine.addProperty("Processor", ProcFs.value("cpuinfo", "model name"));
        machine.addProperty("Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.addProperty("Memory", ProcFs.value("meminfo", "MemTotal"));
        machine.addProperty(
                "Kernel",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        machine.addProperty("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.addProperty("net.core.rmem_max", limit("net/core/rmem_max"));
        machine.addProperty("net.core.wmem_max", limit("net/core/wmem_max"));
        machine.addProperty("net.core.netdev_max_backlog", limit("net/core/netdev_max_backlog"));
        return machine;
    }

    private static String limit(String name) {
        String value = ProcFs.limit(name);
        return value.isEmpty() ? "not readable" : value;
    }

    static String table(JsonObject machine) {
        StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
        machine.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("how") && !entry.getKey().equals("commit"))
                .forEach(entry -> table.append("| ")
                        .append(entry.getKey())
                        .append(" | ")
                        .append(entry.getValue().getAsString())
                        .append(" |\n"));
        return table.toString();
    }
}
