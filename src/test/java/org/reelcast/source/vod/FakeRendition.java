package org.reelcast.source.vod;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.Slice;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.Rendition;

/** A track of evenly spaced frames, each with one byte; breaks where it is told to. */
final class FakeRendition implements Rendition {
    static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    static final Format AUDIO = Format.audio(Codec.OPUS, 2);

    /** SILK, 20 ms, one frame (RFC 6716 section 3.1). */
    private static final byte OPUS_20_MS = 8;

    private final Format format;
    private final int frames;
    private final long intervalUs;
    private final int keyInterval;
    private final int breaksAt;
    int openReaders;
    int framesRead;
    boolean starved;
    private boolean endUnknown;
    private long durationUs;
    private Runnable making = () -> {};

    private FakeRendition(Format format, int frames, long intervalUs, int keyInterval, int breaksAt) {
        this.format = format;
        this.frames = frames;
        this.intervalUs = intervalUs;
        this.keyInterval = keyInterval;
        this.breaksAt = breaksAt;
        this.durationUs = frames * intervalUs;
    }

    /** 25 frames a second, each 25th a key frame. */
    static FakeRendition video(int frames) {
        return new FakeRendition(VIDEO, frames, 40_000, 25, -1);
    }

    /** 100 frames a second, each 25th a key frame. */
    static FakeRendition quick(int frames) {
        return new FakeRendition(VIDEO, frames, 10_000, 25, -1);
    }

    /** 25 frames a second, the first one alone a key frame. */
    static FakeRendition oneGroup(int frames) {
        return new FakeRendition(VIDEO, frames, 40_000, frames, -1);
    }

    /** Pictures that stand for ten seconds each, all of them key frames. */
    static FakeRendition slides(int frames) {
        return new FakeRendition(VIDEO, frames, 10_000_000, 1, -1);
    }

    /** Frames of 20 ms. */
    static FakeRendition audio(int frames) {
        return new FakeRendition(AUDIO, frames, 20_000, 1, -1);
    }

    FakeRendition breakingAt(int frame) {
        return new FakeRendition(format, frames, intervalUs, keyInterval, frame);
    }

    /** @param making is done for each frame */
    FakeRendition making(Runnable making) {
        this.making = making;
        return this;
    }

    /** Of a track that ends within the last frame. */
    FakeRendition ofLength(long us) {
        durationUs = us;
        return this;
    }

    /** As of a film in fragments that does not say how long it is: its end is known to who was there. */
    FakeRendition inFragments() {
        FakeRendition other = new FakeRendition(format, frames, intervalUs, keyInterval, breaksAt);
        other.endUnknown = true;
        return other;
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public long durationUs() {
        return endUnknown ? intervalUs : durationUs;
    }

    @Override
    public Optional<Encoding> encoding() {
        return starved ? Optional.of(new Starved()) : Optional.empty();
    }

    /** No encoder has time for it. */
    private static final class Starved implements Encoding {
        @Override
        public boolean isStarved() {
            return true;
        }

        @Override
        public boolean isBusy() {
            return false;
        }
    }

    @Override
    public boolean isEndKnown() {
        return !endUnknown;
    }

    @Override
    public FrameReader reader() {
        openReaders++;
        return new FrameReader() {
            private int next;

            @Override
            public Frame next() throws IOException {
                if (next == breaksAt) {
                    throw new IOException("broken on purpose");
                }
                if (next == frames) {
                    endUnknown = false;
                    return null;
                }
                making.run();
                framesRead++;
                long timeUs = next * intervalUs;
                boolean key = next % keyInterval == 0;
                byte content = format == AUDIO ? OPUS_20_MS : (byte) next;
                next++;
                return new Frame(format, timeUs, timeUs, key, Slice.of(new byte[] {content}));
            }

            @Override
            public void seek(long timeUs) {
                next = (int) Math.min(frames, timeUs / intervalUs) / keyInterval * keyInterval;
                endUnknown &= next < frames;
            }

            @Override
            public void close() {
                openReaders--;
            }
        };
    }

    @Override
    public void close() {}
}
