package org.reelcast.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.OwnNetworks;
import org.reelcast.sharing.Shared;
import org.reelcast.sharing.SingleFlight;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.SourceId;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The films in S3. Opening one asks its store for the object's state; all who have the same state open share what is
 * fetched of it.
 */
public final class S3Files implements Closeable {
    private static final Logger LOG = Logger.getLogger(S3Files.class.getName());
    /** Far above what a film has, and what an int counts in blocks. */
    private static final long MAX_BYTES = 1L << 42;

    private final S3Context context;
    private final S3Stores stores;
    private final Shared<SourceId, S3Object> objects = Shared.closingUnused(S3Files::close);
    private final SingleFlight<S3Location, ResponseHead> probes = new SingleFlight<>();

    /** @throws IOException when a setting cannot be followed; the message is a sentence */
    public S3Files(Settings settings) throws IOException {
        this(settings, new OwnNetworks(address(settings.get(Keys.IP)))::isOutside);
    }

    private static InetAddress address(String text) throws IOException {
        return text.isBlank() ? null : InetAddress.getByName(text.strip());
    }

    /** @param guard which addresses stores that are not trusted by name may have */
    S3Files(Settings settings, Predicate<InetAddress> guard) throws IOException {
        S3Options options = S3Options.of(settings);
        EndpointPolicy policy = new EndpointPolicy(
                options.endpoint(),
                settings.get(Keys.S3_ALLOWED_ENDPOINTS),
                settings.get(Keys.S3_ONLY_ALLOWED_ENDPOINTS));
        this.stores = new S3Stores(options, policy, guard);
        this.context = new S3Context(options);
    }

    /**
     * Opens an object. Blocks until its store has answered, not until its bytes are here.
     *
     * @param text   what stands behind {@code vod://}: {@code s3/bucket/key} or {@code s3/https://host/bucket/key}
     * @param client IP address of whoever wants it, whose share of the connections it takes; empty for nobody's
     * @throws Refusal when it cannot be had; the message says why and what to do
     */
    public RemoteSource open(String text, String client) throws Refusal {
        S3Location location = S3Location.parse(text);
        boolean settled = stores.credentials().isSettled();
        try {
            return open(location, client);
        } catch (Refusal e) {
            // asked as nobody, because nobody was to wait for the machine's role being looked up
            if (settled
                    || e.status() != StatusText.FAILED_TO_READ_FILE
                    || !isAnswer(e)
                    || !stores.credentials().settle()) {
                throw e;
            }
            return open(location, client);
        }
    }

    private static boolean isAnswer(Refusal e) {
        Throwable cause = e;
        while (cause instanceof Refusal) {
            cause = cause.getCause();
        }
        return cause instanceof AwsServiceException;
    }

    private RemoteSource open(S3Location location, String client) throws Refusal {
        S3Store store = acquire(location);
        boolean held = false;
        try {
            ResponseHead head = ask(location, store, client);
            if (head.total() > MAX_BYTES) {
                throw new Refusal(
                        StatusText.FAILED_TO_READ_FILE, location + " is said to have " + head.total() + " bytes");
            }
            if (!head.ranged() && !context.cache().holds(head.total())) {
                throw new Refusal(
                        StatusText.FAILED_TO_READ_FILE,
                        location + ": " + store.endpoint() + " ignores ranges, so the "
                                + "film must be downloaded whole, and it is larger than cache_max_mb; raise cache_max_mb");
            }
            S3Source source = share(location, store, head, client);
            held = true;
            return source;
        } finally {
            if (!held) {
                stores.release(store);
            }
        }
    }

    /**
     * Loads what is slow to load, which is much, by asking for an object where nothing is ever connected to; to be
     * called at start, on a thread that may wait.
     */
    public void warmUp() {
        stores.credentials().prepare();
        try {
            S3Store store = stores.acquireNowhere();
            try {
                if (!store.isTrusted()) {
                    new Probe(context, store, new S3Location(Optional.of(S3Stores.NOWHERE), "bucket", "key"), "").ask();
                }
            } finally {
                stores.release(store);
            }
        } catch (Refusal e) {
            LOG.log(Level.FINE, "S3 is warm: {0}", e.getMessage());
        }
    }

    private S3Store acquire(S3Location location) throws Refusal {
        try {
            return stores.acquire(stores.endpoint(location));
        } catch (IllegalArgumentException | SdkException e) {
            // of a host or region that the SDK does not take
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, location + " cannot be asked for: " + e.getMessage(), e);
        }
    }

    /** The state of the object; those who ask at the same time share the answer. */
    private ResponseHead ask(S3Location location, S3Store store, String client) throws Refusal {
        try {
            return probes.make(location, new Probe(context, store, location, client)::ask);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal failure) {
                throw new Refusal(failure.status(), failure.getMessage(), failure);
            }
            throw new IllegalStateException("Asking for " + location + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Asking for " + location + " was interrupted", e);
        }
    }

    private S3Source share(S3Location location, S3Store store, ResponseHead head, String client) {
        S3Location full = new S3Location(Optional.of(store.endpoint()), location.bucket(), location.key());
        SourceId id = new SourceId(full.toString(), head.total(), head.version());
        S3Object object = objects.acquire(id, each -> !each.isBroken(), () -> {
            warnIfTooLarge(id);
            return new S3Object(context, store, location, id, client, head.etag(), head.ranged());
        });
        object.onOpen(client);
        return new S3Source(object, () -> release(object));
    }

    private void warnIfTooLarge(SourceId id) {
        if (context.options().mode() != S3Mode.RANGES && !context.cache().holds(id.size())) {
            LOG.warning(() -> id.location() + " does not fit into cache_max_mb and is not downloaded whole: it is read "
                    + "from S3 as it plays");
        }
    }

    private void release(S3Object object) {
        objects.release(object);
        stores.release(object.store());
    }

    private static void close(S3Object object) {
        LOG.info(() -> String.format(
                Locale.ROOT,
                "%s closed, %.1f of %.1f MB are here",
                object.id().location(),
                object.downloadedBytes() / 1e6,
                object.id().size() / 1e6));
        object.close();
    }

    @Override
    public void close() {
        objects.closeAll();
        context.close();
        stores.close();
    }
}
