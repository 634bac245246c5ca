package org.reelcast.loop;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The media loops of the server, as a rule one a core, and how busy they are. */
@AnyThread
public final class MediaLoops implements Closeable {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long SATURATED = 1L << 32;

    private final List<NettyMediaLoop> loops;
    private final Map<MediaLoop, LoopLoad> loads;
    private final AtomicInteger next = new AtomicInteger();

    private MediaLoops(int count, LoadLimits limits) {
        loops = IntStream.range(0, count)
                .mapToObj(i -> NettyMediaLoop.open("media-" + i))
                .toList();
        loads = loops.stream()
                .collect(Collectors.toMap(loop -> loop, loop -> new LoopLoad(loop, limits, MediaLoops::threadCpuNs)));
        if (!limits.isNone()) {
            loads.values().forEach(LoopLoad::start);
        }
    }

    /**
     * Starts the loops.
     *
     * @param count  at least 1
     * @param limits from where on a loop counts as saturated
     */
    public static MediaLoops open(int count, LoadLimits limits) {
        return new MediaLoops(count, limits);
    }

    private static long threadCpuNs() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    /** All loops, in an order that does not change. */
    public List<NettyMediaLoop> all() {
        return loops;
    }

    /** A loop for something new; in turn, among those that are not saturated if there are any. */
    public MediaLoop next() {
        int first = next.getAndIncrement();
        for (int i = 0; i < loops.size(); i++) {
            MediaLoop loop = loops.get(Math.floorMod(first + i, loops.size()));
            if (!loads.get(loop).isSaturated()) {
                return loop;
            }
        }
        return loops.get(Math.floorMod(first, loops.size()));
    }

    /** The place in {@link #all} of the loop with the least of something; a saturated one comes after all others. */
    public int least(IntToLongFunction amount) {
        int least = 0;
        long leastAmount = Long.MAX_VALUE;
        for (int i = 0; i < loops.size(); i++) {
            long has = amount.applyAsLong(i) + (loads.get(loops.get(i)).isSaturated() ? SATURATED : 0);
            if (has < leastAmount) {
                least = i;
                leastAmount = has;
            }
        }
        return least;
    }

    /** Why the loops have no room for anybody else, a sentence for the log; empty when one of them has. */
    public Optional<String> saturation() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            LoopLoad load = loads.get(loops.get(i));
            if (!load.isSaturated()) {
                return Optional.empty();
            }
            all.add("media loop " + i + " is " + load.describe());
        }
        return Optional.of(String.join("; ", all));
    }

    /** Ends the loops; waits for them. Not on a loop. */
    @Override
    public void close() {
        loops.forEach(NettyMediaLoop::close);
    }
}
