package org.reelcast.e2e.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Some servers that are one cluster, each on ports and in a folder of its own; named a, b, c. */
public final class ClusterNodes implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final FileTime FILM_TIME = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

    private final List<ReelcastProcess> servers = new ArrayList<>();
    private final List<Integer> gridPorts;

    private ClusterNodes(List<Integer> gridPorts) {
        this.gridPorts = gridPorts;
    }

    /** Starts them, all at the same time. @param more settings of all */
    public static ClusterNodes start(String name, int count, UnaryOperator<ReelcastProcess.Builder> more) {
        return start(name, count, (node, builder) -> more.apply(builder));
    }

    /** The same with settings for each. */
    public static ClusterNodes start(
            String name, int count, BiFunction<Integer, ReelcastProcess.Builder, ReelcastProcess.Builder> more) {
        return start(name, count, more, node -> "127.0.0.1");
    }

    /** The same, each in a network namespace of its own. */
    public static ClusterNodes start(
            String name, NetworkNamespaces places, UnaryOperator<ReelcastProcess.Builder> more) {
        return start(
                name,
                places.count(),
                (node, builder) -> more.apply(builder)
                        .set("cluster_address", places.address(node))
                        .at(places.address(node), places.wrapper(node)),
                places::address);
    }

    private static ClusterNodes start(
            String name,
            int count,
            BiFunction<Integer, ReelcastProcess.Builder, ReelcastProcess.Builder> more,
            IntFunction<String> address) {
        int port = FreePorts.block(count);
        String members = IntStream.range(0, count)
                .mapToObj(each -> address.apply(each) + ":" + (port + each))
                .collect(Collectors.joining(","));
        List<CompletableFuture<ReelcastProcess>> starting = IntStream.range(0, count)
                .mapToObj(i -> {
                    String node = Character.toString('a' + i);
                    return CompletableFuture.supplyAsync(() -> more.apply(
                                    i,
                                    SharedFixtures.soonBesideOthers(ReelcastProcess.builder(name + "-" + node))
                                            .set("cluster_enabled", "true")
                                            .set("cluster_members", members)
                                            .set("cluster_name", name)
                                            .set("cluster_port", port + i)
                                            .set("node_id", node))
                            .start());
                })
                .toList();
        ClusterNodes nodes =
                new ClusterNodes(IntStream.range(port, port + count).boxed().toList());
        RuntimeException failure = null;
        for (CompletableFuture<ReelcastProcess> each : starting) {
            try {
                nodes.servers.add(each.join());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            nodes.close();
            throw failure;
        }
        return nodes;
    }

    /** Where they listen for one another. */
    public List<Integer> gridPorts() {
        return gridPorts;
    }

    public ReelcastProcess server(int index) {
        return servers.get(index);
    }

    public RestClient rest(int index) {
        return new RestClient(servers.get(index));
    }

    /** Puts a film on all of them, as a copy that keeps its time does. */
    public void put(Path film, String name) {
        for (ReelcastProcess server : servers) {
            TestMedia.put(film, server, name);
            try {
                Files.setLastModifiedTime(server.mediaDir().resolve(name), FILM_TIME);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** On which nodes the only VOD stream is, by what a node says; none when there is not one. */
    public List<String> nodesOfTheOnlyStream(int asked) {
        List<JsonObject> found = list(asked, "/vod/find_all");
        return found.size() == 1 ? nodesOf(found.get(0)) : List.of();
    }

    /** On which nodes there are recordings, by what a node says. */
    public List<String> recording(int asked) {
        return list(asked, "/recorder/find_all").stream()
                .flatMap(recording -> nodesOf(recording).stream())
                .toList();
    }

    /** What a node lists; nothing when there is none. */
    public List<JsonObject> list(int asked, String call) {
        RestClient.Answer answer = rest(asked).get(call);
        return answer.status() == 404
                ? List.of()
                : answer.array().asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .toList();
    }

    private static List<String> nodesOf(JsonObject found) {
        return found.getAsJsonArray("nodes").asList().stream()
                .map(JsonElement::getAsString)
                .sorted()
                .toList();
    }

    /** Has something done that succeeds. */
    public void post(int node, String call, String body) {
        RestClient.Answer answer = rest(node).post(call, body);
        if (answer.status() != 200) {
            throw new AssertionError(call + " at node " + node + ": " + answer.status() + " " + answer.body());
        }
    }

    /** Where a node sends the next viewer, once there is one that takes him. */
    public ReelcastProcess balanced(int asked) {
        RestClient.Answer[] answer = new RestClient.Answer[1];
        Await.until(
                LIMIT,
                () -> {
                    answer[0] = rest(asked)
                            .send(HttpRequest.newBuilder(server(asked).http("/loadbalancer")));
                    return answer[0].status() == 200;
                },
                () -> answer[0].body());
        int port = answer[0].object().get("ws").getAsInt();
        return servers.stream()
                .filter(server -> server.ports().ws() == port)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        servers.parallelStream().forEach(ReelcastProcess::close);
    }
}
