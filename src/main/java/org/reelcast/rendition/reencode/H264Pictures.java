package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.h264.PictureReader;
import org.reelcast.storage.ByteSource;

/** H.264, taken apart into NAL units; parameter sets come with the pictures. */
final class H264Pictures implements CodedPictures {
    private final PictureReader pictures;
    private final int threads;
    private final CodecMemory.Share memory;
    private final boolean deinterlaces;
    private H264Decoder decoder;

    H264Pictures(Track track, ByteSource source, boolean deinterlaces, int threads, CodecMemory.Share memory) {
        this.pictures = new PictureReader(track, source);
        this.threads = threads;
        this.memory = memory;
        this.deinterlaces = deinterlaces;
    }

    @Override
    public void standBefore(int index) {
        pictures.standBefore(index);
    }

    @Override
    public boolean next() throws IOException {
        return pictures.next();
    }

    @Override
    public SampleCursor at() {
        return pictures.at();
    }

    @Override
    public H264Format format() {
        return (H264Format) pictures.format();
    }

    @Override
    public boolean isReference() {
        return pictures.isReference();
    }

    /** A decoder that meets another size forgets the pictures that it held back. */
    @Override
    public boolean follows(H264Format before) {
        H264Format now = format();
        return before.width() == now.width()
                && before.height() == now.height()
                && PictureShape.of(before).equals(PictureShape.of(now));
    }

    @Override
    public int send(boolean isFirst, long pts) throws IOException {
        return decoder().send(isFirst ? pictures.payloadWithSets() : pictures.payload(), pts);
    }

    @Override
    public H264Decoder decoder() throws IOException {
        if (decoder == null) {
            decoder = deinterlaces ? H264Decoder.openDeinterlacing(threads, memory) : H264Decoder.open(threads, memory);
        }
        return decoder;
    }

    @Override
    public PictureShape shape(H264Format fed) {
        return PictureShape.of(fed);
    }

    @Override
    public boolean keepsTimes() {
        return false;
    }

    @Override
    public void close() {
        pictures.close();
        if (decoder != null) {
            decoder.close();
        }
    }
}
