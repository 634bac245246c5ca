package org.reelcast.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The addresses from which one peer was heard, and the one to send to. A check tells an address, but its sender may lie
 * about it; who answers a request of ours has proved it. Nothing but requests goes to an address that is not proved, so
 * that nobody can have media sent to somebody else. Without sockets and clock.
 */
final class Paths {
    /** Addresses kept for one peer; the one that was silent longest goes first. */
    static final int MAX = 8;
    /** After so long without a word from an address nothing more is sent there but requests. */
    static final long SILENT_US = 5_000_000;

    static final long MIN_INTERVAL_US = 2_000_000;
    static final long MAX_INTERVAL_US = 3_000_000;
    private static final long NEVER = Long.MAX_VALUE;
    /** Of a new address, until the second request; twice as long each further time. */
    private static final long FIRST_RETRY_US = 50_000;

    private static final int MAX_TRIES = 5;
    /** Of the address in use, while an answer stays away; so many times, then at the usual interval. */
    private static final long RETRY_US = 500_000;

    private static final int HURRIED_TRIES = 5;

    private final RandomGenerator random;
    private final List<Path> paths = new ArrayList<>(2);
    private Path nominated;
    private Path selected;
    private InetSocketAddress dropped;

    Paths(RandomGenerator random) {
        this.random = random;
    }

    /** A valid check came. @param nominates whether the peer wants this address to be used */
    void checked(InetSocketAddress from, boolean nominates, long nowUs) {
        dropped = null;
        Path path = find(from);
        if (path == null) {
            path = add(from);
        }
        path.heardUs = nowUs;
        if (!path.proved && path.requestAtUs == NEVER) {
            path.tries = 0;
            path.requestAtUs = Math.max(nowUs, path.requestedUs + FIRST_RETRY_US);
        }
        if (nominated == null || nominates || nominated.isSilent(nowUs)) {
            nominated = path;
        }
        select(nowUs);
    }

    /** The peer has answered a request of ours from there. */
    void answered(InetSocketAddress from, long nowUs) {
        Path path = find(from);
        if (path == null) {
            return;
        }
        path.heardUs = nowUs;
        path.proved = true;
        path.tries = 0;
        path.requestAtUs = path == selected ? nowUs + interval() : NEVER;
        select(nowUs);
    }

    private void select(long nowUs) {
        Path best = nominated.proved || selected == null || selected.isSilent(nowUs) ? nominated : selected;
        best = best.proved ? best : lastHeardProved();
        if (best != null && best != selected) {
            if (selected != null) {
                selected.requestAtUs = NEVER;
            }
            selected = best;
            selected.requestAtUs = nowUs + interval();
        }
    }

    private Path lastHeardProved() {
        Path last = selected;
        for (Path path : paths) {
            if (path.proved && (last == null || path.heardUs > last.heardUs)) {
                last = path;
            }
        }
        return last;
    }

    /** Two to three seconds (RFC 7675 section 5.1). */
    private long interval() {
        return random.nextLong(MIN_INTERVAL_US, MAX_INTERVAL_US);
    }

    /** When the next request is due. */
    long requestDueUs() {
        long dueUs = NEVER;
        for (int i = 0; i < paths.size(); i++) {
            dueUs = Math.min(dueUs, paths.get(i).requestAtUs);
        }
        return dueUs;
    }

    /** Where a request is due, which is to be sent now; null for nowhere. */
    InetSocketAddress nextRequest(long nowUs) {
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            if (path.requestAtUs <= nowUs) {
                path.requested(nowUs);
                return path.address;
            }
        }
        return null;
    }

    /** Where to send media, null until an address is proved. */
    InetSocketAddress selected() {
        return selected == null ? null : selected.address;
    }

    /** Whether there is an address to send to, and it was heard from a short time ago. */
    boolean hasConsent(long nowUs) {
        return selected != null && !selected.isSilent(nowUs);
    }

    boolean isProved(InetSocketAddress address) {
        Path path = find(address);
        return path != null && path.proved;
    }

    /** Whether the peer was heard from there a short time ago. */
    boolean isHeard(InetSocketAddress address, long nowUs) {
        Path path = find(address);
        return path != null && !path.isSilent(nowUs);
    }

    /** An address that the last check pushed out, null mostly. */
    InetSocketAddress dropped() {
        return dropped;
    }

    List<InetSocketAddress> addresses() {
        return paths.stream().map(path -> path.address).toList();
    }

    private Path add(InetSocketAddress from) {
        if (paths.size() == MAX) {
            Path oldest = null;
            for (Path path : paths) {
                // those that are proved last: who lies about addresses has any number of others
                if (path != selected && (oldest == null || path.goesBefore(oldest))) {
                    oldest = path;
                }
            }
            paths.remove(oldest);
            nominated = nominated == oldest ? selected : nominated;
            dropped = oldest.address;
        }
        Path path = new Path(from);
        paths.add(path);
        return path;
    }

    private Path find(InetSocketAddress address) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).address.equals(address)) {
                return paths.get(i);
            }
        }
        return null;
    }

    private static final class Path {
        private final InetSocketAddress address;
        private boolean proved;
        private long heardUs;
        private long requestAtUs = NEVER;
        private long requestedUs = -FIRST_RETRY_US;
        private int tries;

        private Path(InetSocketAddress address) {
            this.address = address;
        }

        private boolean isSilent(long nowUs) {
            return nowUs - heardUs > SILENT_US;
        }

        private boolean goesBefore(Path other) {
            return proved == other.proved ? heardUs < other.heardUs : !proved;
        }

        private void requested(long nowUs) {
            requestedUs = nowUs;
            tries++;
            if (proved) {
                requestAtUs = nowUs + (tries < HURRIED_TRIES ? RETRY_US : MIN_INTERVAL_US);
            } else {
                requestAtUs = tries < MAX_TRIES ? nowUs + (FIRST_RETRY_US << tries - 1) : NEVER;
            }
        }
    }
}
