package org.reelcast.rendition.opus;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * One film's sound as Opus, for those who have this source open. Packet k covers the film from k packet durations on;
 * where the track has no sound there is silence. What is made is shared with all other renditions of the same file.
 */
public final class OpusRendition implements Rendition {
    private final OpusTrack opus;
    private final Track track;
    private final ByteSource source;
    private final SharedBlocks blocks;
    private final Runnable release;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param blocks  what other readers of the track hold
     * @param release gives {@code opus} back
     */
    OpusRendition(OpusTrack opus, Track track, ByteSource source, SharedBlocks blocks, Runnable release) {
        this.opus = opus;
        this.track = track;
        this.source = source;
        this.blocks = blocks;
        this.release = release;
    }

    @Override
    public Format format() {
        return opus.format();
    }

    @Override
    public long durationUs() {
        return track.durationUs();
    }

    @Override
    public boolean brings(long fromUs, long untilUs) {
        return track.samples().isShownBetween(fromUs, untilUs);
    }

    @Override
    public boolean isEndKnown() {
        return track.samples().isComplete();
    }

    @Override
    public FrameReader reader() {
        return new OpusReader(opus, this::frames);
    }

    private AudioSource frames() throws IOException {
        if (closed.get()) {
            throw new IOException(source.id().location() + " is closed");
        }
        return new TrackAudioSource(track, source, blocks, dropped);
    }

    /** AAC frames that could not be decoded on the way of this rendition's readers. */
    public long droppedFrames() {
        return dropped.get();
    }

    /** Segments of the film encoded so far, for all who have it open. */
    public long encodedSegments() {
        return opus.made();
    }

    /** Encoders started so far, for all who have the film open. */
    public long encoderStarts() {
        return opus.starts();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
