package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.mp4.write.FragmentWriter;
import org.reelcast.mp4.write.VideoTrack;

/** The picture of a recording: H.264 as it came, at its times. For one thread at a time. */
final class PictureWriter {
    private final VideoTrack track;
    private final long firstDecodeUs;
    private List<byte[]> sets;
    private long lastDecode = -1;
    private FragmentWriter out;

    /** @param first a key frame with its parameter sets; to be {@link #take}n too */
    PictureWriter(Frame first) throws IOException {
        sets = sets(first);
        if (sets.stream().noneMatch(set -> NalType.of(set[0]) == NalType.SPS)) {
            throw new IOException("The stream's key frames have no parameter sets");
        }
        firstDecodeUs = first.decodeTimeUs();
        track = new VideoTrack(describe(first.format()), first.format().rotation(),
                units(first.presentationTimeUs() - first.decodeTimeUs()));
    }

    VideoTrack track() {
        return track;
    }

    void writeTo(FragmentWriter writer) {
        out = writer;
    }

    /** Writes a frame. */
    void take(Frame frame) throws IOException {
        if (frame.isKey()) {
            List<byte[]> now = sets(frame);
            if (!now.isEmpty() && !same(now)) {
                sets = now;
                if (now.stream().anyMatch(set -> NalType.of(set[0]) == NalType.SPS)) {
                    out.entry(describe(frame.format()));
                }
            }
        }
        List<ByteBuffer> nals = new ArrayList<>(frame.slices());
        for (int i = 0; i < frame.slices(); i++) {
            Slice nal = frame.slice(i);
            if (nal.length() > 0 && NalType.of(nal.array()[nal.offset()]) != NalType.FILLER) {
                nals.add(ByteBuffer.wrap(nal.array(), nal.offset(), nal.length()));
            }
        }
        long decode = Math.max(lastDecode + 1, units(frame.decodeTimeUs() - firstDecodeUs));
        lastDecode = decode;
        out.video(decode, (int) units(frame.presentationTimeUs() - frame.decodeTimeUs()), frame.isKey(), nals);
    }

    private VideoTrack.Avc describe(Format format) {
        return new VideoTrack.Avc(AvcConfig.of(ofType(NalType.SPS), ofType(NalType.PPS)), format.width(),
                format.height());
    }

    private List<byte[]> ofType(int type) {
        return sets.stream().filter(set -> NalType.of(set[0]) == type).toList();
    }

    private boolean same(List<byte[]> others) {
        boolean same = sets.size() == others.size();
        for (int i = 0; same && i < sets.size(); i++) {
            same = Arrays.equals(sets.get(i), others.get(i));
        }
        return same;
    }

    private static List<byte[]> sets(Frame key) {
        List<byte[]> sets = new ArrayList<>();
        for (int i = 0; i < key.slices(); i++) {
            Slice nal = key.slice(i);
            int type = nal.length() < 2 ? 0 : NalType.of(nal.array()[nal.offset()]);
            if (type == NalType.SPS && nal.length() >= 4 || type == NalType.PPS) {
                sets.add(Arrays.copyOfRange(nal.array(), nal.offset(), nal.offset() + nal.length()));
            }
        }
        return sets;
    }

    private static long units(long us) {
        return Math.round(us * (VideoTrack.TIMESCALE / 1e6));
    }
}
