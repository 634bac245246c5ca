package org.reelcast.rendition.opus;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.reelcast.codec.ffmpeg.AudioDecoder;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Resampler;
import org.reelcast.mp4.read.SampleEntry;

/**
 * A track's sound as 48 kHz samples at their places on the film's timeline: sample n is the moment n / 48000 s. Silence
 * where the track has none: before it starts, in gaps, where frames are broken, after its end. Read in order, from any
 * place on; for one thread at a time.
 *
 * <p>The frames' times decide where sound goes. Between neighbours, times are only held against the count of samples,
 * so that a coarse timescale's rounding does not tear the sound apart; it is moved when the two differ by more than
 * {@value #TOLERANCE_MS} ms.
 */
final class PcmTimeline implements Closeable {
    private static final int TOLERANCE_MS = 12;
    private static final long TOLERANCE = TOLERANCE_MS * Resampler.RATE / 1000;

    private final AudioSource source;
    private AudioDecoder decoder;
    private SampleEntry entry;
    private final Resampler resampler;
    private final int channels;
    /** Grows to the longest one: frames of most films need a twelfth of what the filter may give. */
    private float[] chunk = new float[0];

    private long chunkStart;
    private int chunkLength;
    /** Where on the timeline the resampler's first sample belongs, and how much went in and came out since. */
    private long anchor;

    private long samplesIn;
    private long samplesOut;
    private int rate;
    /** Samples that came of the frame so far: some codecs have several of theirs in one of the file's. */
    private long inFrame;

    private boolean drained;

    /** @param from where reading starts, in samples; decoding starts early enough before it to have settled */
    PcmTimeline(AudioSource source, int channels, long from) throws IOException {
        this.source = source;
        this.channels = channels;
        this.entry = source.entry();
        this.decoder = source.decoder();
        boolean done = false;
        try {
            this.resampler = Resampler.open(channels);
            done = true;
        } finally {
            if (!done) {
                decoder.close();
            }
        }
        source.startFor(Math.max(0, from * 1000 / 48));
    }

    /**
     * Gives the next samples.
     *
     * @param position where on the timeline, at or after the end of the last read
     * @param target   takes {@code count} samples a channel, interleaved, from its start
     */
    void read(long position, float[] target, int count) throws IOException {
        int done = 0;
        while (done < count) {
            long at = position + done;
            if (chunkStart + chunkLength <= at) {
                if (!nextChunk()) {
                    Arrays.fill(target, done * channels, count * channels, 0);
                    return;
                }
                continue;
            }
            if (chunkStart > at) {
                int silent = (int) Math.min(count - done, chunkStart - at);
                Arrays.fill(target, done * channels, (done + silent) * channels, 0);
                done += silent;
                continue;
            }
            int from = (int) (at - chunkStart);
            int copied = Math.min(count - done, chunkLength - from);
            System.arraycopy(chunk, from * channels, target, done * channels, copied * channels);
            done += copied;
        }
    }

    /** Decodes up to the next samples; false at the end of the track. */
    private boolean nextChunk() throws IOException {
        while (inFrame > 0 || source.next()) {
            if (source.length() == 0) {
                continue;
            }
            int code = inFrame > 0 ? decoder.more() : decode();
            if (code <= 0) {
                inFrame = 0;
                continue;
            }
            long time = source.timeUs() * 48 + inFrame * Resampler.RATE * 1000 / decoder.sampleRate();
            inFrame += decoder.samples();
            if (take(time)) {
                return true;
            }
        }
        if (!drained) {
            drained = true;
            return accept(resampler.drain());
        }
        return false;
    }

    private int decode() throws IOException {
        if (source.entry() != entry) {
            reopen();
        }
        int code = decoder.decode(source.array(), source.offset(), source.length());
        if (code < 0) {
            source.dropped(FfmpegException.text(code));
        }
        return code;
    }

    /** Another sample entry is in force from this frame on. */
    private void reopen() throws IOException {
        AudioDecoder fresh = source.decoder();
        decoder.close();
        decoder = fresh;
        entry = source.entry();
    }

    /** Puts the decoded frame, which belongs at {@code time} / 1000 samples, through the resampler. */
    private boolean take(long time) throws IOException {
        if (rate != decoder.sampleRate()) {
            restart(time);
        }
        long expected = anchor * 1000 + samplesIn * Resampler.RATE * 1000 / rate;
        if (Math.abs(time - expected) > TOLERANCE * 1000) {
            anchor += Math.round((time - expected) / 1000.0);
        }
        int count = resampler.convert(decoder);
        if (count < 0) {
            // other channels than before; the filter's last samples, under 1 ms, are given up
            restart(time);
            count = resampler.convert(decoder);
        }
        samplesIn += decoder.samples();
        return accept(count) && !source.isHidden();
    }

    private void restart(long time) {
        resampler.reset();
        rate = decoder.sampleRate();
        anchor = Math.round(time / 1000.0);
        samplesIn = 0;
        samplesOut = 0;
    }

    private boolean accept(int count) {
        if (count <= 0) {
            return false;
        }
        if (chunk.length < count * channels) {
            chunk = new float[count * channels];
        }
        resampler.copy(chunk, count);
        chunkStart = anchor + samplesOut;
        chunkLength = count;
        samplesOut += count;
        clip();
        return true;
    }

    /** Silences what the edit list cuts away at the track's start and end. */
    private void clip() {
        long before = Math.min(chunkLength, -chunkStart);
        if (before > 0) {
            Arrays.fill(chunk, 0, (int) before * channels, 0);
        }
        long kept = Math.max(0, source.endUs() * 48 / 1000 - chunkStart);
        if (kept < chunkLength) {
            Arrays.fill(chunk, (int) kept * channels, chunkLength * channels, 0);
        }
    }

    @Override
    public void close() {
        resampler.close();
        decoder.close();
    }
}
