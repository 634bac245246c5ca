package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;
import org.reelcast.mp4.write.FragmentWriter;
import org.reelcast.mp4.write.VideoTrack;
import org.reelcast.rendition.h264.InBandSets;

/**
 * The picture of a recording: H.264 as it came, at its times. A film's own samples, whose format has the parameter
 * sets, stay what they are to the last bit; of other pictures the key frames say how they are coded, and fillers are
 * left out. For one thread at a time.
 */
final class VideoTrackWriter {
    /** The clock of publishers; a film's own is not much finer. */
    private static final int LEAST_TIMESCALE = 90_000;

    private final VideoTrack track;
    private final Timescale timescale;
    private final long firstDecodeUs;
    private Format source;
    private final InBandSets sets = new InBandSets();
    private long lastDecode = -1;
    private FragmentWriter out;

    /**
     * @param first       a key frame with its parameter sets, in it or in its format; to be {@link #take}n too
     * @param shownFromUs what comes before is decoded alone
     */
    VideoTrackWriter(Frame first, long shownFromUs) throws IOException {
        source = first.format();
        timescale = new Timescale(source.timescale(), LEAST_TIMESCALE);
        firstDecodeUs = first.decodeTimeUs();
        H264Format format = describe(first);
        if (format == null) {
            throw new IOException("The stream's key frames have no parameter sets");
        }
        track = new VideoTrack(format, timescale.units(shownFromUs - firstDecodeUs));
    }

    VideoTrack track() {
        return track;
    }

    void writeTo(FragmentWriter writer) {
        out = writer;
    }

    /** Writes a frame. */
    void take(Frame frame) throws IOException {
        boolean asInFile = !frame.format().config().isEmpty();
        if (asInFile ? frame.format() != source : frame.isKey()) {
            H264Format format = describe(frame);
            if (format != null) {
                out.entry(format);
            }
        }
        List<ByteBuffer> nals = new ArrayList<>(frame.slices());
        for (int i = 0; i < frame.slices(); i++) {
            Slice nal = frame.slice(i);
            if (asInFile || nal.length() > 0 && NalType.of(nal.array()[nal.offset()]) != NalType.FILLER) {
                nals.add(ByteBuffer.wrap(nal.array(), nal.offset(), nal.length()));
            }
        }
        long decode = Math.max(lastDecode + 1, timescale.units(frame.decodeTimeUs() - firstDecodeUs));
        lastDecode = decode;
        long shown = timescale.units(frame.presentationTimeUs() - firstDecodeUs);
        long least = Math.min(0, timescale.units(frame.presentationTimeUs() - frame.decodeTimeUs()));
        out.video(decode, (int) Math.max(least, shown - decode), frame.isKey(), nals);
    }

    /** How the frame and those after it are coded, when that is new and is said; else null. */
    private H264Format describe(Frame frame) {
        H264Format format = (H264Format) frame.format();
        source = format;
        if (format.config().isEmpty()) {
            format = sets.describe(frame).orElse(null);
            if (format == null) {
                return null;
            }
        }
        return format.withTrack(timescale.unitsPerSecond(), format.language());
    }
}
