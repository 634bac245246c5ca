package org.reelcast.storage.s3;

import java.util.Optional;
import java.util.logging.Logger;
import org.reelcast.config.Secret;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Who asks: {@code aws_s3_credentials}, else what the environment, a profile or the machine's role gives. Both go to AWS
 * and to stores that are trusted by name only, since any other may be a viewer's own; there nobody asks, and what is
 * public can be read.
 */
final class S3Credentials implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(S3Credentials.class.getName());
    private static final String FALLBACK_REGION = "us-east-1";

    private final Optional<String> givenRegion;
    private final Optional<AwsCredentialsProvider> given;
    private final MachineIdentity machine = new MachineIdentity();

    /** @param credentials {@code zone;login;hash}, or empty */
    S3Credentials(Secret credentials) {
        if (credentials.isEmpty()) {
            givenRegion = Optional.empty();
            given = Optional.empty();
        } else {
            String[] parts = credentials.reveal().split(";", -1);
            givenRegion = Optional.of(parts[0].trim());
            given = Optional.of(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(parts[1].trim(), parts[2].trim())));
        }
    }

    AwsCredentialsProvider provider(boolean trusted) {
        return trusted ? given.orElse(machine) : AnonymousCredentialsProvider.create();
    }

    /**
     * The region of {@code aws_s3_credentials}, else for stores that may know who this machine is the one it is set up
     * for, else AWS's first. Waits a moment at most.
     */
    String region(boolean trusted) {
        return givenRegion
                .or(() -> trusted ? machine.region() : Optional.empty())
                .orElse(FALLBACK_REGION);
    }

    /** Begins to look for what was not given; to be called early. */
    void prepare() {
        if (given.isEmpty()) {
            machine.look();
        }
    }

    /** Whether it will stay as it is, who asks. */
    boolean isSettled() {
        return given.isPresent() || machine.isSettled();
    }

    /** Waits until it is settled who asks. @return whether asking again may go better than asking as nobody did */
    boolean settle() {
        boolean found = given.isEmpty() && machine.settle();
        if (given.isEmpty() && !found) {
            LOG.info("No S3 credentials are set (aws_s3_credentials) or found in the environment; only public objects "
                    + "can be read");
        }
        return found;
    }

    @Override
    public void close() {
        machine.close();
    }
}
