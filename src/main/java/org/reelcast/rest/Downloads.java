package org.reelcast.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reelcast.loop.AnyThread;

/**
 * The downloads under way: bounded, by all and by one address, and ended when they do not get on.
 */
@AnyThread
final class Downloads {
    private final int most;
    private final int mostOfOne;
    private final Map<FileDownload, Entry> running = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int count;

    /** @param steps when it was last looked at */
    private record Entry(Optional<ServerConnection> connection, long steps) {}

    /**
     * @param most      at the same time
     * @param mostOfOne of one address
     */
    Downloads(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** @return whether there is room for another; it has its place until {@link #leave} */
    synchronized boolean enter(String address) {
        if (count >= most || byAddress.getOrDefault(address, 0) >= mostOfOne) {
            return false;
        }
        count++;
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String address) {
        count--;
        byAddress.computeIfPresent(address, (key, of) -> of == 1 ? null : of - 1);
    }

    /** From now on it is looked after. */
    synchronized void add(FileDownload download, Optional<ServerConnection> connection) {
        running.put(download, new Entry(connection, -1));
    }

    synchronized void remove(FileDownload download) {
        running.remove(download);
    }

    /** Ends those that have not got on since the last call. */
    void sweep() {
        Map<FileDownload, Entry> stuck = new HashMap<>();
        synchronized (this) {
            running.replaceAll((download, entry) -> {
                long steps = download.steps();
                if (steps == entry.steps()) {
                    stuck.put(download, entry);
                }
                return new Entry(entry.connection(), steps);
            });
        }
        stuck.forEach((download, entry) -> {
            entry.connection().ifPresent(ServerConnection::end);
            download.end();
        });
    }

    synchronized int count() {
        return count;
    }
}
