package org.reelcast.bench.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.reelcast.e2e.harness.FreePorts;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.ReverseProxy;

/** nginx as Debian packs it, which delivers files, plain and by TLS with the server's own key; one process. */
final class NginxFiles implements AutoCloseable {
    private static final long START_LIMIT_NS = 15_000_000_000L;

    private final Path folder =
            Files.createDirectories(Path.of("target", "bench", "nginx").toAbsolutePath());
    private final int port = FreePorts.block(2);
    private final Process process;

    NginxFiles(ReelcastProcess server) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder.resolve("files"));
        ReverseProxy.writeKey(server.home().resolve("conf/reelcast.p12"), folder);
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid nginx.pid; error_log stderr;
                events { worker_connections 4096; }
                http {
                    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                    open_file_cache max=100;
                    server {
                        listen 127.0.0.1:%d; listen 127.0.0.1:%d ssl;
                        ssl_certificate fullchain.pem; ssl_certificate_key privkey.pem;
                        root files;
                        add_header Access-Control-Allow-Origin *;
                    }
                }
                """.formatted(port, port + 1));
        process = new ProcessBuilder(
                        "/usr/sbin/nginx", "-p", folder.toString(), "-e", "stderr", "-c", folder + "/nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        awaitUp();
    }

    private void awaitUp() throws IOException {
        long untilNs = System.nanoTime() + START_LIMIT_NS;
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > untilNs || !process.isAlive()) {
                    throw new IOException("nginx does not come up: see " + folder.resolve("nginx.log"), notYet);
                }
                Pause.seconds(0.1);
            }
        }
    }

    /** Has it deliver these bytes. @return the path */
    String put(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve("files").resolve(name), bytes);
        return "/" + name;
    }

    String url(String path, boolean tls) {
        return (tls ? "https://127.0.0.1:" + (port + 1) : "http://127.0.0.1:" + port) + path;
    }

    long pid() {
        return process.pid();
    }

    static boolean isInstalled() {
        return List.of("/usr/sbin/nginx", "/usr/bin/wrk").stream().allMatch(file -> Files.isExecutable(Path.of(file)));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
