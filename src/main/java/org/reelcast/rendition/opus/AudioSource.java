package org.reelcast.rendition.opus;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.AudioDecoder;
import org.reelcast.mp4.read.SampleEntry;

/** The frames of sound of one track in order, with their times on the film's timeline. For one thread at a time. */
interface AudioSource {

    /** How the frame is coded, the first one before {@link #next}; the same instance as long as it is. */
    SampleEntry entry();

    /** A decoder of such frames. */
    AudioDecoder decoder() throws IOException;

    /**
     * Goes to where decoding has to start for sound to be right from {@code timeUs} on; before the first {@link #next}.
     */
    void startFor(long timeUs) throws IOException;

    /** Reads the next frame; false at the end. The methods below tell of it. */
    boolean next() throws IOException;

    /** When the frame's first sample is heard; negative for the decoder's priming. */
    long timeUs();

    /** Whether the edit list takes the whole frame out: it is decoded for what follows and not heard. */
    boolean isHidden();

    byte[] array();

    int offset();

    int length();

    /** The frame could not be decoded. */
    void dropped(String why);

    /** Where the track ends, as far as it is known. */
    long endUs();

    /** From now on reads the same bytes through what {@code other} has open. */
    void readFrom(AudioSource other);
}
