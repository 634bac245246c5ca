package org.reelcast.bench.run;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.reelcast.bench.linux.ProcFs;
import org.reelcast.e2e.harness.NginxRtmp;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.rendition.GeneratedMedia;

/**
 * Transcodes of 720p to 360p, mixers and pushes, each with one viewer or server that takes it, beside FFmpeg's own doing of
 * the same in one process: with x264's preset superfast, which costs about what the server's encoder does.
 */
final class StreamsOfStreams implements Scenario {
    private static final int KBIT = 600;
    /** The server refuses more then. */
    private static final int ALL_THERE_IS_TIME_FOR = 200;

    private static final Pattern LEFT_OUT = Pattern.compile("pictures were encoded, (\\d+) left out");
    private static final int SETTLE_S = 12;
    private static final int MEASURE_S = 20;
    static final String X264 = "libx264";

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public void run(BenchRun run) throws Exception {
        for (int most : run.quick() ? List.of(ALL_THERE_IS_TIME_FOR) : List.of(2, ALL_THERE_IS_TIME_FOR)) {
            transcodes(run, most);
        }
        for (int inputs : List.of(4, 16)) {
            mixer(run, inputs);
        }
        pushes(run, run.quick() ? 4 : 16);
        FirstShowing.run(run, name());
    }

    private static void ok(RestClient rest, String call, String body) {
        RestClient.Answer answer = rest.post(call, body);
        if (answer.status() != 200) {
            throw new IllegalStateException(call + ": " + answer.body());
        }
    }

    /** With a mark, so that each picture of the film is encoded as it comes, as a camera's are. */
    private void transcodes(BenchRun run, int most) throws Exception {
        try (Server server = Server.start(name()).with(Films.round(), "film.mp4");
                LoadProcess load = run.load()) {
            Path marks = Files.createDirectories(server.process().home().resolve("watermarks"));
            Files.copy(
                    GeneratedMedia.make("mark.png", "-f", "lavfi", "-i", "color=white:size=64x64", "-frames:v", "1"),
                    marks.resolve("mark.png"));
            RestClient rest = new RestClient(server.process());
            ok(
                    rest,
                    "/vod/startup",
                    "{\"uri\": \"vod-live://film.mp4\", \"localStreamName\": \"film\", \"loop\": true}");
            List<String> names = new ArrayList<>();
            while (names.size() < most && starts(rest, names.size())) {
                names.add("t" + names.size());
            }
            int count = names.size();
            load.join("all", server.url(), names, count, 10);
            List<String> floor = realTime(List.of(Films.round()));
            for (int i = 0; i < count; i++) {
                floor.addAll(List.of("-map", "0:v", "-vf", "scale=640:360:flags=area"));
                floor.addAll(encode(KBIT));
            }
            double cores = cores(run, server.pid());
            load.leave();
            line(run, "720p to 360p, " + count, server, cores, floor);
        }
    }

    /** Whether there is time for another one. */
    private static boolean starts(RestClient rest, int number) {
        RestClient.Answer answer = rest.post("/transcoder/startup", """
                {"uri": "transcoder://t%1$d", "remoteStreamName": "film", "localStreamName": "t%1$d", "encoder":
                 {"width": 640, "height": 360, "bitrate": %2$d, "watermark": "mark.png"}}""".formatted(number, KBIT));
        if (answer.status() != 200 && answer.status() != 503) {
            throw new IllegalStateException(answer.body());
        }
        return answer.status() == 200;
    }

