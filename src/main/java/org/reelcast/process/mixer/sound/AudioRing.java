package org.reelcast.process.mixer.sound;

import java.util.Arrays;

/**
 * The sound of one input as samples at their places on the clock, about the last one and a half seconds; silence where
 * it had none. One thread writes and another reads.
 */
public final class AudioRing {
    static final int CHANNELS = 2;
    /** Samples a channel; a power of two. */
    static final int LENGTH = 1 << 16;
    /** Where sound begins, ends or breaks off it is faded over so many samples, so that nothing clicks: 2 ms. */
    private static final int FADE = 96;

    private final float[] ring = new float[LENGTH * CHANNELS];
    /** Before this sample nothing has been written, or it has been written over. */
    private long start;
    /** Behind the last one written. */
    private long end;

    private boolean fadeIn;

    /**
     * Takes samples.
     *
     * @param samples interleaved, from the array's start
     * @param count   a channel
     * @param at      number of the first one on the clock
     */
    public synchronized void write(float[] samples, int count, long at) {
        int skipped = Math.max(0, count - LENGTH);
        long from = at + skipped;
        if (start == end || from - end >= LENGTH || from + count - skipped <= start) {
            start = from;
            end = from;
            fadeIn = true;
        } else if (from > end) {
            silence(from);
        } else {
            start = Math.min(start, from);
        }
        int faded = fadeIn ? Math.min(FADE, count - skipped) : 0;
        for (int i = 0; i < count - skipped; i++) {
            float gain = i < faded ? (float) i / faded : 1;
            int place = place(from + i);
            ring[place] = samples[(skipped + i) * CHANNELS] * gain;
            ring[place + 1] = samples[(skipped + i) * CHANNELS + 1] * gain;
        }
        fadeIn = false;
        end = Math.max(end, from + count - skipped);
        start = Math.max(start, end - LENGTH);
    }

    /** The sound broke off: its last samples are faded, and what follows is faded in. */
    private void silence(long until) {
        int fade = (int) Math.min(FADE, end - start);
        for (int i = 1; i <= fade; i++) {
            int place = place(end - i);
            ring[place] *= (float) (i - 1) / fade;
            ring[place + 1] *= (float) (i - 1) / fade;
        }
        for (long at = end; at < until; at++) {
            Arrays.fill(ring, place(at), place(at) + CHANNELS, 0);
        }
        fadeIn = true;
    }

    private static int place(long at) {
        return (int) (at & LENGTH - 1) * CHANNELS;
    }

    /**
     * Adds samples to others.
     *
     * @param sum   interleaved, from the array's start
     * @param count a channel
     * @param at    number of the first one
     * @param from  the gain of the first one
     * @param to    the gain that it has reached behind the last one
     * @return whether there was any sound
     */
    public synchronized boolean addTo(float[] sum, int count, long at, float from, float to) {
        int first = (int) Math.max(0, Math.min(count, start - at));
        int last = (int) Math.max(first, Math.min(count, end - at));
        // it ends here, as far as has come: then it is faded, and not to be heard if it goes on late
        int fade = last > first && last < count ? Math.min(FADE, last - first) : 0;
        for (int i = first; i < last; i++) {
            float gain = from + (to - from) * i / count;
            gain *= last - i <= fade ? (float) (last - i - 1) / fade : 1;
            int place = place(at + i);
            sum[i * CHANNELS] += ring[place] * gain;
            sum[i * CHANNELS + 1] += ring[place + 1] * gain;
        }
        if (fade > 0) {
            fadeIn = true;
        }
        return last > first;
    }

    /** How many samples lie ahead of {@code at}; negative when it is short of some. */
    public synchronized long ahead(long at) {
        return end - at;
    }
}
