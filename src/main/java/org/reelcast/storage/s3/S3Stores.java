package org.reelcast.storage.s3;

import io.netty.channel.ChannelFactory;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.Shared;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.ProxyConfiguration;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** A client for each store in use, and a few that were in use lately. */
final class S3Stores implements AutoCloseable {
    private static final int MAX_IDLE = 16;
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(20);

    /** For documentation (RFC 5737): not a public address. */
    static final S3Endpoint NOWHERE = new S3Endpoint(true, "192.0.2.1", 443);

    private final S3Options options;
    private final EndpointPolicy policy;
    private final S3Credentials credentials;
    private final Predicate<InetAddress> guard;
    private final TlsTrustManagersProvider trust;
    private final NameLookup names;
    /**
     * A store keeps to one of them: of a connection that fails on another thread than the one that asked for it, the
     * SDK's pool may not hear (HttpOrHttp2ChannelPool listens too late), and waits for it in vain.
     */
    private final List<NioEventLoopGroup> threads = List.of(thread(), thread());

    private final AtomicInteger opened = new AtomicInteger();
    private final Shared<S3Endpoint, S3Store> stores = Shared.keepingIdle(MAX_IDLE, S3Store::close);

    /**
     * @param guard which addresses stores that are not trusted by name may have
     * @throws IOException when {@code s3_ca_file} cannot be read
     */
    S3Stores(S3Options options, EndpointPolicy policy, Predicate<InetAddress> guard) throws IOException {
        this.options = options;
        this.policy = policy;
        this.guard = guard;
        this.credentials = new S3Credentials(options.credentials());
        this.names = new NameLookup(options.connectTimeoutMs());
        this.trust =
                options.caFile().isPresent() ? Trust.withFile(options.caFile().get()) : null;
    }

    private static NioEventLoopGroup thread() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("reelcast-s3", true));
    }

    S3Credentials credentials() {
        return credentials;
    }

    /** The store that a location is in; may block for a moment. */
    S3Endpoint endpoint(S3Location location) {
        return location.endpoint().or(options::endpoint).orElseGet(() -> S3Endpoint.aws(credentials.region(true)));
    }

    /**
     * The client for a store, to be {@link #release}d.
     *
     * @throws Refusal when the store may not be asked
     */
    S3Store acquire(S3Endpoint endpoint) throws Refusal {
        policy.check(endpoint);
        String region = endpoint.awsRegion().orElseGet(() -> credentials.region(policy.trusts(endpoint)));
        return stores.acquire(endpoint, () -> open(endpoint, region));
    }

    /** A store to which no connection is ever made, to warm up with; to be {@link #release}d. */
    S3Store acquireNowhere() throws Refusal {
        return stores.acquire(NOWHERE, () -> open(NOWHERE, Region.US_EAST_1.id()));
    }

    void release(S3Store store) {
        stores.release(store);
    }

    private S3Store open(S3Endpoint endpoint, String region) {
        boolean trusted = policy.trusts(endpoint);
        boolean virtual = options.isVirtualHostStyle(endpoint);
        SdkAsyncHttpClient http = http(trusted);
        S3AsyncClientBuilder client = S3AsyncClient.builder()
                .httpClient(http)
                .region(Region.of(region))
                .endpointOverride(endpoint.uri())
                .forcePathStyle(!virtual)
                .credentialsProvider(credentials.provider(trusted))
                .crossRegionAccessEnabled(false)
                .disableS3ExpressSessionAuth(true)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // what is done on completion is short
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
                // repeating is done here, from where it broke
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        // a proxy looks names up itself
        boolean direct = !trusted || ProxyConfiguration.builder().build().host() == null;
        Function<String, CompletableFuture<Void>> lookup = bucket -> direct
                ? names.find(virtual ? endpoint.hostOf(bucket) : endpoint.host())
                : CompletableFuture.completedFuture(null);
        return new S3Store(endpoint, trusted, lookup, client.build(), http);
    }

    private SdkAsyncHttpClient http(boolean trusted) {
        Duration connect = Duration.ofMillis(options.connectTimeoutMs());
        NioEventLoopGroup thread = threads.get(opened.getAndIncrement() % threads.size());
        NettyNioAsyncHttpClient.Builder http = NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .eventLoopGroup(SdkEventLoopGroup.create(thread, channels(trusted)))
                .maxConcurrency(options.maxConnections())
                .connectionTimeout(connect)
                .tlsNegotiationTimeout(connect)
                .connectionAcquisitionTimeout(connect.multipliedBy(2).plusSeconds(1))
                .readTimeout(Duration.ofMillis(options.readTimeoutMs()))
                .connectionMaxIdleTime(IDLE_CONNECTION);
        if (trust != null) {
            http.tlsTrustManagersProvider(trust);
        }
        if (!trusted) {
            // through a proxy there would be no telling where it leads
            http.proxyConfiguration(ProxyConfiguration.builder()
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariableValues(false)
                    .build());
        }
        return http.build();
    }

    private ChannelFactory<NioSocketChannel> channels(boolean trusted) {
        return trusted ? NioSocketChannel::new : () -> new GuardedChannel(guard);
    }

    @Override
    public void close() {
        stores.closeAll();
        credentials.close();
        names.close();
        threads.stream()
                .map(thread -> thread.shutdownGracefully(50, 2000, TimeUnit.MILLISECONDS))
                .toList()
                .forEach(end -> end.awaitUninterruptibly(3000));
    }
}
