package org.reelcast.signalling;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.reelcast.loop.AnyThread;
import org.reelcast.sharing.ClientAddresses;
import org.reelcast.sharing.LogLimit;

/**
 * What the log is told of clients, bounded for each address, so that who comes and goes all the time, or asks for what
 * is not there, does not wash away the rest.
 */
@AnyThread
final class ClientLogs {
    /** Lines of an address at once. */
    static final int AT_ONCE = 100;
    /** Addresses that are remembered: those that somebody came from last. */
    static final int ADDRESSES = 1_000;
    /** Whom those of this machine count for. */
    private static final ByteBuffer LOCAL = ByteBuffer.allocate(0);

    private final BiConsumer<Level, Supplier<String>> log;
    private final LongSupplier nowMs;
    /** Of names and the like, which clients may send at any length. */
    private static final int MAX_SHOWN = 255;

    /** By owner of the address. */
    private final Map<ByteBuffer, LogLimit> limits = new LinkedHashMap<>(16, 0.75f, true);

    /** @param nowMs a monotonic clock */
    ClientLogs(BiConsumer<Level, Supplier<String>> log, LongSupplier nowMs) {
        this.log = log;
        this.nowMs = nowMs;
    }

    /** What a client says, as the log has it. */
    static String shown(String text) {
        return cut(text, MAX_SHOWN);
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }

    /** That of the clients of an address. */
    synchronized LogLimit of(String remote) {
        LogLimit limit = limits.computeIfAbsent(
                ClientAddresses.owner(remote).orElse(LOCAL), owner -> new LogLimit(log, AT_ONCE, nowMs));
        if (limits.size() > ADDRESSES) {
            limits.remove(limits.keySet().iterator().next());
        }
        return limit;
    }

    /** Of the faults of one of them one line a second. */
    LogLimit faultsOf(LogLimit client) {
        return new LogLimit(client::log, 1, nowMs);
    }
}
