package org.reelcast.storage.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.reelcast.config.Keys;
import org.reelcast.config.Secret;
import org.reelcast.config.Settings;

/**
 * The settings for S3.
 *
 * @param credentials    {@code zone;login;hash}, may be empty
 * @param endpoint       of names without a host; empty for AWS
 * @param addressing     {@code auto}, {@code path} or {@code virtual}
 * @param readTimeoutMs  within which a download must bring something worth the wait
 * @param retries        repetitions of a request that brings nothing
 * @param readAheadBytes of {@link S3Mode#RANGES}
 */
record S3Options(
        S3Mode mode,
        Secret credentials,
        Optional<S3Endpoint> endpoint,
        String addressing,
        Optional<Path> caFile,
        int connectTimeoutMs,
        int readTimeoutMs,
        int retries,
        int maxConnections,
        int readAheadBytes,
        Path cacheDir,
        long cacheMaxBytes) {

    /** @throws IOException when a setting makes no sense; the message is a sentence */
    static S3Options of(Settings settings) throws IOException {
        String endpoint = settings.get(Keys.S3_ENDPOINT);
        Optional<S3Endpoint> parsed = S3Endpoint.parse(endpoint);
        if (!endpoint.isEmpty() && parsed.isEmpty()) {
            throw new IOException("s3_endpoint=" + endpoint + " is not http(s)://host or http(s)://host:port");
        }
        return new S3Options(
                S3Mode.of(settings),
                settings.get(Keys.AWS_S3_CREDENTIALS),
                parsed,
                settings.get(Keys.S3_ADDRESSING),
                settings.get(Keys.S3_CA_FILE),
                settings.get(Keys.S3_CONNECT_TIMEOUT),
                settings.get(Keys.S3_READ_TIMEOUT),
                settings.get(Keys.S3_RETRIES),
                settings.get(Keys.S3_MAX_CONNECTIONS),
                settings.get(Keys.S3_READ_AHEAD_KB) * 1024,
                settings.get(Keys.CACHE_DIR),
                settings.get(Keys.CACHE_MAX_MB) * 1024L * 1024L);
    }

    /** Whether requests go to https://bucket.host/ instead of https://host/bucket/. */
    boolean isVirtualHostStyle(S3Endpoint endpoint) {
        return addressing.equals("virtual") || addressing.equals("auto") && endpoint.isAws();
    }

    /** How long to wait before the {@code n}th repetition, n from 1; in ms. */
    static long pauseMs(int n) {
        long longest = Math.min(5000, 100L << Math.min(n, 10));
        return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
    }
}
