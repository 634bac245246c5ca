package org.reelcast.source.vod;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rendition.Encoding;
import org.reelcast.rendition.FrameReader;
import org.reelcast.rendition.Rendition;

/** A track of evenly spaced frames, each with one byte; breaks where it is told to. */
final class FakeRendition implements Rendition {
    static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    static final Format AUDIO = Format.audio(Codec.OPUS, 2);

    private final Format format;
    private final int frames;
    private final long intervalUs;
    private final int keyInterval;
    private final int breaksAt;
    int openReaders;
    int framesRead;
    boolean starved;
    private boolean endUnknown;
    private Runnable making = () -> { };

    private FakeRendition(Format format, int frames, long intervalUs, int keyInterval, int breaksAt) {
        this.format = format;
        this.frames = frames;
        this.intervalUs = intervalUs;
        this.keyInterval = keyInterval;
        this.breaksAt = breaksAt;
    }

    /** 25 frames a second, each 25th a key frame. */
    static FakeRendition video(int frames) {
        return new FakeRendition(VIDEO, frames, 40_000, 25, -1);
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
        return endUnknown ? intervalUs : frames * intervalUs;
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
                return new Frame(format, timeUs, timeUs, key, Slice.of(new byte[] {(byte) next++}));
            }

            @Override
            public void seek(long timeUs) {
                next = (int) (timeUs / intervalUs) / keyInterval * keyInterval;
            }

            @Override
            public void close() {
                openReaders--;
            }
        };
    }

    @Override
    public void close() {
    }
}
