package org.reelcast.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * docs/benchmarks.md: text written by hand with blocks between {@code <!-- begin NAME -->} and {@code <!-- end -->}
 * that are made of the results. The text stays as it is.
 */
public final class Page {
    private static final List<String> VIEWERS = List.of("10", "50", "200", "500", "1000");
    private static final List<String> CROWDS = List.of("100", "300", "1000");
    private static final List<String> CAMERAS = List.of("1", "10", "30");

    private final Results results;
    private final Path images;

    /** @param images where the charts go */
    public Page(Results results, Path images) {
        this.results = results;
        this.images = images;
    }

    /** Puts the results into the page, and draws the charts. */
    public void write(Path template, Path page) throws IOException {
        charts();
        String text = Files.readString(template);
        for (Map.Entry<String, String> block : blocks().entrySet()) {
            Pattern place =
                    Pattern.compile("(<!-- begin " + block.getKey() + " -->\n).*?(<!-- end -->)", Pattern.DOTALL);
            text = place.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(block.getValue()) + "$2");
        }
        Files.writeString(page, text);
    }

    private Map<String, String> blocks() {
        Map<String, String> blocks = new LinkedHashMap<>();
        blocks.put("machine", results.line("machine").map(Machine::table).orElse(""));
        blocks.put("targets", new Targets(results).table());
        blocks.put(
                "vod-live",
                load("viewers").of("vod-live", VIEWERS) + "\n"
                        + memoryAndJitter().of("vod-live", VIEWERS));
        blocks.put(
                "memory",
                new Table(results, "viewers")
                        .column("RSS before, MB", "rssBeforeMb")
                        .column("RSS with them, MB", "rssMb")
                        .column("KB a viewer", "memoryAViewerKb")
                        .of("vod-live", List.of("memory, 500")));
        blocks.put("threads", threads("vod-live/200"));
        blocks.put("others", others());
        blocks.put(
                "joins",
                joins("")
                        .of(
                                "joins",
                                List.of(
                                        "first 200, in a second",
                                        "live one by one",
                                        "personal one by one",
                                        "50 in a second",
                                        "200 in a second")));
        blocks.put("join-threads", threads("joins/200 in a second"));
        blocks.put(
                "personal",
                load("").of(
                                "personal",
                                List.of(
                                        "one file, 10",
                                        "one file, 50",
                                        "one file, 200",
                                        "one file, 500",
                                        "fifty files cold, 200",
                                        "fifty files warm, 200")));
        blocks.put(
                "films",
                new Table(results, "a viewer, twelve seconds")
                        .column("first key frame, ms", "firstKeyP50Ms")
                        .column("CPU s of the server", "serverCpuS")
                        .of("films", List.of("AAC cold", "AAC warm", "B-frames cold", "B-frames warm")));
        blocks.put(
                "film-crowds",
                new Table(results, "half a minute of film")
                        .column("CPU s of the server, mean", "serverCpuS")
                        .column("least", "leastCpuS")
                        .column("most", "mostCpuS")
                        .column("packets", "packets")
                        .column("idle %", "idle", 100)
                        .of(
                                "films",
                                List.of(
                                        "20 viewers: AAC, first showing",
                                        "20 viewers: AAC, shown again",
                                        "20 viewers: Opus in the file, packets of 20 ms",
                                        "20 viewers: Opus in the file, packets of 40 ms")));
        blocks.put(
                "s3",
                load("").column("first key frame p50, ms", "firstKeyP50Ms")
                        .column("p95, ms", "firstKeyP95Ms")
                        .of("s3", List.of("cold, 1", "warm, 50")));
        blocks.put(
                "publishers",
                new Table(results, "publishers, 1 Mbit/s each")
                        .column("cores", "serverCores")
                        .column("% of a core each", "coreAPublisher", 100)
                        .column("longest GC pause, ms", "gcLongestMs")
                        .column("idle %", "idle", 100)
                        .of("publishers", CAMERAS));
        blocks.put(
                "streams",
                new Table(results, "")
                        .column("cores", "serverCores")
                        .column("FFmpeg alone, cores", "floorCores")
                        .column("ratio", "ratio")
                        .column("pictures left out", "leftOut")
                        .column("first key frame, ms", "firstKeyP50Ms")
                        .of("streams", results.names("streams")));
        blocks.put(
                "mixed",
                load("").column("jitter of the broadcast p99.9, ms", "lateP999LiveMs")
                        .of("mixed", results.names("mixed")));
        blocks.put(
                "mse",
                new Table(results, "")
                        .column("CPU s a Gbit", "cpuSAGbit")
                        .column("Gbit/s", "gbitS")
                        .column("cores", "serverCores")
                        .column("first picture p50, ms", "firstPictureP50Ms")
                        .column("longest, ms", "firstPictureMaxMs")
                        .column("idle %", "idle", 100)
                        .of("mse", List.of("MSE, 50", "WebRTC, 50", "first picture")));
        blocks.put(
                "hls-requests",
                new Table(results, "")
                                .column("requests a second and core", "requestsSCore")
                                .column("µs of CPU a request", "usARequest")
                                .column("requests a second", "requestsS")
                                .column("bytes", "bytes")
                                .column("idle %", "idle", 100)
                                .of("hls-requests", requests())
                        + chart("hls-requests", "Requests a second and core", "bench-hls-requests"));
        blocks.put(
                "hls-crowd",
                new Table(results, "players of 500 kbit/s")
                                .column("held requests p50, ms", "heldP50Ms")
                                .column("p99, ms", "heldP99Ms")
                                .column("longest, ms", "heldMaxMs")
                                .column("playlists", "lists")
                                .column("parts", "parts")
                                .column("refused", "refused")
                                .column("cores", "serverCores")
                                .column("client's cores", "clientCores")
                                .column("idle %", "idle", 100)
                                .of("hls-crowd", CROWDS)
                        + chart("hls-crowd", "Cores", "bench-hls-cores"));
        blocks.put(
                "hls-memory",
                new Table(results, "")
                        .column("KB of heap a held request", "heapAHeldKb")
                        .column("KB of heap a stream", "heapAStreamKb")
                        .of("hls-crowd", List.of("memory, a held request", "memory, a broadcast that nobody fetches")));
        blocks.put(
                "hls-films",
                new Table(results, "whole film")
                        .column("segments", "segments")
                        .column("playlist cold p50, ms", "coldP50Ms")
                        .column("longest, ms", "coldMaxMs")
                        .column("warm p50, ms", "warmP50Ms")
                        .column("last segment, ms", "lastSegmentMs")
                        .of("hls-films", List.of("two hours", "ten hours")));
        blocks.put(
                "cluster",
                new Table(results, "100 broadcasts, viewers in all")
                        .column("CPU µs a packet", "usAPacket")
                        .column("packets a second", "packetsS")
                        .column("cores of all nodes", "serverCores")
                        .column("lost", "lost")
                        .column("messages a second between nodes", "betweenMessagesS")
                        .column("bytes a second between nodes", "betweenBytesS")
                        .column("idle %", "idle", 100)
                        .of("cluster", results.names("cluster")));
        blocks.put(
                "loops",
                new Table(results, "")
                        .column("ns", "ns")
                        .column("± ns", "errorNs")
                        .column("bytes allocated", "allocated")
                        .of("loops", results.names("loops")));
        return blocks;
    }

    /** The chart of a scenario that was ever measured. */
    private String chart(String scenario, String title, String image) {
        return results.names(scenario).isEmpty() ? "" : "\n![" + title + "](images/" + image + ".svg)\n";
    }

    private static List<String> requests() {
        return Stream.of("10 KB", "100 KB", "playlist")
                .flatMap(what -> Stream.of(what, what + ", TLS"))
                .flatMap(what -> Stream.of(what, "nginx " + what))
                .toList();
    }

    private Table load(String first) {
        return new Table(results, first)
                .column("CPU µs a packet", "usAPacket")
                .column("CPU µs a viewer second", "usAViewerS")
                .column("CPU s a Gbit", "cpuSAGbit")
                .column("Gbit/s", "gbitS")
                .column("cores", "serverCores")
                .column("lost", "lost")
                .column("client's cores", "clientCores")
                .column("idle %", "idle", 100);
    }

    private Table memoryAndJitter() {
        return new Table(results, "viewers")
                .column("late p50, ms", "videoLateP50Ms")
                .column("late p99.9, ms", "videoLateP999Ms")
                .column("RSS, MB", "rssMb")
                .column("GC pauses", "gcPauses")
                .column("longest, ms", "gcLongestMs");
    }

    private Table joins(String first) {
        return new Table(results, first)
                .column("first packet p50, ms", "firstPacketP50Ms")
                .column("p95, ms", "firstPacketP95Ms")
                .column("first key frame p50, ms", "firstKeyP50Ms")
                .column("p95, ms", "firstKeyP95Ms")
                .column("CPU ms a join", "cpuMsAJoin")
                .column("failed", "failed")
                .column("idle %", "idle", 100);
    }

    private String others() {
        String table = load("").column("first key frame p50, ms", "firstKeyP50Ms")
                .column("KB a viewer", "memoryAViewerKb")
                .of("", List.of());
        StringBuilder rows = new StringBuilder(table.replaceFirst("\\| +\\|", "| |"));
        Stream.of(
                        "floor/encrypt, GSO, 200",
                        "floor/encrypt as we do, GSO, 200",
                        "floor/encrypt, one sendto a packet, 200",
                        "vod-live/200",
                        "janus/100")
                .forEach(id -> rows.append(
                        results.line(id).isPresent()
                                ? load("").column("", "firstKeyP50Ms")
                                                .column("", "memoryAViewerKb")
                                                .of(
                                                        id.substring(0, id.indexOf('/')),
                                                        List.of(id.substring(id.indexOf('/') + 1)))
                                                .lines()
                                                .skip(2)
                                                .findFirst()
                                                .orElse("")
                                                .replaceFirst("\\| ", "| " + id.substring(0, id.indexOf('/')) + ": ")
                                        + "\n"
                                : ""));
        rows.append("\nOpenSSL alone encrypts a packet of 1188 bytes in ")
                .append(Math.round(results.number("floor/openssl", "nsAPacket")))
                .append(" ns (`openssl speed`).\n");
        if (results.line("janus/100").isEmpty()) {
            rows.append("\nJanus was not installed: `apt-get install --no-install-recommends janus`.\n");
        }
        return rows.toString();
    }

    /** Whose time a line's CPU was. */
    private String threads(String id) {
        StringBuilder table = new StringBuilder("| threads | user, % | system, % |\n|---|---|---|\n");
        results.line(id)
                .filter(line -> line.has("threads"))
                .ifPresent(line -> line.getAsJsonArray("threads")
                        .forEach(part -> table.append(String.format(
                                Locale.ROOT,
                                "| %s | %.0f | %.0f |%n",
                                part.getAsJsonObject().get("thread").getAsString(),
                                part.getAsJsonObject().get("user").getAsDouble() * 100,
                                part.getAsJsonObject().get("system").getAsDouble() * 100))));
        return table.toString();
    }

    private void charts() throws IOException {
        hlsCharts();
        List<Double> viewers = VIEWERS.stream().map(Double::valueOf).toList();
        new Chart("CPU µs a packet", "viewers", viewers)
                .line("vod-live", numbers("vod-live/", VIEWERS, "usAPacket"))
                .line("personal, one file", numbers("personal/one file, ", VIEWERS, "usAPacket"))
                .write(images.resolve("bench-packet.svg"));
        new Chart("Cores of the server", "viewers", viewers)
                .line("vod-live", numbers("vod-live/", VIEWERS, "serverCores"))
                .line("personal, one file", numbers("personal/one file, ", VIEWERS, "serverCores"))
                .write(images.resolve("bench-cores.svg"));
        new Chart(
                        "Cores of the server",
                        "publishers, recorded, 1 Mbit/s each",
                        CAMERAS.stream().map(Double::valueOf).toList())
                .line("receiving and writing MP4", numbers("publishers/", CAMERAS, "serverCores"))
                .write(images.resolve("bench-publishers.svg"));
    }

    private void hlsCharts() throws IOException {
        if (results.names("hls-requests").isEmpty()
                || results.names("hls-crowd").isEmpty()) {
            return;
        }
        new Chart("Requests a second and core", "KB", List.of(10.0, 100.0))
                .line("plain", requests("", ""))
                .line("nginx", requests("nginx ", ""))
                .line("TLS", requests("", ", TLS"))
                .line("nginx, TLS", requests("nginx ", ", TLS"))
                .write(images.resolve("bench-hls-requests.svg"));
        new Chart(
                        "Cores of the server",
                        "players of low-latency HLS",
                        CROWDS.stream().map(Double::valueOf).toList())
                .line("HLS, 500 kbit/s", numbers("hls-crowd/", CROWDS, "serverCores"))
                .write(images.resolve("bench-hls-cores.svg"));
    }

    private List<Double> requests(String server, String way) {
        return Stream.of("10 KB", "100 KB")
                .map(size -> results.number("hls-requests/" + server + size + way, "requestsSCore"))
                .toList();
    }

    private List<Double> numbers(String prefix, List<String> lines, String figure) {
        return lines.stream().map(line -> results.number(prefix + line, figure)).toList();
    }
}
