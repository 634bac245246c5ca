package org.reelcast.signalling;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reelcast.sharing.AddressLimit;

/**
 * How many clients come from one address. Those of this machine are not counted: a proxy in front of the server has all
 * clients come from here. For any thread.
 */
final class ClientAddresses {
    /** Address literals: nothing here shall ever ask a name server. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");

    private final AddressLimit limit;

    /** @param most of one address; 0 = no limit */
    ClientAddresses(int most) {
        limit = new AddressLimit(most);
    }

    /** A client comes, to {@linkplain #leave} again; false, and nothing is counted, when there are enough of his. */
    boolean enter(String remote) {
        return counted(remote).map(limit::enter).orElse(true);
    }

    /** A client who has entered goes. */
    void leave(String remote) {
        counted(remote).ifPresent(limit::leave);
    }

    int count() {
        return limit.count();
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
