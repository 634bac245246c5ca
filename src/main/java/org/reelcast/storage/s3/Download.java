package org.reelcast.storage.s3;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** Brings an object here from start to end, a stretch at a time, past what is here already. Guarded by its object. */
final class Download {
    private static final Logger LOG = Logger.getLogger(Download.class.getName());
    private static final int STRETCH = (16 << 20) / Block.BYTES;
    private static final long REPORT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Blocks object;
    private final String label;
    private final long size;
    private final int blocks;
    private final boolean ranged;
    /** Behind the stretch that is being fetched. */
    private int cursor;

    private Fetch stretch;
    private boolean complete;
    private S3Failure failure;
    private long startedNs;
    private long reportedNs;
    private long hereBefore;

    /** The blocks that a download brings here. */
    interface Blocks {
        /** Bytes that are here. */
        long downloadedBytes();

        /** The first block from there on that is neither here nor on the way; the number of blocks when none is. */
        int missing(int from);

        /** Starts to fetch the blocks from {@code first} to the first not missing, {@code end} at the latest. */
        Fetch claim(int first, int end);
    }

    /** @param ranged whether it can be fetched in stretches */
    Download(Blocks object, String label, long size, int blocks, boolean ranged) {
        this.object = object;
        this.label = label;
        this.size = size;
        this.blocks = blocks;
        this.ranged = ranged;
    }

    /** Starts, unless it is under way or over; what broke off goes on. */
    void start() {
        if (complete || stretch != null) {
            return;
        }
        failure = null;
        cursor = 0;
        startedNs = System.nanoTime();
        reportedNs = startedNs;
        hereBefore = object.downloadedBytes();
        next();
        if (!complete) {
            LOG.info(() -> label + ": downloading " + megabytes(size)
                    + (hereBefore > 0 ? ", of which " + megabytes(hereBefore) + " are here" : ""));
        }
    }

    private void next() {
        int first = object.missing(cursor);
        if (first == blocks) {
            stretch = null;
            cursor = blocks;
            complete = true;
            return;
        }
        stretch = object.claim(first, ranged ? Math.min(blocks, first + STRETCH) : blocks);
        cursor = (int) ((stretch.to() + Block.BYTES - 1) / Block.BYTES);
    }

    void onFetched(Fetch fetch) {
        if (fetch == stretch) {
            next();
            if (complete) {
                LOG.info(() -> label + ": downloaded, " + rate(size));
            }
        }
    }

    void onFailed(Fetch fetch, S3Failure why) {
        if (fetch == stretch) {
            stretch = null;
            failure = why;
            LOG.warning(() -> why.sentence() + "; the download is broken off");
        }
    }

    void onProgress(long here) {
        long now = System.nanoTime();
        if (now - reportedNs >= REPORT_NS) {
            reportedNs = now;
            LOG.info(() -> label + ": " + 100 * here / size + " % downloaded, " + rate(here));
        }
    }

    private String rate(long here) {
        double seconds = Math.max(1, System.nanoTime() - startedNs) / 1e9;
        return String.format(
                Locale.ROOT,
                "%s of %s at %.1f MB/s",
                megabytes(here),
                megabytes(size),
                (here - hereBefore) / 1e6 / seconds);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /**
     * Whether waiting brings the block, and within reasonable time; what lies far ahead is better fetched by itself.
     */
    boolean willBring(int block) {
        return !complete && block >= cursor && (!ranged || block < cursor + STRETCH);
    }

    boolean isComplete() {
        return complete;
    }

    boolean isUnderWay() {
        return stretch != null;
    }

    /** Why it broke off; null when it did not. */
    S3Failure failure() {
        return failure;
    }
}
