package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.codec.ffmpeg.PacketDecoder;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.storage.ByteSource;

/** Pictures of other codecs, a sample each. */
final class PacketPictures implements CodedPictures {
    private static final int MAX_BLOCK_BYTES = 128 * 1024;
    private static final int MAX_SAMPLE_BYTES = 16 * 1024 * 1024;

    private final Track track;
    private final SampleReader reader;
    private final int threads;
    private final CodecMemory.Share memory;
    private final boolean deinterlaces;
    private PacketDecoder decoder;
    /** That the decoder was started for. */
    private int decodedEntry = -1;

    PacketPictures(Track track, ByteSource source, boolean deinterlaces, int threads, CodecMemory.Share memory) {
        this.track = track;
        this.reader = new SampleReader(source, track.samples(), MAX_BLOCK_BYTES, MAX_SAMPLE_BYTES);
        this.threads = threads;
        this.memory = memory;
        this.deinterlaces = deinterlaces;
    }

    @Override
    public void standBefore(int index) {
        reader.standBefore(index);
    }

    @Override
    public boolean next() throws IOException {
        while (reader.next() && !reader.at().isPastEnd()) {
            if (reader.at().size() > 0) {
                reader.read();
                return true;
            }
        }
        return false;
    }

    @Override
    public SampleCursor at() {
        return reader.at();
    }

    private int entryIndex() {
        return Math.max(0, reader.at().index() < 0 ? 0 : reader.at().entry());
    }

    @Override
    public H264Format format() {
        return CodedTrack.format(track, (VideoEntry) track.entries().get(entryIndex()));
    }

    /** What the codec says of it, nobody asks here. */
    @Override
    public boolean isReference() {
        return true;
    }

    /** Another entry is another decoder. */
    @Override
    public boolean follows(H264Format before) {
        return entryIndex() == decodedEntry;
    }

    @Override
    public int send(boolean isFirst, long pts) throws IOException {
        if (entryIndex() != decodedEntry && decoder != null) {
            decoder.close();
            decoder = null;
        }
        decoder();
        return decoder.send(reader.array(), reader.offset(), reader.length(), pts);
    }

    @Override
    public VideoDecoder decoder() throws IOException {
        if (decoder == null) {
            decodedEntry = entryIndex();
            decoder = PacketDecoder.open(
                    CodedTrack.parameters((VideoEntry) track.entries().get(decodedEntry)),
                    threads,
                    memory,
                    deinterlaces);
        }
        return decoder;
    }

    /** By the size that pictures turn out to have, which may change as they like. */
    @Override
    public PictureShape shape(H264Format fed) {
        return PictureShape.of(
                fed.width() == decoder.width() && fed.height() == decoder.height()
                        ? fed
                        : fed.withSize(decoder.width(), decoder.height()));
    }

    @Override
    public boolean keepsTimes() {
        return true;
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
