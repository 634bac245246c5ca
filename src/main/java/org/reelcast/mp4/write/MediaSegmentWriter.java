package org.reelcast.mp4.write;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/**
 * Writes the parts of a film for players that put them together: an initialization segment and movie fragments
 * (ISO/IEC 14496-12 section 8.8; CMAF, ISO/IEC 23000-19). A fragment depends on its frames alone.
 */
@AnyThread
public final class MediaSegmentWriter {
    /** Coarser time scales would round; those of films are kept where they are finer. */
    private static final int MIN_TIMESCALE = 10_000;

    private static final int LENGTH_SIZE = 4;
    private static final int LENGTH_SIZE_AT = 4;
    private static final long US = 1_000_000;

    private final Optional<VideoTrack> video;
    private final Optional<AudioTrack> audio;

    /** At least one is there. */
    public MediaSegmentWriter(Optional<H264Format> video, Optional<AacFormat> audio) {
        this.video = video.map(format ->
                new VideoTrack(fourByteLengths(format).withTrack(timescale(format.timescale()), format.language()), 0));
        this.audio = audio.map(format -> new AudioTrack(
                new AacFormat(
                        format.config(),
                        format.sampleRate(),
                        format.channels(),
                        format.sampleRate(),
                        format.language()),
                0,
                0));
    }

    /** A multiple of the track's own. */
    private static int timescale(int own) {
        return own <= 0 ? 90_000 : own >= MIN_TIMESCALE ? own : own * ((MIN_TIMESCALE + own - 1) / own);
    }

    private static H264Format fourByteLengths(H264Format format) {
        byte[] config = format.config().bytes().clone();
        config[LENGTH_SIZE_AT] = (byte) (config[LENGTH_SIZE_AT] | LENGTH_SIZE - 1);
        return format.withConfig(new DecoderConfig(config), format.setsInFrames());
    }

    /** The initialization segment: file type, and a movie without samples. */
    public byte[] initialization() {
        BoxBuffer out = new BoxBuffer();
        MovieHeader.writeForSegments(out, video, audio);
        return out.toArray();
    }

    /**
     * A movie fragment with its media data.
     *
     * @param sequence   counts fragments
     * @param pictures   in decode order; may be empty
     * @param videoEndUs when the next picture is decoded
     * @param sound      may be empty
     * @param audioEndUs when the next frame of sound is heard
     */
    public byte[] fragment(int sequence, List<Frame> pictures, long videoEndUs, List<Frame> sound, long audioEndUs) {
        BoxBuffer head = new BoxBuffer();
        head.open("moof");
        head.openFull("mfhd", 0, 0).u32(sequence).close();
        int videoOffsetAt = pictures.isEmpty()
                ? 0
                : run(
                        head,
                        MovieHeader.VIDEO_ID,
                        pictures,
                        videoEndUs,
                        video.orElseThrow().timescale());
        int audioOffsetAt = sound.isEmpty()
                ? 0
                : run(
                        head,
                        MovieHeader.AUDIO_ID,
                        sound,
                        audioEndUs,
                        audio.orElseThrow().timescale());
        head.close();
        int moof = head.length();
        int videoBytes = size(pictures);
        int mdat = 8 + videoBytes + size(sound);
        head.u32(mdat).ascii("mdat");
        if (!pictures.isEmpty()) {
            head.patch(videoOffsetAt, moof + 8);
        }
        if (!sound.isEmpty()) {
            head.patch(audioOffsetAt, moof + 8 + videoBytes);
        }
        byte[] all = new byte[moof + mdat];
        head.toRead().get(all, 0, head.length());
        copy(sound, all, copy(pictures, all, head.length()));
        return all;
    }

    private static int run(BoxBuffer head, int trackId, List<Frame> frames, long endUs, int timescale) {
        SampleRun run = new SampleRun(trackId);
        long lastTicks = 0;
        for (Frame frame : frames) {
            long ticks = ticks(frame.decodeTimeUs(), timescale);
            if (run.count() > 0) {
                run.lasts((int) Math.max(0, ticks - lastTicks));
            }
            run.add(ticks, (int) (ticks(frame.presentationTimeUs(), timescale) - ticks), frame.isKey(), size(frame));
            lastTicks = ticks;
        }
        run.lasts((int) Math.max(1, ticks(endUs, timescale) - lastTicks));
        return run.write(head);
    }

    /** To the nearest unit, also of times that are long ago. */
    static long ticks(long us, int timescale) {
        return Math.floorDiv(us, US) * timescale + (Math.floorMod(us, US) * timescale + US / 2) / US;
    }

    private static int size(List<Frame> frames) {
        int size = 0;
        for (Frame frame : frames) {
            size += size(frame);
        }
        return size;
    }

    private static int size(Frame frame) {
        return frame.size() + (frame.isVideo() ? LENGTH_SIZE * frame.slices() : 0);
    }

    /** @return where the next byte goes */
    private static int copy(List<Frame> frames, byte[] to, int start) {
        int at = start;
        for (Frame frame : frames) {
            for (int i = 0; i < frame.slices(); i++) {
                Slice slice = frame.slice(i);
                if (frame.isVideo()) {
                    BigEndian.put32(to, at, slice.length());
                    at += LENGTH_SIZE;
                }
                System.arraycopy(slice.array(), slice.offset(), to, at, slice.length());
                at += slice.length();
            }
        }
        return at;
    }
}
