package org.reelcast.bench.run;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Janus as Debian packs it, one stream fed by ffmpeg by RTP; settings and logs in {@code target/bench/janus}. */
final class JanusProcess implements AutoCloseable {
    static final int STREAM = 1;
    private static final long START_LIMIT_NS = 15_000_000_000L;

    private final Path folder =
            Files.createDirectories(Path.of("target", "bench", "janus").toAbsolutePath());
    private final int port = freeTcp();
    private final Process janus;
    private final Process feeder;

    /** @param film what viewers get: its pictures as they are, its sound as Opus */
    JanusProcess(Path film) throws IOException {
        int audio = freeUdp();
        int video = freeUdp();
        Files.writeString(folder.resolve("janus.jcfg"), """
                general: {
                    plugins_folder = "%1$s/plugins"
                    transports_folder = "%1$s/transports"
                    debug_level = 3
                    session_timeout = 3600
                    debug_colors = false
                }
                plugins: {
                    disable = "%2$s"
                }
                transports: {
                    disable = "%3$s"
                }
                """.formatted(
                        libraries(),
                        others("plugins", "libjanus_streaming.so"),
                        others("transports", "libjanus_websockets.so")));
        Files.writeString(folder.resolve("janus.transport.websockets.jcfg"), """
                general: {
                    json = "compact"
                    ws = true
                    ws_port = %d
                    ws_ip = "127.0.0.1"
                }
                """.formatted(port));
        Files.writeString(folder.resolve("janus.plugin.streaming.jcfg"), """
                film: {
                    type = "rtp"
                    id = %d
                    audio = true
                    video = true
                    audioport = %d
                    audiopt = 111
                    audiocodec = "opus"
                    videoport = %d
                    videopt = 96
                    videocodec = "h264"
                    videofmtp = "profile-level-id=42e01f;packetization-mode=1"
                    videobufferkf = true
                }
                """.formatted(STREAM, audio, video));
        janus = start("janus.log", List.of("janus", "--configs-folder=" + folder));
        feeder = start(
                "ffmpeg.log",
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-re",
                        "-stream_loop",
                        "-1",
                        "-i",
                        film.toAbsolutePath().toString(),
                        "-map",
                        "0:v",
                        "-c:v",
                        "copy",
                        "-bsf:v",
                        "h264_mp4toannexb",
                        "-payload_type",
                        "96",
                        "-f",
                        "rtp",
                        "rtp://127.0.0.1:" + video + "?pkt_size=1200",
                        "-map",
                        "0:a",
                        "-c:a",
                        "libopus",
                        "-b:a",
                        "96k",
                        "-payload_type",
                        "111",
                        "-f",
                        "rtp",
                        "rtp://127.0.0.1:" + audio));
        awaitPort();
    }

    /** Whether the machine has it. */
    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "janus")))
                && libraries() != null;
    }

    private static Path libraries() {
        for (String architecture : List.of("x86_64-linux-gnu", "aarch64-linux-gnu")) {
            Path folder = Path.of("/usr/lib", architecture, "janus");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }

    /** All libraries of a kind but the one, so that nothing else is loaded. */
    private static String others(String kind, String wanted) throws IOException {
        try (Stream<Path> files = Files.list(libraries().resolve(kind))) {
            return String.join(
                    ",",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".so") && !name.equals(wanted))
                            .toList());
        }
    }

    private Process start(String log, List<String> command) throws IOException {
        // where it runs a core file may come to lie: Janus sometimes leaves one when it is stopped under load
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private void awaitPort() throws IOException {
        long end = System.nanoTime() + START_LIMIT_NS;
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || !janus.isAlive()) {
                    close();
                    throw new IOException("Janus does not start: see " + folder.resolve("janus.log"), notYet);
                }
                Pause.seconds(0.2);
            }
        }
    }

    private static int freeTcp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    long pid() {
        return janus.pid();
    }

    String url() {
        return "ws://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        feeder.destroy();
        janus.destroy();
        Pause.seconds(1);
        feeder.destroyForcibly();
        janus.destroyForcibly();
    }
}
