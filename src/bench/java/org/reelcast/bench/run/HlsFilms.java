package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The playlist of a whole film that is hours long: the first time, when its index is read, and later. */
final class HlsFilms implements Scenario {
    private static final int COLD = 5;
    private static final int WARM = 50;

    @Override
    public String name() {
        return "hls-films";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        Map<String, Path> films = Map.of("two hours", Films.hours(2), "ten hours", Films.hours(10));
        Server starting = Server.start(name()).with(Films.round(), "other.mp4");
        for (Map.Entry<String, Path> film : films.entrySet()) {
            for (int i = 0; i < COLD; i++) {
                starting.with(film.getValue(), film.getKey().replace(' ', '-') + i + ".mp4");
            }
        }
        try (Server server = starting) {
            HlsAsker hls = new HlsAsker(server.process().ports().hls());
            for (int i = 0; i < 500; i++) {
                hls.bytes("/vod/other.mp4/media.m3u8");
            }
            Warmth.await(server, 20);
            for (String film : List.of("two hours", "ten hours")) {
                run.line(name() + "/" + film, measure(hls, film.replace(' ', '-')));
            }
        }
    }

    private static JsonObject measure(HlsAsker hls, String film) throws Exception {
        List<Double> cold = new ArrayList<>();
        for (int i = 0; i < COLD; i++) {
            cold.add(hls.ms("/vod/" + film + i + ".mp4/media.m3u8"));
        }
        String list = "/vod/" + film + "0.mp4/media.m3u8";
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            warm.add(hls.ms(list));
        }
        String text = hls.text(list);
        String last = HlsAsker.beside(list, HlsAsker.lastOf(text));
        JsonObject figures = new JsonObject();
        figures.addProperty(
                "segments", text.lines().filter(line -> !line.startsWith("#")).count());
        figures.addProperty("coldP50Ms", Figures.round(Joined.percentile(cold, 0.5)));
        figures.addProperty("coldMaxMs", Figures.round(Joined.percentile(cold, 1)));
        figures.addProperty("warmP50Ms", Figures.round(Joined.percentile(warm, 0.5)));
        figures.addProperty("lastSegmentMs", Figures.round(hls.ms(last)));
        return figures;
    }
}
