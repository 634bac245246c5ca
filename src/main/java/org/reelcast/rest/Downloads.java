package org.reelcast.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.StatusText;

/**
 * The downloads under way: bounded, by all and by one address, and ended when they do not get on, or so slowly that it is
 * no link that is slow.
 */
@AnyThread
final class Downloads {
    /** A download that does not get on for twice so long is ended. */
    static final long SWEEP_S = 15;
    /** For so many sweeps, two minutes, a download may be slow. */
    static final int SLOW_SWEEPS = 8;
    /** Pieces that it gets on by meanwhile: 35 kbit/s, half of what the slowest links have that are worth waiting for. */
    private static final int LEAST_STEPS = 16;

    private final Places places;
    private final Map<FileDownload, Entry> running = new HashMap<>();

    /**
     * @param steps  when it was last looked at
     * @param sweeps since it had to be fast enough
     * @param before steps by then
     */
    private record Entry(Optional<ServerConnection> connection, long steps, int sweeps, long before) {

        boolean isStuck(long now) {
            return now == steps || sweeps + 1 == SLOW_SWEEPS && now - before < LEAST_STEPS;
        }

        Entry at(long now) {
            return sweeps + 1 == SLOW_SWEEPS
                    ? new Entry(connection, now, 0, now)
                    : new Entry(connection, now, sweeps + 1, before);
        }
    }

    /**
     * @param most      at the same time
     * @param mostOfOne of one address
     */
    Downloads(int most, int mostOfOne) {
        places = new Places(most, mostOfOne);
    }

    /** Sends part of a file without holding a thread; or says that there are too many already. */
    void send(FileDownload.Content file, ByteRange part, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        if (!places.enter(address)) {
            file.close();
            response.reset();
            response.setHeader("Retry-After", Long.toString(SWEEP_S));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
            return;
        }
        Optional<ServerConnection> connection = ServerConnection.of(request);
        connection.ifPresent(slow -> slow.boundUnsent(FileDownload.PIECE));
        AsyncContext context = request.startAsync();
        // it may take long; that it gets on is looked after
        context.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        FileDownload download = new FileDownload(context, out, file, part, ended -> {
            remove(ended);
            places.leave(address);
        });
        add(download, connection);
        out.setWriteListener(download);
    }

    /** From now on it is looked after. */
    private synchronized void add(FileDownload download, Optional<ServerConnection> connection) {
        running.put(download, new Entry(connection, -1, 0, 0));
    }

    private synchronized void remove(FileDownload download) {
        running.remove(download);
    }

    /** Ends those that have not got on since the last call, or hardly. */
    void sweep() {
        Map<FileDownload, Entry> stuck = new HashMap<>();
        synchronized (this) {
            running.replaceAll((download, entry) -> {
                long steps = download.steps();
                if (entry.isStuck(steps)) {
                    stuck.put(download, entry);
                }
                return entry.at(steps);
            });
        }
        stuck.forEach((download, entry) -> {
            entry.connection().ifPresent(ServerConnection::end);
            download.end();
        });
    }

    int count() {
        return places.count();
    }
}
