package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.index.SampleCursor;

/** A track's coded pictures in decode order, and the decoder that they go into. For one thread at a time. */
interface CodedPictures extends AutoCloseable {

    /** Makes sample {@code index} the one that {@link #next} looks at first. */
    void standBefore(int index);

    /** Reads the next coded picture; false at the end. */
    boolean next() throws IOException;

    /** Tells of its sample. */
    SampleCursor at();

    /** What it looks like once it is decoded. */
    H264Format format();

    /** Whether other pictures may refer to it. */
    boolean isReference();

    /** Whether the decoder goes on with it as it is, after pictures of that format; else it gives out all first. */
    boolean follows(H264Format before);

    /**
     * Gives it to the decoder.
     *
     * @param isFirst whether the decoder starts with it
     * @return 0 or FFmpeg's negative code when it is broken
     */
    int send(boolean isFirst, long pts) throws IOException;

    /** The decoder, started now if it was not. */
    VideoDecoder decoder() throws IOException;

    /** The shape in which the picture that the decoder gave is to be encoded. */
    PictureShape shape(H264Format fed);

    /** Whether pictures come out with the times that went in with them, whatever the file says of their order. */
    boolean keepsTimes();

    @Override
    void close();
}
