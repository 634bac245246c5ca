package org.reelcast.storage.s3;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Secret;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Who asks. {@code aws_s3_credentials} go to whichever store is asked, as WCS does; what the environment, a profile or
 * the machine's role gives was meant for AWS and so goes to AWS and to trusted stores only. Without any, nobody asks:
 * what is public can be read.
 */
final class S3Credentials implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(S3Credentials.class.getName());
    private static final String FALLBACK_REGION = "us-east-1";
    /** How long it holds that there are none: asking a metadata service that is not there takes seconds. */
    private static final long NONE_NS = TimeUnit.MINUTES.toNanos(1);

    private final Optional<String> givenRegion;
    private final Optional<AwsCredentialsProvider> given;
    private final Chain chain = new Chain();
    private String foundRegion;

    /** @param credentials {@code zone;login;hash}, or empty */
    S3Credentials(Secret credentials) {
        if (credentials.isEmpty()) {
            givenRegion = Optional.empty();
            given = Optional.empty();
        } else {
            String[] parts = credentials.reveal().split(";", -1);
            givenRegion = Optional.of(parts[0].trim());
            given = Optional.of(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(parts[1].trim(), parts[2].trim())));
        }
    }

    AwsCredentialsProvider provider(boolean trusted) {
        return given.orElse(trusted ? chain : AnonymousCredentialsProvider.create());
    }

    /** The region of {@code aws_s3_credentials}, else the environment's, else AWS's first; may ask and block. */
    synchronized String region() {
        if (givenRegion.isPresent()) {
            return givenRegion.get();
        }
        if (foundRegion == null) {
            try {
                foundRegion = new DefaultAwsRegionProviderChain().getRegion().id();
            } catch (SdkClientException e) {
                LOG.fine("No region is configured, " + FALLBACK_REGION + " is taken");
                foundRegion = FALLBACK_REGION;
            }
        }
        return foundRegion;
    }

    @Override
    public void close() {
        chain.close();
    }

    /** The SDK's default chain, and nobody when it finds none. */
    private static final class Chain implements AwsCredentialsProvider, AutoCloseable {
        private DefaultCredentialsProvider provider;
        private long noneSinceNs;
        private boolean none;

        @Override
        public synchronized AwsCredentials resolveCredentials() {
            if (!none || System.nanoTime() - noneSinceNs > NONE_NS) {
                try {
                    if (provider == null) {
                        provider = DefaultCredentialsProvider.builder().build();
                    }
                    AwsCredentials found = provider.resolveCredentials();
                    none = false;
                    return found;
                } catch (SdkClientException e) {
                    // the message lists where it looked, nothing secret, but is long
                    LOG.log(none ? Level.FINE : Level.INFO, "No S3 credentials are set (aws_s3_credentials) or found "
                            + "in the environment; only public objects can be read");
                    none = true;
                    noneSinceNs = System.nanoTime();
                }
            }
            return AnonymousCredentialsProvider.create().resolveCredentials();
        }

        @Override
        public synchronized void close() {
            if (provider != null) {
                provider.close();
            }
        }
    }
}
