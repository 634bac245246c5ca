package org.reelcast.bench.load;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The load, a process of its own, so that the server's CPU is the server's alone. Takes orders as JSON from its
 * standard input, a line each, and answers each with a line.
 */
public final class LoadMain {
    private static final int LOOP_LIMIT_S = 30;

    private final LoadNetwork network;
    private final HttpClient http = HttpClient.newBuilder()
            .executor(Executors.newFixedThreadPool(2, task -> {
                Thread thread = new Thread(task, "signalling");
                thread.setDaemon(true);
                return thread;
            }))
            .build();
    private final Map<String, List<Guest>> groups = new LinkedHashMap<>();
    private final List<Sink> sinks = new ArrayList<>();
    private final Cameras cameras = new Cameras(http);
    private final SegmentOrders segments = new SegmentOrders(http);

    private LoadMain(boolean runs) {
        network = new LoadNetwork(runs);
    }

    /** @param args {@code runs} to take segmented runs whole */
    public static void main(String[] args) throws Exception {
        LoadMain load = new LoadMain(args.length > 0 && args[0].equals("runs"));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            JsonObject answer;
            try {
                answer = load.obey(JsonParser.parseString(line).getAsJsonObject());
            } catch (Exception e) {
                answer = new JsonObject();
                answer.addProperty("error", e.toString());
            }
            System.out.println(answer);
        }
        load.cameras.close();
        load.network.close();
        System.exit(0);
    }

    private JsonObject obey(JsonObject order) throws Exception {
        return switch (order.get("do").getAsString()) {
            case "join" -> join(order);
            case "mark" -> onLoop(this::mark);
            case "report" -> onLoop(() -> LoadFigures.of(guests(order), order.has("group") ? List.of() : sinks));
            case "sink" -> sink(order);
            case "leave" -> leave(order);
            case "publish" -> cameras.publish(order);
            case "unpublish" -> cameras.stop();
            case "hls" -> segments.playHls(order);
            case "hls-mark" -> segments.mark();
            case "hls-report" -> segments.report();
            case "mse" -> segments.playMse(order);
            case "mse-bytes" -> segments.bytes();
            case "segments-leave" -> segments.leave();
            default -> throw new IllegalArgumentException(order.toString());
        };
    }

    private interface OnLoop {
        JsonObject run();
    }

    private JsonObject onLoop(OnLoop what) throws Exception {
        CompletableFuture<JsonObject> done = new CompletableFuture<>();
        network.loop().execute(() -> {
            try {
                done.complete(what.run());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(LOOP_LIMIT_S, TimeUnit.SECONDS);
    }

    private JsonObject mark() {
        groups.values()
                .forEach(group -> group.forEach(guest -> {
                    guest.media().video().mark();
                    guest.media().audio().mark();
                }));
        sinks.forEach(sink -> {
            sink.video().mark();
            sink.audio().mark();
        });
        return new JsonObject();
    }

    /** Those of the order's group, or all. */
    private List<Guest> guests(JsonObject order) {
        if (order.has("group")) {
            return groups.getOrDefault(order.get("group").getAsString(), List.of());
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private JsonObject join(JsonObject order) throws Exception {
        List<String> streams = new ArrayList<>();
        for (JsonElement stream : order.getAsJsonArray("streams")) {
            streams.add(stream.getAsString());
        }
        int count = order.get("count").getAsInt();
        long spacingUs = order.get("spacingUs").getAsLong();
        List<Guest> joined = new ArrayList<>();
        long startUs = WallClock.nowUs();
        for (int i = 0; i < count; i++) {
            for (long leftUs = startUs + i * spacingUs - WallClock.nowUs();
                    leftUs > 0;
                    leftUs = startUs + i * spacingUs - WallClock.nowUs()) {
                LockSupport.parkNanos(leftUs * 1000);
            }
            Guest guest = new Guest(network, signalling(order), streams.get(i % streams.size()));
            joined.add(guest);
            guest.join();
        }
        List<Guest> group = groups.computeIfAbsent(order.get("group").getAsString(), name -> new ArrayList<>());
        awaitKeys(joined, startUs + count * spacingUs + order.get("limitMs").getAsLong() * 1000);
        JsonObject answer = times(joined);
        joined.stream().filter(guest -> !guest.hasKey()).forEach(Guest::leave);
        joined.stream().filter(Guest::hasKey).forEach(group::add);
        return answer;
    }

    /** Opens destinations for somebody who just sends. */
    private JsonObject sink(JsonObject order) throws IOException {
        JsonArray ports = new JsonArray();
        for (int i = 0; i < order.get("count").getAsInt(); i++) {
            Sink sink = new Sink(network.loop());
            sinks.add(sink);
            ports.add(sink.port());
        }
        JsonObject answer = new JsonObject();
        answer.add("ports", ports);
        return answer;
    }

    private Signalling signalling(JsonObject order) {
        URI uri = URI.create(order.get("url").getAsString());
        return order.get("janus").getAsBoolean() ? new JanusSignalling(http, uri) : new WcsSignalling(http, uri);
    }

    private void awaitKeys(List<Guest> joined, long untilUs) throws Exception {
        while (WallClock.nowUs() < untilUs) {
            JsonObject waiting = onLoop(() -> {
                JsonObject json = new JsonObject();
                json.addProperty(
                        "n",
                        joined.stream()
                                .filter(g -> !g.hasKey() && g.failure() == null)
                                .count());
                return json;
            });
            if (waiting.get("n").getAsInt() == 0) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static JsonObject times(List<Guest> joined) {
        JsonArray packets = new JsonArray();
        JsonArray keys = new JsonArray();
        JsonArray failures = new JsonArray();
        for (Guest guest : joined) {
            if (guest.hasKey()) {
                packets.add(guest.firstPacketUs() / 1000.0);
                keys.add(guest.firstKeyUs() / 1000.0);
            } else {
                failures.add(guest.failure() == null ? "no key frame in time" : guest.failure());
            }
        }
        JsonObject answer = new JsonObject();
        answer.add("firstPacketMs", packets);
        answer.add("firstKeyMs", keys);
        answer.add("failures", failures);
        return answer;
    }

    private JsonObject leave(JsonObject order) {
        guests(order).forEach(Guest::leave);
        if (order.has("group")) {
            groups.remove(order.get("group").getAsString());
        } else {
            groups.clear();
            sinks.forEach(Sink::close);
            sinks.clear();
        }
        return new JsonObject();
    }
}
