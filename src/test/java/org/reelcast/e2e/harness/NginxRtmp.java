package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** nginx with its RTMP module, which records all that it takes: each stream that comes is a file of its own. */
public final class NginxRtmp implements AutoCloseable {
    private static final String CONFIG = """
            load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            rtmp { access_log off; server { listen 127.0.0.1:%2$d; application live {
                live on; record all; record_path %1$s; record_unique on; } } }
            """;
    private static final String TLS = """
            load_module /usr/lib/nginx/modules/ngx_stream_module.so;
            %1$s
            stream { server { listen 127.0.0.1:%2$d ssl; ssl_certificate %3$s; ssl_certificate_key %4$s;
                proxy_pass 127.0.0.1:%5$d; } }
            """;

    private final Path folder;
    private final int port = FreePorts.block(2);
    /** Of its certificate and key; null without TLS. */
    private Path certificate;

    private Path key;
    private Process process;

    private NginxRtmp(Path folder) {
        this.folder = folder;
    }

    /** @param folder for what it records, empty */
    public static NginxRtmp start(Path folder) {
        NginxRtmp nginx = new NginxRtmp(folder);
        nginx.start();
        return nginx;
    }

    /**
     * The same with TLS in front of it, by its stream module.
     *
     * @param certificate PEM, as the key
     */
    public static NginxRtmp start(Path folder, Path certificate, Path key) {
        NginxRtmp nginx = new NginxRtmp(folder);
        nginx.certificate = certificate;
        nginx.key = key;
        nginx.start();
        return nginx;
    }

    /** The same again, at the same port. */
    public void start() {
        try {
            String plain = CONFIG.formatted(folder, port);
            Path config = Files.writeString(
                    folder.resolve("nginx.conf"),
                    certificate == null ? plain : TLS.formatted(plain, port + 1, certificate, key, port));
            process = new ProcessBuilder("/usr/sbin/nginx", "-p", folder.toString(), "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nginx.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(Duration.ofSeconds(20), this::isUp, () -> "nginx does not come up: " + folder);
    }

    private boolean isUp() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Of the application that takes streams. */
    public String url() {
        return "rtmp://127.0.0.1:" + port + "/live";
    }

    /** The same by TLS. @param host by which it is asked for */
    public String tlsUrl(String host) {
        return "rtmps://" + host + ":" + (port + 1) + "/live";
    }

    /** What was recorded of a stream, the oldest first. */
    public List<Path> recordings(String name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As power cuts do. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
