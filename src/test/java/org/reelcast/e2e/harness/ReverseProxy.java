package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy in front of a server, as the docs say, by https, with a certificate that the server has made. */
public final class ReverseProxy implements AutoCloseable {
    private static final Path PAGE = Path.of("docs", "public-server.md");

    private final Kind kind;
    private final int port = FreePorts.block(1);
    private final Path folder;
    private final Process process;

    /** The proxies that the docs have a recipe for, in a block of that name. */
    public enum Kind {
        NGINX("/films/"),
        CADDY("/"),
        HAPROXY("/");

        private final String root;

        Kind(String root) {
            this.root = root;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ReverseProxy(Kind kind, ReelcastProcess server) {
        this.kind = kind;
        try {
            folder = Files.createDirectories(Tools.target().resolve("e2e").resolve(kind.label()));
            writeKey(server.home().resolve("conf/reelcast.p12"), folder);
            String site = recipe().replace(
                            "127.0.0.1:8081", "127.0.0.1:" + server.ports().http());
            Path config = folder.resolve(kind.label() + ".conf");
            Files.writeString(
                    config,
                    switch (kind) {
                        case NGINX -> nginx(site);
                        case CADDY -> caddy(site);
                        case HAPROXY -> haproxy(site);
                    });
            ProcessBuilder starting = new ProcessBuilder(command(config))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(kind.label() + ".log").toFile());
            starting.environment().put("XDG_DATA_HOME", folder.toString());
            starting.environment().put("XDG_CONFIG_HOME", folder.toString());
            process = starting.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        Await.until(Duration.ofSeconds(20), this::isUp, () -> kind + " does not come up: " + folder);
    }

    private String recipe() throws IOException {
        Matcher recipe = Pattern.compile("```" + kind.label() + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        if (!recipe.find()) {
            throw new AssertionError(PAGE + " has no recipe for " + kind);
        }
        return recipe.group(1);
    }

    private String nginx(String site) {
        return "daemon off; master_process off; pid nginx.pid;\n"
                + "error_log stderr;\nevents { }\nhttp {\naccess_log off;\nclient_body_temp_path body;\n"
                + "proxy_temp_path proxy;\nfastcgi_temp_path fastcgi;\nuwsgi_temp_path uwsgi;\nscgi_temp_path scgi;\n"
                + site.replace("listen 443", "listen 127.0.0.1:" + port)
                        .replaceAll("/etc/letsencrypt/live/[^/]+", folder.toString())
                + "}\n";
    }

    /** It would ask Let's Encrypt for a certificate. */
    private String caddy(String site) {
        return "{\nadmin off\nauto_https disable_redirects\n}\n"
                + site.replaceFirst(
                        "\\S+ \\{",
                        "https://localhost:" + port + " {\n    tls " + folder + "/fullchain.pem " + folder
                                + "/privkey.pem");
    }

    /** Below the defaults that it comes with in Debian. */
    private String haproxy(String site) {
        return "defaults\n    mode http\n    timeout connect 5s\n    timeout client 50s\n    timeout server 50s\n"
                + site.replaceFirst(
                        "bind :443 ssl crt \\S+", "bind 127.0.0.1:" + port + " ssl crt " + folder + "/both.pem");
    }

    private List<String> command(Path config) {
        String program = Tools.find(kind.label()).toString();
        return switch (kind) {
            case NGINX -> List.of(program, "-p", folder.toString(), "-e", "stderr", "-c", config.toString());
            case CADDY -> List.of(program, "run", "--adapter", "caddyfile", "--config", config.toString());
            case HAPROXY -> List.of(program, "-db", "-f", config.toString());
        };
    }

    /** @param path below the folder that the recipe has the server in */
    public String url(String path) {
        return "https://localhost:" + port + kind.root + path;
    }

    private boolean isUp() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Writes a server's certificate and key as proxies read them: {@code fullchain.pem}, {@code privkey.pem}. */
    public static void writeKey(Path keystore, Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, "changeit".toCharArray());
        }
        String alias = Collections.list(store.aliases()).get(0);
        String certificate = pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
        String key =
                pem("PRIVATE KEY", store.getKey(alias, "changeit".toCharArray()).getEncoded());
        Files.writeString(folder.resolve("fullchain.pem"), certificate);
        Files.writeString(folder.resolve("privkey.pem"), key);
        Files.writeString(folder.resolve("both.pem"), certificate + key);
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    @Override
    public void close() {
        process.destroy();
    }
}
