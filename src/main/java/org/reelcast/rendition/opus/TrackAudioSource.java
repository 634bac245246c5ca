package org.reelcast.rendition.opus;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.codec.ffmpeg.AudioDecoder;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.AudioEntry;
import org.reelcast.mp4.read.SampleEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/** The frames of sound of a film's track. */
final class TrackAudioSource implements AudioSource {
    private static final Logger LOG = Logger.getLogger(TrackAudioSource.class.getName());

    private final Track track;
    private final SampleReader reader;
    private final ByteSource source;
    private final AtomicLong dropped;

    /** @param dropped counts the frames that could not be decoded; the first one is logged */
    TrackAudioSource(Track track, ByteSource source, AtomicLong dropped) {
        this(track, source, new SharedBlocks(), dropped);
    }

    /** @param blocks what other readers of the same track hold */
    TrackAudioSource(Track track, ByteSource source, SharedBlocks blocks, AtomicLong dropped) {
        this.track = track;
        this.reader = SampleReader.ofAudio(source, track.samples(), blocks);
        this.source = source;
        this.dropped = dropped;
    }

    @Override
    public SampleEntry entry() {
        return track.entries().get(reader.at().index() < 0 ? 0 : reader.at().entry());
    }

    @Override
    public AudioDecoder decoder() throws IOException {
        return entry() instanceof AudioEntry other
                ? AudioDecoder.open(other.codec(), other.config().bytes(), other.rate(), other.channels())
                : AacDecoder.open(((AacEntry) entry()).config().bytes());
    }

    private int prerollFrames() {
        return track.entries().get(0) instanceof AacEntry aac
                ? aac.config().prerollFrames()
                : ((AudioEntry) track.entries().get(0)).codec().prerollFrames();
    }

    @Override
    public boolean next() throws IOException {
        if (!reader.next()) {
            return false;
        }
        reader.read();
        return true;
    }

    @Override
    public void startFor(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        reader.standBefore(Math.max(0, track.samples().syncAtOrBefore(timeUs) - prerollFrames()));
    }

    @Override
    public long timeUs() {
        return reader.at().presentationTimeUs();
    }

    @Override
    public boolean isHidden() {
        return reader.at().isCut();
    }

    @Override
    public long endUs() {
        return track.durationUs();
    }

    @Override
    public byte[] array() {
        return reader.array();
    }

    @Override
    public int offset() {
        return reader.offset();
    }

    @Override
    public int length() {
        return reader.length();
    }

    @Override
    public void readFrom(AudioSource other) {
        reader.readFrom(((TrackAudioSource) other).source);
    }

    @Override
    public void dropped(String why) {
        if (dropped.incrementAndGet() == 1) {
            int head = reader.array()[reader.offset()] & 0xff;
            String bytes = HexFormat.of()
                    .formatHex(reader.array(), reader.offset(), reader.offset() + Math.min(5, reader.length()));
            LOG.log(
                    Level.WARNING,
                    "Dropping {5} frame that starts with {0}, {1} (frame {2} of {3}): {4};"
                            + " there is silence in its place, more such frames are counted only",
                    new Object[] {
                        head >> 5,
                        bytes,
                        Integer.toString(reader.at().index()),
                        source.id().location(),
                        why,
                        track.codec()
                    });
        }
    }
}
