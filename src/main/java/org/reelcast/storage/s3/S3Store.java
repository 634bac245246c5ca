package org.reelcast.storage.s3;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** One store and the connections to it. */
final class S3Store {
    private final S3Endpoint endpoint;
    private final boolean trusted;
    private final Function<String, CompletableFuture<Void>> names;
    private final S3AsyncClient client;
    private final SdkAsyncHttpClient http;

    /** @param names makes the name under which a bucket is asked for known to Java, see {@link NameLookup} */
    S3Store(
            S3Endpoint endpoint,
            boolean trusted,
            Function<String, CompletableFuture<Void>> names,
            S3AsyncClient client,
            SdkAsyncHttpClient http) {
        this.endpoint = endpoint;
        this.trusted = trusted;
        this.names = names;
        this.client = client;
        this.http = http;
    }

    S3Endpoint endpoint() {
        return endpoint;
    }

    boolean isTrusted() {
        return trusted;
    }

    /** Done as soon as requests for that bucket may be sent. */
    CompletableFuture<Void> ready(String bucket) {
        return names.apply(bucket);
    }

    S3AsyncClient client() {
        return client;
    }

    void close() {
        client.close();
        http.close();
    }
}
