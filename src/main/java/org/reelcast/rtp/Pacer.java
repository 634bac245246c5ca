package org.reelcast.rtp;

/**
 * Says when queued packets may leave: a bucket of bytes that fills at a multiple of the media's own rate and holds what
 * that rate carries in a few milliseconds. What fits into the bucket leaves at once; a longer queue leaves in runs of
 * half a bucket and more, so that runs stay long enough to be worth a system call.
 */
final class Pacer {
    private static final long SECOND_US = 1_000_000;

    private final RtpLimits limits;
    private final long floor;
    private long mediaRate;
    private long drainRate;
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
        bucket = Math.max(bucket - bytes * SECOND_US, -depth());
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
        long elapsedUs = Math.min(nowUs - filledUs, limits.paceBurstUs() * 2);
        if (elapsedUs > 0) {
            bucket = Math.min(bucket + elapsedUs * rate(), depth());
            filledUs = nowUs;
        }
    }

    private long rate() {
        return Math.max(Math.max(floor, mediaRate * limits.paceMultiple()), drainRate);
    }

    private long depth() {
        return limits.paceBurstUs() * rate();
    }
}
