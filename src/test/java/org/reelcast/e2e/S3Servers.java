package org.reelcast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.WebSdk;
import org.reelcast.storage.s3.Certificates;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** A server for each way to get an object's bytes, and for each a link to the store: they may play side by side. */
final class S3Servers implements AutoCloseable {

    /** The ways to get the bytes: a name and the settings. */
    enum Way {
        DOWNLOAD_FIRST("vod_mp4_container_new", "false"),
        DOWNLOAD_WHILE_PLAYING("vod_mp4_container_new", "true", "vod_mp4_container_new_buffer_ms", "1000"),
        RANGES;

        private final List<String> settings;

        Way(String... settings) {
            this.settings = List.of(settings);
        }
    }

    /** One of them. */
    record Side(ReelcastProcess server, SlowLink link) {

        String address(String object) {
            return "s3/http://127.0.0.1:" + link.port() + "/" + object;
        }
    }

    private final Map<Way, Side> sides = new EnumMap<>(Way.class);
    private final S3Server store;
    private final S3Server tlsStore;
    private final Certificates certificates;

    /** @param tlsStore where one server finds the certificates' authority in its settings, one in its JVM, one nowhere */
    S3Servers(S3Server store, S3Server tlsStore, Certificates certificates) {
        this.store = store;
        this.tlsStore = tlsStore;
        this.certificates = certificates;
    }

    private static ReelcastProcess start(Way way, SlowLink link, S3Server tlsStore, Certificates certificates) {
        ReelcastProcess.Builder server = ReelcastProcess.builder("s3-" + way)
                .upSoon()
                .set("client2_dir", WebSdk.folder())
                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                .set("s3_endpoint", "http://127.0.0.1:" + link.port())
                .set("s3_allowed_endpoints", "127.0.0.1:" + tlsStore.port())
                .set("s3_retries", "2")
                // what comes late is to be seen all the same
                .set("vod_live_late", "wait");
        for (int i = 0; i < way.settings.size(); i += 2) {
            server.set(way.settings.get(i), way.settings.get(i + 1));
        }
        if (way == Way.DOWNLOAD_FIRST) {
            server.set("s3_ca_file", certificates.pem());
        } else if (way == Way.DOWNLOAD_WHILE_PLAYING) {
            server.jvm("-Djavax.net.ssl.trustStore=" + certificates.keystore())
                    .jvm("-Djavax.net.ssl.trustStorePassword=secret");
        }
        return server.start();
    }

    /** Started when it is first asked for. */
    Side get(Way way) {
        return sides.computeIfAbsent(way, any -> {
            try {
                SlowLink link = new SlowLink(store.port());
                return new Side(start(way, link, tlsStore, certificates), link);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** As fast as the machine, as at the start. */
    void openLinks() {
        sides.values().forEach(side -> side.link.rate(Long.MAX_VALUE));
    }

    @Override
    public void close() throws IOException {
        sides.values().stream().parallel().forEach(side -> side.server.close());
        for (Side side : sides.values()) {
            side.link.close();
        }
    }
}
