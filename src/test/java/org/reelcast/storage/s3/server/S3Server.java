package org.reelcast.storage.s3.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** An S3 store on a free port of this machine that keeps its objects in a folder and checks signatures. */
public final class S3Server implements AutoCloseable {
    public static final String LOGIN = "AA22BB33CC44DE";
    public static final String SECRET = "Dh1AkpZ4adc1HhbLwhTNL4hvWT080Njo";
    /** For {@code aws_s3_credentials}. */
    public static final String CREDENTIALS = "eu-central-1;" + LOGIN + ";" + SECRET;

    private final BlobStore store;
    private final S3Proxy server;

    private S3Server(BlobStore store, S3Proxy server) {
        this.store = store;
        this.server = server;
    }

    /** Starts without TLS. */
    public static S3Server start(Path folder) throws Exception {
        return start(folder, "http://127.0.0.1:0", null, null);
    }

    /** Starts without TLS; takes {@code bucket.virtualHost} for the bucket. */
    public static S3Server startVirtual(Path folder, String virtualHost) throws Exception {
        return start(folder, "http://127.0.0.1:0", null, virtualHost);
    }

    /** Starts with TLS alone. @param keystore PKCS#12, password {@code secret} */
    public static S3Server startTls(Path folder, Path keystore) throws Exception {
        return start(folder, "https://127.0.0.1:0", keystore, null);
    }

    private static S3Server start(Path folder, String endpoint, Path keystore, String virtualHost) throws Exception {
        Files.createDirectories(folder);
        BlobStore store = new FilesystemNio2BlobStore(folder.toString());
        S3Proxy.Builder builder = S3Proxy.builder()
                .stopTimeout(0)
                .blobStore(store)
                // a role's session token is one
                .ignoreUnknownHeaders(true)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, LOGIN, SECRET);
        if (virtualHost != null) {
            builder.virtualHost(virtualHost);
        }
        S3Proxy server = (keystore == null
                        ? builder.endpoint(URI.create(endpoint))
                        : builder.secureEndpoint(URI.create(endpoint)).keyStore(keystore.toString(), "secret"))
                .build();
        server.start();
        return new S3Server(store, server);
    }

    public int port() {
        return server.getPort() > 0 ? server.getPort() : server.getSecurePort();
    }

    public void bucket(String bucket) {
        store.createContainer(bucket);
    }

    public void put(String bucket, String key, byte[] bytes) throws IOException {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            put(bucket, key, in, bytes.length);
        }
    }

    public void put(String bucket, String key, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            put(bucket, key, in, Files.size(file));
        }
    }

    private void put(String bucket, String key, InputStream in, long length) {
        store.putBlob(
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentLength(length)
                        .build(),
                in);
    }

    /** Lets anybody read it. */
    public void publish(String bucket, String key) {
        store.setContainerAccess(bucket, BucketCannedACL.PUBLIC_READ);
        store.setBlobAccess(bucket, key, ObjectCannedACL.PUBLIC_READ);
    }

    @Override
    public void close() throws IOException {
        try (store) {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The store does not stop", e);
        }
    }
}
