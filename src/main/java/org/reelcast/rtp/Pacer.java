package org.reelcast.rtp;

/**
 * Says when queued packets may leave: a bucket of bytes that fills at a multiple of the media's own rate and holds what
 * that rate carries in a few milliseconds. What fits into the bucket leaves at once; a longer queue leaves in runs of
 * half a bucket and more, so that runs stay long enough to be worth a system call.
 */
final class Pacer {
    private static final long SECOND_US = 1_000_000;
    /** Some packets, where the rate is so low that they are more than the bucket holds. */
    private static final long MAX_DEBT = 6_000 * SECOND_US;

    private final RtpLimits limits;
    private final long floor;
    private long mediaRate;
    private long drainRate;
    private long ceiling;
    /** Bytes times a million, so that microseconds times bytes a second add up without loss. */
    private long bucket;

    private long filledUs;
    private boolean started;
    private long windowStartUs;
    private long windowBytes;

    Pacer(RtpLimits limits) {
        this.limits = limits;
        this.floor = limits.paceFloorBps() / 8;
    }

    /** Media of {@code bytes} came in; {@code waitingBytes} wait in all. */
    void added(int bytes, int waitingBytes, long nowUs) {
        if (!started) {
            started = true;
            windowStartUs = nowUs;
            filledUs = nowUs;
            bucket = depth();
        }
        long windowUs = nowUs - windowStartUs;
        if (windowUs >= SECOND_US) {
            long measured = windowBytes * SECOND_US / windowUs;
            mediaRate = mediaRate == 0 ? measured : (mediaRate + measured) / 2;
            windowStartUs = nowUs;
            windowBytes = 0;
        }
        windowBytes += bytes;
        drainRate = Math.max(drainRate, waitingBytes * SECOND_US / limits.drainUs());
    }

    /** Never faster than so many bytes a second, however long the queue lasts; 0 for as fast as it should. */
    void limit(long bytesPerSecond) {
        ceiling = bytesPerSecond;
    }

    /** Nothing waits any more. */
    void drained() {
        drainRate = 0;
    }

    /** Whether packets may leave now, of which {@code waitingBytes} wait. */
    boolean open(int waitingBytes, long nowUs) {
        fill(nowUs);
        return bucket >= wanted(waitingBytes);
    }

    /** A packet was sent, one that waited or not. The bucket may go below empty by what could not wait. */
    void spend(int bytes) {
        bucket = Math.max(bucket - bytes * SECOND_US, -Math.max(depth(), MAX_DEBT));
    }

    boolean hasBudget() {
        return bucket > 0;
    }

    /** The moment from which the next run of {@code waitingBytes} may leave, after {@link #open} at {@code nowUs}. */
    long openAtUs(int waitingBytes, long nowUs) {
        long missing = Math.max(wanted(waitingBytes) - bucket, 1);
        return nowUs + (missing + rate() - 1) / rate();
    }

    private long wanted(int waitingBytes) {
        return Math.min(depth() / 2, waitingBytes * SECOND_US);
    }

    /** The media's own rate, bytes a second; 0 while unknown. */
    long mediaRate() {
        return mediaRate;
    }

    private void fill(long nowUs) {
        long elapsedUs = Math.min(nowUs - filledUs, SECOND_US);
        if (elapsedUs > 0) {
            bucket = Math.min(bucket + elapsedUs * rate(), depth());
            filledUs = nowUs;
        }
    }

    private long rate() {
        long rate = Math.max(Math.max(floor, mediaRate * limits.paceMultiple()), drainRate);
        return ceiling == 0 ? rate : Math.min(rate, ceiling);
    }

    private long depth() {
        return limits.paceBurstUs() * rate();
    }
}
