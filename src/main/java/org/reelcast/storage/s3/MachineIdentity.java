package org.reelcast.storage.s3;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Credentials and region as the SDK finds them: environment, profile, role of the machine; nobody's when it finds none.
 * A metadata service that is not there is only known not to be after many seconds. So looking is done on threads of its
 * own, once; nobody waits for it longer than {@link #PATIENCE_MS} in all, and then asks as nobody.
 */
final class MachineIdentity implements AwsCredentialsProvider, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MachineIdentity.class.getName());
    private static final long PATIENCE_MS = 500;
    /** Far longer than the SDK looks. */
    private static final long SETTLE_MS = 15_000;
    /** After so long it is looked again whether there are credentials by now. */
    private static final long AGAIN_NS = TimeUnit.MINUTES.toNanos(1);

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(2, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "reelcast-s3-identity");
                thread.setDaemon(true);
                return thread;
            });
    private DefaultCredentialsProvider provider;
    private CompletableFuture<Optional<String>> region;
    private CompletableFuture<Boolean> credentials;
    private long startedNs;
    private long lookedNs;

    MachineIdentity() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins to look, unless it has been done. */
    synchronized void look() {
        if (region == null) {
            startedNs = System.nanoTime();
            lookedNs = startedNs;
            region = CompletableFuture.supplyAsync(MachineIdentity::findRegion, threads);
            credentials = lookForCredentials();
        }
    }

    private CompletableFuture<Boolean> lookForCredentials() {
        return CompletableFuture.supplyAsync(
                () -> {
                    boolean found = find().isPresent();
                    synchronized (this) {
                        lookedNs = System.nanoTime();
                    }
                    return found;
                },
                threads);
    }

    private static Optional<String> findRegion() {
        return find(
                "region", () -> new DefaultAwsRegionProviderChain().getRegion().id());
    }

    private Optional<AwsCredentials> find() {
        return find("credentials", () -> provider().resolveCredentials());
    }

    private static <T> Optional<T> find(String what, Supplier<T> search) {
        try {
            return Optional.of(search.get());
        } catch (SdkClientException e) {
            // the message lists where it looked: nothing secret, but long
            LOG.log(Level.FINE, "No S3 {0}: {1}", new Object[] {what, e.getMessage()});
            return Optional.empty();
        } catch (RuntimeException e) {
            // of a file that it cannot make sense of; the message might quote from it
            LOG.log(
                    Level.WARNING,
                    "The S3 {0} of environment, profile or role cannot be read ({1}); is the profile "
                            + "file all right?",
                    new Object[] {what, e.getClass().getSimpleName()});
            return Optional.empty();
        }
    }

    /** Under a lock of its own: loading it for the first time takes long enough to be waited for. */
    private DefaultCredentialsProvider provider() {
        synchronized (threads) {
            if (provider == null) {
                provider = DefaultCredentialsProvider.builder().build();
            }
            return provider;
        }
    }

    /** The region that this machine is set up for or runs in, if that is known by now. */
    Optional<String> region() {
        look();
        return soon(region, Optional.empty());
    }

    @Override
    public AwsCredentials resolveCredentials() {
        look();
        Optional<AwsCredentials> found = soon(current(), false) ? find() : Optional.empty();
        return found.orElseGet(() -> AnonymousCredentialsProvider.create().resolveCredentials());
    }

    private synchronized CompletableFuture<Boolean> current() {
        if (credentials.isDone() && !credentials.join() && System.nanoTime() - lookedNs > AGAIN_NS) {
            lookedNs = System.nanoTime();
            lookForCredentials().thenAccept(found -> {
                if (found) {
                    synchronized (this) {
                        credentials = CompletableFuture.completedFuture(true);
                    }
                }
            });
        }
        return credentials;
    }

    private <T> T soon(CompletableFuture<T> search, T otherwise) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS) - (System.nanoTime() - startedNs);
        return within(search, leftNs, otherwise);
    }

    private static <T> T within(CompletableFuture<T> search, long ns, T otherwise) {
        try {
            return search.isDone() ? search.join() : search.get(Math.max(0, ns), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CompletionException | ExecutionException e) {
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }

    /** Whether it is known who this machine is. */
    synchronized boolean isSettled() {
        return region != null && region.isDone() && credentials.isDone();
    }

    /** Waits until that is known. @return whether it is anybody */
    boolean settle() {
        look();
        long ns = TimeUnit.MILLISECONDS.toNanos(SETTLE_MS);
        boolean found = within(current(), ns, false);
        return within(region, ns, Optional.empty()).isPresent() || found;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (threads) {
            if (provider != null) {
                provider.close();
            }
        }
    }
}