    private void mixer(BenchRun run, int inputs) throws Exception {
        Path film = GeneratedMedia.make(
                "input.mp4",
                "-t",
                "20",
                "-i",
                Films.round().toString(),
                "-vf",
                "scale=640:360",
                "-c:v",
                X264,
                "-bf",
                "0",
                "-b:v",
                "800k",
                "-c:a",
                "copy");
        try (Server server = Server.start(name()).with(film, "input.mp4");
                LoadProcess load = run.load()) {
            RestClient rest = new RestClient(server.process());
            ok(rest, "/mixer/startup", "{\"uri\": \"mixer://m\", \"localStreamName\": \"m\"}");
            for (int i = 0; i < inputs; i++) {
                ok(rest, "/vod/startup", """
                        {"uri": "vod-live://input.mp4", "localStreamName": "i%d", "loop": true}""".formatted(i));
                ok(rest, "/mixer/add", "{\"uri\": \"mixer://m\", \"remoteStreamName\": \"i" + i + "\"}");
            }
            load.join("all", server.url(), List.of("m"), 1, 1);
            List<String> floor =
                    realTime(IntStream.range(0, inputs).mapToObj(i -> film).toList());
            int side = (int) Math.ceil(Math.sqrt(inputs));
            StringBuilder graph = new StringBuilder();
            StringBuilder layout = new StringBuilder();
            StringBuilder cells = new StringBuilder();
            for (int i = 0; i < inputs; i++) {
                graph.append("[%d:v]scale=%d:%d[c%d];".formatted(i, 1280 / side / 2 * 2, 720 / side / 2 * 2, i));
                cells.append("[c").append(i).append(']');
                layout.append(i == 0 ? "" : "|")
                        .append(i % side * (1280 / side / 2 * 2))
                        .append('_')
                        .append(i / side * (720 / side / 2 * 2));
            }
            floor.addAll(List.of(
                    "-filter_complex",
                    graph + "" + cells + "xstack=inputs=" + inputs + ":layout=" + layout + "[v]",
                    "-map",
                    "[v]"));
            floor.addAll(encode(2000));
            double cores = cores(run, server.pid());
            load.leave();
            line(run, "mixer of " + inputs, server, cores, floor);
        }
    }

    private void pushes(BenchRun run, int count) throws Exception {
        Path folder = Files.createTempDirectory("bench-pushes");
        try (NginxRtmp nginx = NginxRtmp.start(folder);
                Server server = Server.start(name()).with(Films.round(), "film.mp4")) {
            RestClient rest = new RestClient(server.process());
            ok(
                    rest,
                    "/vod/startup",
                    "{\"uri\": \"vod-live://film.mp4\", \"localStreamName\": \"film\", \"loop\": true}");
            List<String> floor = realTime(List.of(Films.round()));
            for (int i = 0; i < count; i++) {
                ok(rest, "/push/startup", """
                        {"streamName": "film", "rtmpUrl": "%s/p%d", "rtmpTransponderFullUrl": true}""".formatted(nginx.url(), i));
                floor.addAll(List.of("-map", "0:v", "-map", "0:a", "-c", "copy", "-f", "flv", nginx.url() + "/f" + i));
            }
            line(run, "pushes, " + count, server, cores(run, server.pid()), floor);
        } finally {
            for (Path file : Files.list(folder).toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    /** The start of a command of FFmpeg that reads films again and again, in their time. */
    static List<String> realTime(List<Path> inputs) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        for (Path input : inputs) {
            command.addAll(List.of("-re", "-stream_loop", "-1", "-threads", "1", "-i", input.toString()));
        }
        return command;
    }

    private static List<String> encode(int kbit) {
        return List.of(
                "-c:v",
                X264,
                "-preset",
                "superfast",
                "-tune",
                "zerolatency",
                "-threads",
                "1",
                "-g",
                "60",
                "-b:v",
                kbit + "k",
                "-maxrate",
                kbit + "k",
                "-bufsize",
                kbit + "k",
                "-f",
                "null",
                "-");
    }

    /** @param ours cores of the server, which ends, beside those of FFmpeg alone */
    private void line(BenchRun run, String what, Server server, double ours, List<String> floor) throws IOException {
        server.close();
        Process ffmpeg = new ProcessBuilder(floor).inheritIO().start();
        try {
            double theirs = cores(run, ffmpeg.pid());
            JsonObject figures = Figures.beside(ours, theirs);
            figures.addProperty(
                    "leftOut",
                    LEFT_OUT.matcher(server.process().log())
                            .results()
                            .mapToInt(found -> Integer.parseInt(found.group(1)))
                            .sum());
            run.line(name() + "/" + what, figures);
        } finally {
            ffmpeg.destroyForcibly();
        }
    }

    /** What a process takes, after a while. */
    static double cores(BenchRun run, long pid) {
        Pause.seconds(run.quick() ? SETTLE_S / 2 : SETTLE_S);
        double before = ProcFs.cpuSeconds(pid);
        long startNs = System.nanoTime();
        Pause.seconds(run.quick() ? MEASURE_S / 2 : MEASURE_S);
        return (ProcFs.cpuSeconds(pid) - before) / ((System.nanoTime() - startNs) / 1e9);
    }
}
