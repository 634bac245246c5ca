package org.reelcast.bench.load;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Players of low-latency HLS that ask as hls.js does: the next playlist, which the server holds until its part is there,
 * and by another connection that part. A thread of its own.
 */
final class HlsCrowd {
    private static final int KNOWN_LISTS = 64;
    private static final long STEP_MS = 50;

    private final Selector selector;
    private final String list;
    private final String folder;
    private final List<Player> players = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 << 10);
    /** By what was asked for: all players get the same. */
    private final Map<String, HlsList> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HlsList> eldest) {
            return size() > KNOWN_LISTS;
        }
    };

    private final Thread thread = new Thread(this::run, "hls");
    private volatile boolean stopping;
    private String failure;
    // guarded by this
    private double[] lateMs = new double[1 << 16];
    private int lists;
    private long parts;
    private long others;

    private final class Player {
        private final HlsConnection playlists;
        private final HlsConnection media;
        private boolean fetchesParts;

        Player(InetSocketAddress server, boolean fetchesParts) throws IOException {
            playlists = new HlsConnection(server, selector);
            media = new HlsConnection(server, selector);
            this.fetchesParts = fetchesParts;
        }

        void ask(String query) {
            try {
                playlists.ask(list + query, !known.containsKey(query), (status, body) -> {
                    long nowMs = System.currentTimeMillis();
                    if (status != 200) {
                        other();
                        ask("");
                        return;
                    }
                    HlsList now =
                            body == null ? known.get(query) : HlsList.parse(new String(body, StandardCharsets.UTF_8));
                    if (!query.isEmpty()) {
                        known.put(query, now);
                        late(nowMs - now.dueMs());
                    }
                    if (fetchesParts && media.isIdle()) {
                        fetch(now.lastPart());
                    }
                    ask("?_HLS_msn=" + now.sequence() + "&_HLS_part=" + now.parts());
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void fetch(String part) {
            try {
                media.ask(folder + part, false, (status, body) -> part(status));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * @param url   of the media playlist
     * @param parts whether they fetch the parts too, or have their requests held and no more
     */
    HlsCrowd(URI url, int count, boolean parts) throws IOException {
        selector = Selector.open();
        list = url.getRawPath();
        folder = list.substring(0, list.lastIndexOf('/') + 1);
        InetSocketAddress server = new InetSocketAddress(url.getHost(), url.getPort());
        for (int i = 0; i < count; i++) {
            players.add(new Player(server, parts));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            players.forEach(player -> player.ask(""));
            while (!stopping) {
                selector.select(STEP_MS);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((HlsConnection) key.attachment()).read(scratch);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException e) {
            failure = e.toString();
        }
        players.forEach(player -> {
            player.playlists.close();
            player.media.close();
        });
    }

    private synchronized void late(double ms) {
        lateMs = lists == lateMs.length ? Arrays.copyOf(lateMs, lists * 2) : lateMs;
        lateMs[lists++] = ms;
    }

    private synchronized void part(int status) {
        parts += status == 200 ? 1 : 0;
        others += status == 200 ? 0 : 1;
    }

    private synchronized void other() {
        others++;
    }

    /** Counts anew. */
    synchronized void mark() {
        lists = 0;
        parts = 0;
        others = 0;
    }

    /** What came since {@link #mark}. */
    synchronized JsonObject report() {
        JsonObject figures = new JsonObject();
        double[] sorted = Arrays.copyOf(lateMs, lists);
        Arrays.sort(sorted);
        figures.addProperty("lists", lists);
        figures.addProperty("parts", parts);
        figures.addProperty("refused", others);
        figures.addProperty("heldP50Ms", percentile(sorted, 0.5));
        figures.addProperty("heldP99Ms", percentile(sorted, 0.99));
        figures.addProperty("heldMaxMs", percentile(sorted, 1));
        if (failure != null) {
            figures.addProperty("failure", failure);
        }
        return figures;
    }

    private static double percentile(double[] sorted, double part) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    void close() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join(10_000);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
