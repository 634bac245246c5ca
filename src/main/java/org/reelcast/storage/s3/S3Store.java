package org.reelcast.storage.s3;

import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** One store and the connections to it. */
final class S3Store {
    private final S3Endpoint endpoint;
    private final boolean trusted;
    private final S3AsyncClient client;
    private final SdkAsyncHttpClient http;
    /** Guarded by {@link S3Stores}. */
    int users;

    S3Store(S3Endpoint endpoint, boolean trusted, S3AsyncClient client, SdkAsyncHttpClient http) {
        this.endpoint = endpoint;
        this.trusted = trusted;
        this.client = client;
        this.http = http;
    }

    S3Endpoint endpoint() {
        return endpoint;
    }

    boolean isTrusted() {
        return trusted;
    }

    S3AsyncClient client() {
        return client;
    }

    void close() {
        client.close();
        http.close();
    }
}
