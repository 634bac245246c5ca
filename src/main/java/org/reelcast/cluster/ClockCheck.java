package org.reelcast.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.reelcast.cluster.grid.Node;
import org.reelcast.loop.AnyThread;

/**
 * How the clocks of the nodes differ, since a broadcast shows what the time of day says. Each other node is asked some
 * times what its clock says; the exchange that took least is the truest (Cristian 1989).
 */
@AnyThread
final class ClockCheck {
    static final String TOPIC = "clock";
    /** From here on viewers of two nodes could tell. */
    static final long NOTICED_US = 100_000;
    /** From here on a clock is wrong, not inexact. */
    static final long WRONG_US = 1_000_000;

    private static final Logger LOG = Logger.getLogger(ClockCheck.class.getName());
    private static final int EXCHANGES = 5;

    private final Cluster cluster;
    private final LongSupplier timeOfDayUs;
    private final LongSupplier monotonicUs;
    private final Map<String, Long> offsets = new ConcurrentHashMap<>();
    private volatile boolean told;

    /** How another clock differs from ours, by an exchange that took so long. */
    private record Reading(long offsetUs, long tookUs) {}

    ClockCheck(Cluster cluster, LongSupplier timeOfDayUs, LongSupplier monotonicUs) {
        this.cluster = cluster;
        this.timeOfDayUs = timeOfDayUs;
        this.monotonicUs = monotonicUs;
    }

    /** From now on others are told what this clock says. */
    void start() {
        cluster.answer(TOPIC, nothing -> Long.toString(timeOfDayUs.getAsLong()));
    }

    /** Asks all others. Returns at once; one question to each node after the other. */
    void measure() {
        offsets.keySet().removeIf(node -> !cluster.has(node));
        cluster.nodes().stream()
                .filter(node -> !node.self())
                .forEach(node -> ask(node.id(), new Reading(0, Long.MAX_VALUE), EXCHANGES));
    }

    private void ask(String node, Reading best, int left) {
        long sentUs = monotonicUs.getAsLong();
        cluster.ask(node, TOPIC, "").thenAccept(text -> {
            long tookUs = monotonicUs.getAsLong() - sentUs;
            long thenUs = timeOfDayUs.getAsLong() - tookUs / 2;
            Reading reading = new Reading(Long.parseLong(text) - thenUs, tookUs);
            Reading better = reading.tookUs() < best.tookUs() ? reading : best;
            if (left > 1) {
                ask(node, better, left - 1);
            } else {
                offsets.put(node, better.offsetUs());
                tell();
            }
        });
    }

    /** By how much the clock of another node is ahead of this one, in µs; empty before that is known. */
    OptionalLong offsetUs(String node) {
        Long offset = offsets.get(node);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** How far this clock is ahead of what most nodes, or of two the elder, have, in µs. */
    long aheadUs() {
        if (offsets.size() == 1) {
            Node eldest = cluster.nodes().get(0);
            return eldest.self() ? 0 : -offsets.getOrDefault(eldest.id(), 0L);
        }
        long[] all = LongStream.concat(
                        LongStream.of(0), offsets.values().stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        return -all[all.length / 2];
    }

    /** A sentence when this clock is wrong. */
    Optional<String> whyWrong() {
        long aheadUs = aheadUs();
        return Math.abs(aheadUs) <= WRONG_US
                ? Optional.empty()
                : Optional.of("The clock of this machine is " + Math.abs(aheadUs) / 1000 + " ms "
                        + (aheadUs > 0 ? "ahead of" : "behind")
                        + " the other nodes': broadcasts would show another picture "
                        + "here. Run NTP on all nodes.");
    }

    /** A sentence when viewers of two nodes could tell that their clocks differ. */
    Optional<String> whyNoticed() {
        Map<String, Long> far = new TreeMap<>(offsets);
        far.values().removeIf(us -> Math.abs(us) <= NOTICED_US);
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Clocks of nodes differ by more than " + NOTICED_US / 1000 + " ms, so their viewers are as "
                                + "far apart: run NTP on all. Ahead of this one, in ms: " + inMs(far));
    }

    private void tell() {
        Optional<String> why = whyNoticed();
        if (why.isPresent() && !told) {
            LOG.warning(why.get());
        }
        told = why.isPresent();
    }

    private static Map<String, Long> inMs(Map<String, Long> us) {
        Map<String, Long> ms = new TreeMap<>();
        us.forEach((node, value) -> ms.put(node, value / 1000));
        return ms;
    }
}
