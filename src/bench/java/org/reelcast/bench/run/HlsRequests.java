package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many requests for playlists and segments a core answers, beside nginx that delivers the same bytes from files. */
final class HlsRequests implements Scenario {
    /** Whose whole-film segment has about so many KB. */
    private static final List<Integer> SIZES_KB = List.of(10, 100);

    @Override
    public String name() {
        return "hls-requests";
    }

    /** One thing that is asked for. @param path on the server's HLS ports */
    private record Asked(String what, String path) {}

    @Override
    public void run(BenchRun run) throws Exception {
        if (!NginxFiles.isInstalled()) {
            System.out.println("  nginx or wrk is not installed: apt-get install --no-install-recommends nginx wrk");
            return;
        }
        Server starting = Server.start(name());
        for (int kb : SIZES_KB) {
            starting.with(Films.segmentsOf(kb), kb + ".mp4");
        }
        try (Server server = starting;
                NginxFiles nginx = new NginxFiles(server.process())) {
            HlsAsker hls = new HlsAsker(server.process().ports().hls());
            List<Asked> all = new ArrayList<>();
            for (int kb : SIZES_KB) {
                String list = "/vod/" + kb + ".mp4/media.m3u8";
                all.add(new Asked(kb + " KB", HlsAsker.beside(list, HlsAsker.firstOf(hls.text(list)))));
            }
            all.add(new Asked("playlist", "/vod/10.mp4/media.m3u8"));
            for (boolean tls : new boolean[] {false, true}) {
                for (Asked each : all) {
                    measure(run, server, nginx, hls, each, tls);
                }
            }
        }
    }

    private void measure(BenchRun run, Server server, NginxFiles nginx, HlsAsker hls, Asked asked, boolean tls)
            throws IOException {
        byte[] bytes = hls.bytes(asked.path());
        String own = tls
                ? "https://127.0.0.1:" + server.process().ports().hlss() + asked.path()
                : "http://127.0.0.1:" + server.process().ports().hls() + asked.path();
        String other = nginx.url(nginx.put(asked.what().replace(' ', '-'), bytes), tls);
        int seconds = run.quick() ? 3 : 8;
        Wrk.measure(server.pid(), own, seconds);
        Warmth.await(server, run.quick() ? 4 : 16);
        String kind = asked.what() + (tls ? ", TLS" : "");
        for (Map.Entry<String, Long> each : List.of(Map.entry(own, server.pid()), Map.entry(other, nginx.pid()))) {
            JsonObject figures = Wrk.measure(each.getValue(), each.getKey(), seconds);
            figures.addProperty("bytes", bytes.length);
            run.line(name() + "/" + (each.getKey().equals(own) ? "" : "nginx ") + kind, figures);
        }
    }
}
