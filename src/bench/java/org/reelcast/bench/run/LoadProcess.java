package org.reelcast.bench.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The load client as a process of its own: orders go in, figures come out. */
public final class LoadProcess implements AutoCloseable {
    private static final int JOIN_LIMIT_MS = 20_000;

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /** @param runs whether it takes segmented runs whole */
    public LoadProcess(boolean runs) throws IOException {
        Path log = Files.createDirectories(Path.of("target", "bench")).resolve("load.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.reelcast.bench.load.LoadMain",
                        runs ? "runs" : "single")
                .redirectError(log.toFile())
                .start();
        orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public long pid() {
        return process.pid();
    }

    private JsonObject order(String what, JsonObject order) {
        order.addProperty("do", what);
        try {
            orders.write(order + "\n");
            orders.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("The load client ended: see target/bench/load.log");
            }
            JsonObject object = JsonParser.parseString(answer).getAsJsonObject();
            if (object.has("error")) {
                throw new IllegalStateException(
                        "The load client: " + object.get("error").getAsString());
            }
            return object;
        } catch (IOException e) {
            throw new IllegalStateException("The load client ended: see target/bench/load.log", e);
        }
    }

    /**
     * Lets viewers join, so many a second, and waits until each has a key frame or has failed.
     *
     * @param streams taken in turn
     */
    public Joined join(String group, String url, List<String> streams, int count, double perSecond) {
        return join(group, url, streams, count, perSecond, false);
    }

    /** Lets viewers join Janus' stream of this number. */
    public Joined joinJanus(String group, String url, int stream, int count, double perSecond) {
        return join(group, url, List.of(Integer.toString(stream)), count, perSecond, true);
    }

    private Joined join(String group, String url, List<String> streams, int count, double perSecond, boolean janus) {
        JsonObject order = new JsonObject();
        order.addProperty("group", group);
        order.addProperty("url", url);
        order.addProperty("janus", janus);
        JsonArray names = new JsonArray();
        streams.forEach(names::add);
        order.add("streams", names);
        order.addProperty("count", count);
        order.addProperty("spacingUs", Math.round(1e6 / perSecond));
        order.addProperty("limitMs", JOIN_LIMIT_MS);
        return Joined.of(order("join", order));
    }

    /** Opens so many sockets that count what comes. @return their ports, separated by spaces */
    public String sinks(int count) {
        JsonObject order = new JsonObject();
        order.addProperty("count", count);
        return String.join(" ", Joined.texts(order("sink", order).getAsJsonArray("ports")));
    }

    /** Starts publishers. @return why some failed */
    public List<String> publish(String url, String prefix, int count, int frameBytes, boolean record) {
        JsonObject order = new JsonObject();
        order.addProperty("url", url);
        order.addProperty("prefix", prefix);
        order.addProperty("count", count);
        order.addProperty("frameBytes", frameBytes);
        order.addProperty("record", record);
        return Joined.texts(order("publish", order).getAsJsonArray("failures"));
    }

    public void unpublish() {
        order("unpublish", new JsonObject());
    }

    /**
     * Players of low-latency HLS come.
     *
     * @param url   of the media playlist
     * @param parts whether they fetch the parts too, or have their requests held and no more
     */
    public void playHls(String url, int count, boolean parts) {
        JsonObject order = new JsonObject();
        order.addProperty("url", url);
        order.addProperty("count", count);
        order.addProperty("parts", parts);
        order("hls", order);
    }

    /** Counts what they get anew. */
    public void markHls() {
        order("hls-mark", new JsonObject());
    }

    /** What they got since: how late held requests were answered, and how many. */
    public JsonObject reportHls() {
        return order("hls-report", new JsonObject());
    }

    /** Lets viewers by MSE join. @return when each had its first picture, in ms from asking for media, and failures */
    public JsonObject playMse(String url, String stream, int count, double perSecond) {
        JsonObject order = new JsonObject();
        order.addProperty("url", url);
        order.addProperty("stream", stream);
        order.addProperty("count", count);
        order.addProperty("spacingUs", Math.round(1e6 / perSecond));
        order.addProperty("limitMs", JOIN_LIMIT_MS);
        return order("mse", order);
    }

    /** How many bytes viewers by MSE have got. */
    public long mseBytes() {
        return order("mse-bytes", new JsonObject()).get("bytes").getAsLong();
    }

    /** Players of HLS and MSE go. */
    public void leaveSegments() {
        order("segments-leave", new JsonObject());
    }

    /** Starts a window of counting. */
    public void mark() {
        order("mark", new JsonObject());
    }

    /** What came since {@link #mark}: see {@code LoadFigures}. */
    public JsonObject report() {
        return order("report", new JsonObject());
    }

    /** The same of one group. */
    public JsonObject report(String group) {
        JsonObject order = new JsonObject();
        order.addProperty("group", group);
        return order("report", order);
    }

    public void leave() {
        order("leave", new JsonObject());
    }

    public void leave(String group) {
        JsonObject order = new JsonObject();
        order.addProperty("group", group);
        order("leave", order);
    }

    /** All go; the process stays, warm as it is. */
    @Override
    public void close() {
        leave();
        unpublish();
    }

    void end() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
