package org.reelcast.e2e.harness;

import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** WebRTC stacks that are no browser's, each driven by a program of {@code src/test/interop}. */
public enum ForeignClient {
    /** Python; decodes and encodes with FFmpeg. */
    AIORTC(() -> List.of(ForeignClient.PYTHON, ForeignClient.program("aiortc_client.py"))),
    /** GStreamer on libnice, as it is by default: a transport for sound and one for the picture; decodes. */
    WEBRTCBIN(() -> List.of(ForeignClient.PYTHON, ForeignClient.program("webrtcbin.py"), "NONE")),
    /** The same with one transport for both. */
    WEBRTCBIN_BUNDLE(() -> List.of(ForeignClient.PYTHON, ForeignClient.program("webrtcbin.py"), "MAX_BUNDLE")),
    /** JavaScript; decodes nothing. */
    WERIFT(() -> List.of(ForeignClient.node(), ForeignClient.program("werift.mjs")), "werift@0.24.4"),
    /** C++, by its bindings for Node.js; decodes nothing. */
    LIBDATACHANNEL(
            () -> List.of(ForeignClient.node(), ForeignClient.program("libdatachannel.mjs")),
            "node-datachannel@0.33.4"),
    /** Go; decodes nothing. */
    PION(() -> List.of(ForeignClient.pion()));

    private static final Path PROGRAMS = Path.of("src", "test", "interop").toAbsolutePath();
    /** Debian's, which has Debian's packages, whatever comes first on the PATH. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String WS = "ws@8.18.3";

    private final Supplier<List<String>> command;
    private final List<String> packages;

    /** @param packages npm's, in whose folder the program is run */
    ForeignClient(Supplier<List<String>> command, String... packages) {
        this.command = command;
        this.packages = List.of(packages);
    }

    /**
     * How a stream was played or published.
     *
     * @param video  pictures
     * @param audio  frames of sound
     * @param record the file's name, of one that was published; else empty
     */
    public record Done(int video, int audio, String status, String info, String record) {}

    /** Plays a stream to its end, or for so long. */
    public Done play(ReelcastProcess server, String stream, int seconds) {
        return run(List.of("play", server.wsUrl() + "/", stream, Integer.toString(seconds)));
    }

    /** Publishes a film over and over for so long, and has it recorded. */
    public Done publish(ReelcastProcess server, String stream, int seconds, Path film) {
        return run(List.of("publish", server.wsUrl() + "/", stream, Integer.toString(seconds), film.toString()));
    }

    /** Has each client do something, all at the same time, and then looks at what each did. */
    public static void all(Function<ForeignClient, Done> what, BiConsumer<ForeignClient, Done> check) {
        Map<ForeignClient, FutureTask<Done>> doing = new EnumMap<>(ForeignClient.class);
        for (ForeignClient client : values()) {
            FutureTask<Done> task = new FutureTask<>(() -> what.apply(client));
            doing.put(client, task);
            new Thread(task, client.name()).start();
        }
        assertAll(doing.entrySet().stream().map(each -> () -> {
            try {
                check.accept(each.getKey(), each.getValue().get());
            } catch (ExecutionException | AssertionError e) {
                throw new AssertionError(each.getKey() + ": " + e.getMessage(), e);
            }
        }));
    }

    private Done run(List<String> arguments) {
        Path folder = packages.isEmpty() ? PROGRAMS : installed();
        List<String> line = new ArrayList<>(command.get());
        line.addAll(arguments);
        String[] lines = Tools.output(folder, line).split("\n");
        JsonObject report = new Gson().fromJson(lines[lines.length - 1], JsonObject.class);
        return new Done(
                report.get("video").getAsInt(),
                report.get("audio").getAsInt(),
                text(report, "status"),
                text(report, "info"),
                text(report, "record"));
    }

    private static String text(JsonObject report, String name) {
        return report.has(name) && !report.get(name).isJsonNull()
                ? report.get(name).getAsString()
                : "";
    }

    private static String program(String name) {
        return PROGRAMS.resolve(name).toString();
    }

    private static String node() {
        return Tools.find("node").toString();
    }

    /** Built of Debian's packages, which have no modules. */
    private static synchronized String pion() {
        Path program = Tools.target().resolve("pion");
        if (!Files.exists(program)) {
            Path made = program.resolveSibling("pion" + ProcessHandle.current().pid());
            Tools.run(
                    PROGRAMS.resolve("pion"),
                    List.of(
                            "/usr/bin/env",
                            "GO111MODULE=off",
                            "GOPATH=/usr/share/gocode",
                            "GOFLAGS=",
                            Tools.find("go").toString(),
                            "build",
                            "-o",
                            made.toString(),
                            "main.go"));
            move(made, program);
        }
        return program.toString();
    }

    private Path installed() {
        Path folder = Tools.target().resolve(packages.get(0)).toAbsolutePath();
        if (!Files.exists(folder)) {
            try {
                Path work = Files.createTempDirectory(Files.createDirectories(folder.getParent()), "npm");
                List<String> install = new ArrayList<>(List.of(
                        Tools.find("npm").toString(),
                        "install",
                        "--silent",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        work.toString(),
                        WS));
                install.addAll(packages);
                Tools.run(work, install);
                move(work, folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder;
    }

    private static void move(Path from, Path to) {
        try {
            Tools.moveWhole(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
