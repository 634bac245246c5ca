package org.reelcast.sharing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.loop.AnyThread;

/**
 * A limit for how many of something each address may have at a time, so that nobody has all of what others need too. A
 * network of IPv6 (64 bits) is one address here: its owner has all of them.
 */
@AnyThread
public final class AddressLimit {
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final Map<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    /** @param most for each address; 0 = no limit */
    public AddressLimit(int most) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
    }

    /** One more of that address, to be {@linkplain #leave given back}; false, and nothing is counted, at the limit. */
    public boolean enter(InetAddress address) {
        boolean[] entered = new boolean[1];
        counts.compute(network(address), (network, count) -> {
            entered[0] = count == null || count < most;
            return count == null ? Integer.valueOf(1) : entered[0] ? Integer.valueOf(count + 1) : count;
        });
        if (entered[0]) {
            all.incrementAndGet();
        }
        return entered[0];
    }

    /** One less of an address that has entered. */
    public void leave(InetAddress address) {
        counts.computeIfPresent(network(address), (network, count) -> count == 1 ? null : count - 1);
        all.decrementAndGet();
    }

    /** Of all addresses. */
    public int count() {
        return all.get();
    }

    /** Whom an address is counted for. */
    public static ByteBuffer network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
