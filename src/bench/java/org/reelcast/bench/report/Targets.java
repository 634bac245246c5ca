package org.reelcast.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What was promised, beside what was measured. */
final class Targets {
    private final Results results;

    Targets(Results results) {
        this.results = results;
    }

    /**
     * One promise.
     *
     * @param measured NaN when it was not
     * @param limit    at most this, or at least when {@code least}
     */
    private record Target(String what, String limitText, double measured, double limit, boolean least, String unit) {
        String row() {
            boolean met = least ? measured >= limit : measured <= limit;
            return "| " + what + " | " + limitText + " | " + (Double.isNaN(measured) ? "–" : number(measured) + unit)
                    + " | " + (Double.isNaN(measured) ? "not measured" : met ? "met" : "**not met**") + " |";
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
        }
    }

    String table() {
        StringBuilder table = new StringBuilder("| | target | measured | |\n|---|---|---|---|\n");
        all().forEach(target -> table.append(target.row()).append('\n'));
        return table.toString();
    }

    private List<Target> all() {
        double packet = n("vod-live/200", "usAPacket");
        double janus = n("janus/100", "usAPacket");
        double floor =
                Math.min(n("floor/encrypt, GSO, 200", "usAPacket"), n("floor/encrypt as we do, GSO, 200", "usAPacket"));
        DoubleStream counts = DoubleStream.of(
                n("vod-live/50", "usAPacket"), packet, n("vod-live/500", "usAPacket"), n("vod-live/1000", "usAPacket"));
        var spread = counts.summaryStatistics();
        return List.of(
                most("vod-live, 200 viewers, CPU a packet", "at most 3.0 µs", packet, 3.0, " µs"),
                new Target("Janus' CPU a packet against it", "at least 8 times", janus / packet, 8, true, " times"),
                most("against the floor", "at most 1.6 times", packet / floor, 1.6, " times"),
                most(
                        "personal VOD, 200 viewers, one warm file, against vod-live",
                        "at most 1.3 times",
                        n("personal/one file, 200", "usAPacket") / packet,
                        1.3,
                        " times"),
                most("CPU a join", "at most 5 ms", n("joins/200 in a second", "cpuMsAJoin"), 5, " ms"),
                most(
                        "200 joins in a second: first key frame, p95",
                        "under 1 s",
                        n("joins/200 in a second", "firstKeyP95Ms"),
                        1000,
                        " ms"),
                most("first key frame, warm, idle, p50", "under 60 ms", worst("firstKeyP50Ms"), 60, " ms"),
                most("first key frame, warm, idle, p95", "under 150 ms", worst("firstKeyP95Ms"), 150, " ms"),
                most(
                        "memory a viewer, 500 viewers",
                        "at most 100 KB",
                        n("vod-live/memory, 500", "memoryAViewerKb"),
                        100,
                        " KB"),
                most("500 viewers, send jitter p99.9", "under 10 ms", n("vod-live/500", "videoLateP999Ms"), 10, " ms"),
                most("500 viewers, lost packets", "none", n("vod-live/500", "lost"), 0, ""),
                most(
                        "20 viewers of a film whose AAC becomes Opus, first showing, against Opus in the file, 20 ms",
                        "at most 1.1 times",
                        n("films/20 viewers: AAC, first showing", "serverCpuS")
                                / n("films/20 viewers: Opus in the file, packets of 20 ms", "serverCpuS"),
                        1.1,
                        " times"),
                most(
                        "CPU a packet, 50 to 1000 viewers, dearest against cheapest",
                        "at most 1.2 times",
                        spread.getMax() / spread.getMin(),
                        1.2,
                        " times"),
                ofNginx("10 KB"),
                ofNginx("10 KB, TLS"),
                ofNginx("100 KB"),
                ofNginx("100 KB, TLS"),
                ofNginx("playlist"),
                most(
                        "1000 players of low-latency HLS, held requests p99",
                        "within 200 ms",
                        n("hls-crowd/1000", "heldP99Ms"),
                        200,
                        " ms"),
                most("1000 players of low-latency HLS, cores", "at most 1", n("hls-crowd/1000", "serverCores"), 1, ""),
                most(
                        "heap a held request",
                        "at most 10 KB",
                        n("hls-crowd/memory, a held request", "heapAHeldKb"),
                        10,
                        " KB"),
                most(
                        "playlist of a film of two hours, cold",
                        "at most 200 ms",
                        n("hls-films/two hours", "coldP50Ms"),
                        200,
                        " ms"),
                most("the same, warm", "at most 10 ms", n("hls-films/two hours", "warmP50Ms"), 10, " ms"),
                most("first picture by MSE", "under 700 ms", n("mse/first picture", "firstPictureMaxMs"), 700, " ms"),
                most(
                        "50 viewers by MSE, CPU against WebRTC",
                        "at most as much",
                        n("mse/MSE, 50", "serverCores") / n("mse/WebRTC, 50", "serverCores"),
                        1,
                        " times"));
    }

    /** Requests a second and core, as part of nginx's. */
    private Target ofNginx(String what) {
        return new Target(
                "HLS, " + what + ": requests a second and core, as part of nginx's",
                "at least 0.2",
                n("hls-requests/" + what, "requestsSCore") / n("hls-requests/nginx " + what, "requestsSCore"),
                0.2,
                true,
                "");
    }

    /** Of a broadcast and a personal film. */
    private double worst(String figure) {
        return Math.max(n("joins/live one by one", figure), n("joins/personal one by one", figure));
    }

    private double n(String id, String figure) {
        return results.number(id, figure);
    }

    private static Target most(String what, String text, double measured, double limit, String unit) {
        return new Target(what, text, measured, limit, false, unit);
    }
}
