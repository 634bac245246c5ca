package org.reelcast.e2e.harness;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A server in a network of its own, where a name server is named and never answers. Needs Linux and the right to make
 * networks: root, or user namespaces.
 */
public final class SilentNameServer {
    private static final Path PROGRAMS = Path.of("src", "test", "interop").toAbsolutePath();
    private static final String ADDRESS = "192.0.2.1";
    private static final int PORT = 8080;

    private SilentNameServer() {}

    /**
     * How long it took, in s.
     *
     * @param lookup of a name for the server's address
     * @param single clients that sign on one after the other, each
     * @param crowd  clients that sign on at once, each
     */
    public record Times(double lookup, List<Double> single, List<Double> crowd) {}

    /** Whether such a network can be made here. */
    public static boolean isPossible() {
        try {
            return new ProcessBuilder("unshare", "--map-root-user", "--net", "--mount", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a server there, and has clients sign on, twice so many. */
    public static Times signOns(int clients) {
        try {
            Path home = Files.createTempDirectory(
                    Files.createDirectories(Tools.target().resolve("e2e")), "silent");
            Files.createDirectory(home.resolve("media"));
            String output = Tools.output(
                    home,
                    List.of(
                            "unshare",
                            "--map-root-user",
                            "--net",
                            "--mount",
                            "/usr/bin/python3",
                            PROGRAMS.resolve("silent_name_server.py").toString(),
                            ADDRESS,
                            Integer.toString(PORT),
                            Integer.toString(clients),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-jar",
                            Tools.target().resolve("reelcast.jar").toString()),
                    Map.of(
                            "REELCAST_LISTEN_ADDRESS", ADDRESS,
                            "REELCAST_IP", ADDRESS,
                            "REELCAST_IP_LOCAL", ADDRESS,
                            "REELCAST_WARM_UP_PLAYS", "0"));
            return new Gson().fromJson(output, Times.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
