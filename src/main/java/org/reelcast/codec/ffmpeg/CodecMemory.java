package org.reelcast.codec.ffmpeg;

import java.lang.management.ManagementFactory;
import org.reelcast.loop.AnyThread;

/**
 * The native memory that the decoders of this process may hold together, with the encoders that take their pictures.
 * Each asks for the most that it can need before it takes it, so that no film, however it is made, can fill the
 * machine's memory.
 */
@AnyThread
public final class CodecMemory {
    /** Of the machine's memory, what is taken when nobody says otherwise. */
    private static final int DEFAULT_SHARE = 4;

    private static final long LEAST_DEFAULT = 512L << 20;
    /**
     * Of one decoder: as much as pictures of 4096x2304 in 4:2:0 and 8 bits, or half of them in 4:2:2 and 10 bits, of
     * which the most are kept that may be.
     */
    static final long MAX_SHARE = 640L << 20;

    private static final CodecMemory PROCESS = new CodecMemory(defaultLimit());

    private long limit;
    private long used;

    CodecMemory(long limit) {
        this.limit = limit;
    }

    /** That of this process. */
    public static CodecMemory ofProcess() {
        return PROCESS;
    }

    private static long defaultLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? Math.max(LEAST_DEFAULT, machine.getTotalMemorySize() / DEFAULT_SHARE)
                : LEAST_DEFAULT;
    }

    /** @param bytes for all together from now on; 0 = a quarter of the machine's memory, half a gigabyte at least */
    public synchronized void limit(long bytes) {
        limit = bytes == 0 ? defaultLimit() : bytes;
    }

    /** Whether there is room for another share of that size. */
    public synchronized boolean hasRoomFor(long bytes) {
        return used + bytes <= limit;
    }

    /** What is held, by what was asked for. */
    public synchronized long used() {
        return used;
    }

    /**
     * A share for one decoder.
     *
     * @throws FfmpegException when there is no room for {@code bytes}, or nobody may have so much; the message is a
     *                         clause
     */
    public Share share(long bytes) throws FfmpegException {
        Share share = new Share();
        share.atLeast(bytes);
        return share;
    }

    private synchronized void take(long bytes) throws FfmpegException {
        if (used + bytes > limit) {
            throw new FfmpegException("the decoders at work hold " + (used >> 20) + " of " + (limit >> 20)
                    + " MB of memory, and this one needs " + (bytes >> 20) + " MB");
        }
        used += bytes;
    }

    private synchronized void giveBack(long bytes) {
        used -= bytes;
    }

    /** What one decoder may hold. For one thread at a time. */
    public final class Share implements AutoCloseable {
        private long bytes;

        private Share() {}

        /**
         * Grows to {@code needed} bytes; a larger share stays as it is.
         *
         * @throws FfmpegException when there is no room
         */
        void atLeast(long needed) throws FfmpegException {
            if (needed > MAX_SHARE) {
                throw new FfmpegException("its pictures need " + (needed >> 20) + " MB of memory to be decoded");
            }
            if (needed > bytes) {
                take(needed - bytes);
                bytes = needed;
            }
        }

        /** Gives all back; any number of times. */
        @Override
        public void close() {
            giveBack(bytes);
            bytes = 0;
        }
    }
}
