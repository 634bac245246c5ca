package org.reelcast.rendition.opus;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.mp4.AacEntry;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/** The AAC frames of an MP4's track. */
final class TrackAacSource implements AacSource {
    private static final Logger LOG = Logger.getLogger(TrackAacSource.class.getName());

    private final Track track;
    private final AudioSpecificConfig[] configs;
    private final SampleReader reader;
    private final ByteSource source;
    private final AtomicLong dropped;

    /** @param dropped counts the frames that could not be decoded; the first one is logged */
    TrackAacSource(Track track, ByteSource source, AtomicLong dropped) {
        this(track, source, new SharedBlocks(), dropped);
    }

    /** @param blocks what other readers of the same track hold */
    TrackAacSource(Track track, ByteSource source, SharedBlocks blocks, AtomicLong dropped) {
        this.track = track;
        this.configs = track.entries().stream().map(entry -> ((AacEntry) entry).config())
                .toArray(AudioSpecificConfig[]::new);
        this.reader = SampleReader.ofAac(source, track.samples(), blocks);
        this.source = source;
        this.dropped = dropped;
    }

    @Override
    public AudioSpecificConfig config() {
        return configs[reader.at().index() < 0 ? 0 : reader.at().entry()];
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
        reader.standBefore(Math.max(0, track.samples().syncAtOrBefore(timeUs) - configs[0].prerollFrames()));
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
    public void readFrom(AacSource other) {
        reader.readFrom(((TrackAacSource) other).source);
    }

    @Override
    public void dropped(String why) {
        if (dropped.incrementAndGet() == 1) {
            int head = reader.array()[reader.offset()] & 0xff;
            String bytes = HexFormat.of().formatHex(reader.array(), reader.offset(),
                    reader.offset() + Math.min(5, reader.length()));
            LOG.log(Level.WARNING, "Dropping AAC frame that starts with {0}, {1} (frame {2} of {3}): {4};"
                    + " there is silence in its place, more such frames are counted only",
                    new Object[] {head >> 5, bytes, Integer.toString(reader.at().index()),
                        source.id().location(), why});
        }
    }
}
