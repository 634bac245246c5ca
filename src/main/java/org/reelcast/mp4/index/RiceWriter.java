package org.reelcast.mp4.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packs columns of numbers into 64-bit words. Of a column the smallest value and the greatest common step are taken
 * out; what is left, small for most samples and large for a few, is Rice coded (Rice 1971; as in FLAC's RFC 9639
 * section 9.2.7). A column of equal values takes no room beyond its descriptor.
 */
public final class RiceWriter {
    /** Descriptor of a column: parameter in six bits, then whether a smallest value and a step follow. */
    public static final int DESCRIPTOR_BITS = 8;

    public static final int CONSTANT = 63;
    public static final int HAS_MIN = 64;
    public static final int HAS_STEP = 128;
    /** So many leading ones announce a value in 64 plain bits. */
    public static final int ESCAPE = 32;

    private static final int PAGE = PageStore.WORDS;
    private static final int PAGE_BITS = Integer.numberOfTrailingZeros(PAGE);
    /** Readers may touch the word behind a block. */
    private static final int SPARE = 1;

    private final PageStore.Lease lease;
    private final List<Page> full = new ArrayList<>();
    private long[] page = new long[64];
    private int used;
    /** The block that is being written. */
    private long[] words = new long[512];

    private int next;
    private int bit;

    public RiceWriter(PageStore store) {
        this.lease = store.lease();
    }

    /** The page of a block's position. */
    public static int page(int position) {
        return position >>> PAGE_BITS;
    }

    /** Where in its page a block starts. */
    public static int word(int position) {
        return position & PAGE - 1;
    }

    /** All pages so far; what is in them does not change any more. */
    public Page[] pages() {
        Page[] pages = full.toArray(new Page[full.size() + 1]);
        pages[full.size()] = Page.inHeap(page);
        return pages;
    }

    /** All pages so far, the last one as short as can be. */
    public Page[] trimmed() {
        Page[] pages = pages();
        pages[full.size()] = Page.inHeap(Arrays.copyOf(page, used + SPARE));
        return pages;
    }

    /** @return the position of the block that was written */
    private int store() {
        if (used + next + SPARE > PAGE) {
            full.add(lease.keep(page, used + SPARE));
            page = new long[PAGE];
            used = 0;
        } else if (used + next + SPARE > page.length) {
            page = Arrays.copyOf(page, Math.min(PAGE, Math.max(2 * page.length, used + next + SPARE)));
        }
        System.arraycopy(words, 0, page, used, next);
        int position = full.size() << PAGE_BITS | used;
        used += next;
        return position;
    }

    /**
     * Writes {@code columns}, of which the first {@code count} values matter, as one block.
     *
     * @return its position
     */
    public int write(long[][] columns, int count) {
        Arrays.fill(words, 0);
        next = 1;
        bit = 0;
        long all = 0;
        long[] mins = new long[columns.length];
        long[] steps = new long[columns.length];
        int[] ks = new int[columns.length];
        for (int c = 0; c < columns.length; c++) {
            long[] column = columns[c];
            long min = column[0];
            long max = column[0];
            for (int i = 1; i < count; i++) {
                min = Math.min(min, column[i]);
                max = Math.max(max, column[i]);
            }
            long step = min == max ? 1 : step(column, count, min);
            int k = min == max ? CONSTANT : parameter(column, count, min, step);
            mins[c] = min;
            steps[c] = step;
            ks[c] = k;
            all |= (long) (k | (min != 0 ? HAS_MIN : 0) | (step != 1 ? HAS_STEP : 0)) << c * DESCRIPTOR_BITS;
            if (min != 0) {
                words[next++] = min;
            }
            if (step != 1) {
                words[next++] = step;
            }
        }
        words[0] = all;
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; ks[c] != CONSTANT && i < count; i++) {
                put((columns[c][i] - mins[c]) / steps[c], ks[c]);
            }
        }
        next += bit > 0 ? 1 : 0;
        return store();
    }

    private static long step(long[] column, int count, long min) {
        long step = 0;
        for (int i = 0; i < count && step != 1; i++) {
            long a = column[i] - min;
            while (a != 0) {
                long rest = step % a;
                step = a;
                a = rest;
            }
        }
        return step;
    }

    private static int parameter(long[] column, int count, long min, long step) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += column[i] - min;
        }
        double mean = sum / step / count;
        return mean < 1 ? 0 : Math.min(CONSTANT - 1, 63 - Long.numberOfLeadingZeros((long) mean));
    }

    private void put(long value, int k) {
        room(4);
        long quotient = value >>> k;
        if (quotient >= ESCAPE) {
            bits(-1L >>> 64 - ESCAPE, ESCAPE);
            bits(value, 64);
            return;
        }
        int ones = (int) quotient;
        bits((1L << ones) - 1 << 1, ones + 1);
        if (k > 0) {
            bits(value & -1L >>> 64 - k, k);
        }
    }

    private void bits(long value, int count) {
        int free = 64 - bit;
        if (count < free) {
            words[next] |= value << free - count;
            bit += count;
        } else {
            words[next++] |= value >>> count - free;
            bit = count - free;
            if (bit > 0) {
                words[next] = value << 64 - bit;
            }
        }
    }

    private void room(int more) {
        if (next + more >= words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
    }
}
