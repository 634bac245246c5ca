package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.reelcast.codec.ffmpeg.AacEncoder;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.mp4.write.AudioTrack;
import org.reelcast.mp4.write.FragmentWriter;
import org.reelcast.rendition.aac.OpusToAac;

/** The sound of a recording of Opus: AAC-LC into the file. For one thread at a time. */
final class OpusToAacWriter implements AudioTrackWriter {
    /** Silence is written when the picture is this far ahead: what comes later still was lost. */
    private static final long LATEST = 2 * OpusToAac.RATE;

    private final OpusToAac sound;
    private final AudioTrack track;
    private FragmentWriter out;

    /**
     * @param format  of mono or stereo
     * @param bitrate of stereo, bits a second; mono takes half
     */
    OpusToAacWriter(Format format, int bitrate) throws IOException {
        sound = new OpusToAac(
                format.channels(),
                bitrate,
                (at, coded) -> out.audio(at, AacEncoder.FRAME_SAMPLES, ByteBuffer.wrap(coded)));
        track = new AudioTrack(sound.format(format.language()), sound.priming(), sound.bitrate());
    }

    @Override
    public AudioTrack track() {
        return track;
    }

    @Override
    public void writeTo(FragmentWriter writer) {
        out = writer;
    }

    @Override
    public boolean takes(Format format) {
        return format.codec() == Codec.OPUS;
    }

    @Override
    public void take(Frame frame, long timeUs) throws IOException {
        sound.take(frame.slice(0), samples(timeUs));
    }

    @Override
    public void keepUp(long timeUs) throws IOException {
        sound.keepUp(samples(timeUs) - LATEST);
    }

    private static long samples(long us) {
        return Math.round(us * 0.048);
    }

    @Override
    public void finish() throws IOException {
        sound.finish();
    }

    @Override
    public void close() {
        sound.close();
    }
}
