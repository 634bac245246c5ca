package org.reelcast.output.recording;

import java.io.Closeable;
import java.io.IOException;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.mp4.write.AudioTrack;
import org.reelcast.mp4.write.FragmentWriter;

/** The sound of a recording, AAC in the file. For one thread at a time. */
interface AudioTrackWriter extends Closeable {

    /**
     * The writer of frames of a format.
     *
     * @param bitrate of stereo that has to be encoded, bits a second; mono takes half
     */
    static AudioTrackWriter of(Format format, int bitrate) throws IOException {
        return format instanceof AacFormat aac ? new AacTrackWriter(aac) : new OpusToAacWriter(format, bitrate);
    }

    AudioTrack track();

    void writeTo(FragmentWriter writer);

    /** Whether frames of this format go into the track. */
    boolean takes(Format format);

    /** @param timeUs when the frame is heard, from the start of the film; what is before the start is not */
    void take(Frame frame, long timeUs) throws IOException;

    /** The picture is at {@code timeUs}: sound that should have come long ago does not come any more. */
    void keepUp(long timeUs) throws IOException;

    /** Writes what is left. */
    void finish() throws IOException;

    @Override
    void close();
}
