package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The product as its users run it: {@code java -jar target/reelcast.jar} in a folder of its own, on ports of its own,
 * set up by {@code REELCAST_*} variables alone. Its log is {@code target/e2e/NAME.log}.
 */
public final class ReelcastProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(240);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final int LAST_LINES = 15;
    private static final String LOCAL = "localhost";

    private final Ports ports;
    private final String host;
    private final Path home;
    private final Path log;
    private final Process process;
    private final Thread killer;

    private ReelcastProcess(Builder builder) throws IOException {
        ports = builder.ports == null ? Ports.free() : builder.ports;
        Path folder = Files.createDirectories(Tools.target().resolve("e2e"));
        String ownName = builder.name + Tools.forkSuffix();
        home = builder.home == null ? emptied(folder.resolve(ownName)) : builder.home;
        log = folder.resolve(ownName + ".log");
        host = builder.host;
        List<String> command = new ArrayList<>(builder.wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + builder.heapMb + "m",
                "-Djava.io.tmpdir=" + Files.createDirectories(home.resolve("tmp"))));
        command.addAll(builder.jvmOptions);
        command.addAll(List.of("-jar", jar().toString()));
        ProcessBuilder starting = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        starting.environment().keySet().removeIf(name -> name.startsWith("REELCAST_"));
        settings(builder).forEach((key, value) -> starting.environment().put(variable(key), value));
        process = starting.start();
        killer = new Thread(process::destroyForcibly, "kill " + builder.name);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** An earlier run's folder has the same name. */
    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectory(folder);
    }

    private Map<String, String> settings(Builder builder) {
        Map<String, String> settings = new LinkedHashMap<>(ports.settings());
        settings.put("media_dir", home.resolve("media").toString());
        String address = host.equals(LOCAL) ? "127.0.0.1" : host;
        settings.put("listen_address", address);
        settings.put("ip", address);
        settings.put("ip_local", address);
        // that tests, browsers and the server share a few cores is no reason to refuse viewers
        settings.put("admission_max_load", "0");
        // often enough to see that it works
        settings.put("warm_up_plays", "3");
        settings.putAll(builder.settings);
        return settings;
    }

    private static String variable(String key) {
        return "REELCAST_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static Path jar() {
        Path jar = Tools.target().resolve("reelcast.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there: run mvn package first");
        }
        return jar;
    }

    /** Runs a command of the jar in the server's folder. @param input what it reads @return what it says */
    public String command(String input, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder starting =
                    new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
            starting.environment().keySet().removeIf(name -> name.startsWith("REELCAST_"));
            Process run = starting.start();
            run.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            run.getOutputStream().close();
            return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** What a server to come is to be like. */
    public static final class Builder {
        private final String name;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final List<String> wrapper = new ArrayList<>();
        private String host = LOCAL;
        private Path home;
        private Ports ports;
        private int heapMb = 512;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets one key of flashphoner.properties, by its WCS name. */
        public Builder set(String key, Object value) {
            settings.put(key, value.toString());
            return this;
        }

        /** Gives the server a heap of this size. */
        public Builder heapMb(int size) {
            heapMb = size;
            return this;
        }

        /** By the JVM's quick compiler alone: up in half the time, for a server whose speed matters to no test. */
        public Builder upSoon() {
            return jvm("-XX:TieredStopAtLevel=1");
        }

        /** Gives the server's JVM an option more. */
        public Builder jvm(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** Runs at another address, by a command that runs it there. */
        public Builder at(String address, List<String> command) {
            host = address;
            wrapper.addAll(command);
            return this;
        }

        /** Runs in a folder that an earlier server has left. */
        public Builder in(Path home) {
            this.home = home;
            return this;
        }

        /** Takes the place of an earlier server: its folder and its ports. */
        public Builder inPlaceOf(ReelcastProcess earlier) {
            ports = earlier.ports();
            return in(earlier.home());
        }

        /** Starts the server and returns as soon as it says that it is ready. */
        public ReelcastProcess start() {
            ReelcastProcess started = launch();
            try {
                started.awaitReady();
            } catch (RuntimeException | Error notReady) {
                started.close();
                throw notReady;
            }
            return started;
        }

        /** Starts the server and returns at once. */
        public ReelcastProcess launch() {
            try {
                return new ReelcastProcess(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void awaitReady() {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        HttpRequest request = HttpRequest.newBuilder(http("/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Await.until(
                START_LIMIT,
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "The server ended with " + process.exitValue() + ":\n" + lastWords());
                    }
                    try {
                        return http.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    } catch (IOException notYet) {
                        return false;
                    }
                },
                () -> "The server is not ready:\n" + lastWords());
    }

    public Ports ports() {
        return ports;
    }

    /** Where the process runs; its own, empty at the start. */
    public Path home() {
        return home;
    }

    /** Made by the server itself, with the sample film in it. */
    public Path mediaDir() {
        return home.resolve("media");
    }

    public long pid() {
        return process.pid();
    }

    /** Stops or wakes the process, by {@code STOP} or {@code CONT}. */
    public void signal(String name) {
        Tools.output(List.of("kill", "-" + name, Long.toString(pid())));
    }

    /** @param path with its leading slash */
    public URI http(String path) {
        return URI.create("http://" + host + ":" + ports.http() + path);
    }

    /** Where the browser SDK connects. */
    public String wsUrl() {
        return "ws://" + host + ":" + ports.ws();
    }

    /** What the JDK's jcmd says to a command about the server. */
    public String jcmd(String command) {
        return Tools.output(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), command));
    }

    /** Everything the server has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of the log, for messages of failed tests. */
    public String lastWords() {
        List<String> lines = log().lines().toList();
        return log + " ends with:\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Ends the server as a power cut would, by SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(STOP_LIMIT);
    }

    /** Stops the server as systemd or a container would, by SIGTERM. @return the exit code */
    public int stop() {
        process.destroy();
        return awaitExit(STOP_LIMIT);
    }

    /** @return the exit code of a process that ends by itself within the time */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The server has not ended within " + limit + ":\n" + lastWords());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException alreadyRunning) {
            // the JVM is going down: the hook does the same as we did
        }
    }
}
