package org.reelcast.sharing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reelcast.loop.AnyThread;

/**
 * How many clients come from one address. Those of this machine are not counted: a proxy in front of the server has all
 * clients come from here.
 */
@AnyThread
public final class ClientAddresses {
    /** Address literals: nothing here shall ever ask a name server. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");

    private final AddressLimit limit;

    /** @param most of one address; 0 = no limit */
    public ClientAddresses(int most) {
        limit = new AddressLimit(most);
    }

    /** A client comes, to {@linkplain #leave} again; false, and nothing is counted, when there are enough of his. */
    public boolean enter(String remote) {
        return counted(remote).map(limit::enter).orElse(true);
    }

    /** A client who has entered goes. */
    public void leave(String remote) {
        counted(remote).ifPresent(limit::leave);
    }

    public int count() {
        return limit.count();
    }

    /** Whom clients of that address are counted for: equal for equal owners; empty when they are not counted. */
    public static Optional<ByteBuffer> owner(String remote) {
        return counted(remote).map(AddressLimit::network);
    }

    private static Optional<InetAddress> counted(String remote) {
        if (remote == null || !LITERAL.matcher(remote).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(remote)).filter(address -> !address.isLoopbackAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
