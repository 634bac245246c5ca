package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.config.Settings;

/** Certificates that change while a server runs, one that is set up as Payara sets its listeners up. */
class TlsWatchTest {
    private static final Logger LOG = Logger.getLogger(TlsWatch.class.getName());

    @TempDir
    private Path folder;

    private final List<LogRecord> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            log.add(message);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private ListenerKeys keys;
    private SSLServerSocket server;
    private Instant now = Instant.now();
    private long writes;

    @BeforeEach
    void install() {
        keys = ListenerKeys.install();
        LOG.addHandler(handler);
    }

    @AfterEach
    void uninstall() throws IOException {
        LOG.removeHandler(handler);
        keys.uninstall();
        if (server != null) {
            server.close();
        }
    }

    private TlsWatch start(Settings settings) throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        TlsKeystore keystore = TlsKeystore.prepare(settings, work, () -> now);
        TlsWatch watch = new TlsWatch(settings, work, keys, keystore, () -> now);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keystore.load(), keystore.password().toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    try (SSLSocket socket = (SSLSocket) server.accept()) {
                        socket.startHandshake();
                        socket.getOutputStream().write(1);
                    }
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** What a client sees. */
    private Certificate shown() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String authType) {
                            // all are
                        }

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String authType) {
                            // all are
                        }

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        try (SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            socket.startHandshake();
            assertEquals(1, socket.getInputStream().read());
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private Settings files() {
        return Settings.of(Map.of(
                "tls_certificate_file",
                folder.resolve("cert.pem").toString(),
                "tls_key_file",
                folder.resolve("key.pem").toString()));
    }

    private void write(String name, String label, byte[] content) throws IOException {
        Path file = Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + label + "-----\n");
        // as some time later, however coarse the file system's clock is
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + ++writes * 2_000));
    }

    private void writeCertificate(SelfSigned made) throws IOException, GeneralSecurityException {
        write("cert.pem", "CERTIFICATE", made.certificate().getEncoded());
    }

    private void writeKey(SelfSigned made) throws IOException {
        write("key.pem", "PRIVATE KEY", made.key().getEncoded());
    }

    private SelfSigned made(String name) throws IOException, GeneralSecurityException {
        return SelfSigned.create(Set.of(name), now);
    }

    private long warnings() {
        return log.stream()
                .filter(message -> message.getLevel() == Level.WARNING)
                .count();
    }

    @Test
    void filesThatAreWrittenAnew_areShownToTheNextClient() throws Exception {
        SelfSigned first = made("first.example");
        writeCertificate(first);
        writeKey(first);
        TlsWatch watch = start(files());
        watch.look();
        assertEquals(first.certificate(), shown());
        SelfSigned second = made("second.example");
        writeCertificate(second);
        watch.look();
        watch.look();
        assertEquals(first.certificate(), shown(), "the key is still to come");
        assertEquals(1, warnings(), "the same is said once");
        writeKey(second);
        watch.look();
        assertEquals(second.certificate(), shown());
    }

    @Test
    void filesThatVanishOrBreak_changeNothing() throws Exception {
        SelfSigned first = made("first.example");
        writeCertificate(first);
        writeKey(first);
        TlsWatch watch = start(files());
        Files.delete(folder.resolve("key.pem"));
        watch.look();
        write("key.pem", "PRIVATE KEY", new byte[] {1});
        watch.look();
        assertEquals(first.certificate(), shown());
        assertEquals(2, warnings());
    }

    @Test
    void ownCertificate_isRenewedWhileTheServerRuns() throws Exception {
        Settings settings = Settings.of(Map.of());
        Path own = settings.home().resolve("conf").resolve("reelcast.p12");
        boolean folderExisted = Files.exists(own.getParent());
        boolean existed = Files.exists(own);
        byte[] before = existed ? Files.readAllBytes(own) : null;
        try {
            TlsWatch watch = start(settings);
            Certificate first = shown();
            watch.look();
            assertEquals(first, shown());
            now = now.plus(Duration.ofDays(380));
            watch.look();
            Certificate second = shown();
            assertNotEquals(first, second);
            assertTrue(((X509Certificate) second).getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(390))));
        } finally {
            if (existed) {
                Files.write(own, before);
            } else {
                Files.deleteIfExists(own);
                if (!folderExisted) {
                    Files.delete(own.getParent());
                }
            }
        }
    }

    @Test
    void certificateThatIsAboutToEnd_isSaidOnceADay() throws Exception {
        SelfSigned first = made("first.example");
        writeCertificate(first);
        writeKey(first);
        TlsWatch watch = start(files());
        now = now.plus(Duration.ofDays(380));
        watch.look();
        assertEquals(0, warnings());
        for (int hours = 0; hours < 72; hours++) {
            now = now.plus(Duration.ofHours(1));
            watch.look();
        }
        now = now.plus(Duration.ofDays(30));
        watch.look();
        assertTrue(warnings() >= 2 && warnings() <= 4, warnings() + " warnings");
    }

    @Test
    void keysOfOthersInTheProcess_areTheirOwn() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        SelfSigned others = made("others.example");
        store.setKeyEntry("client", others.key(), "x".toCharArray(), new Certificate[] {others.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, "x".toCharArray());
        assertEquals(1, factory.getKeyManagers().length);
        assertTrue(!(factory.getKeyManagers()[0] instanceof SwappedKeyManager));
    }
}
