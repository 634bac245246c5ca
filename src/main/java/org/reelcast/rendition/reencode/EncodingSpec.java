package org.reelcast.rendition.reencode;

import java.util.List;
import java.util.Objects;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.AvcEntry;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.encoders.Workload;
import org.reelcast.rendition.h264.PictureReader;
import org.reelcast.rendition.samples.SharedSource;

/**
 * The specification of an encoding: what is encoded, and how.
 *
 * @param track     the film's picture
 * @param shape     of its first pictures
 * @param source    the film's bytes
 * @param grid      where it is cut: the same at any reduction step
 * @param reduction how much of it is encoded
 * @param quantizer 0 (best) to 51
 * @param deinterlaces whether whole pictures are made of interlaced ones
 * @param rate      the film's
 */
record EncodingSpec(Track track, PictureShape shape, SharedSource source, SegmentGrid grid, ReductionStep reduction,
        int quantizer, boolean deinterlaces, FrameRate rate) implements Workload {

    static EncodingSpec of(Track track, H264Format format, SharedSource source, ReductionStep reduction,
            ReencodingParameters parameters) {
        return new EncodingSpec(track, PictureShape.of(format), source, new SegmentGrid(track, source), reduction,
                parameters.quantizer(), parameters.deinterlaces(), FrameRate.of(track.samples()));
    }

    /** The film, for sentences. */
    String file() {
        return source.id().location();
    }

    int framesPerSecond() {
        return rate.perSecond();
    }

    /** What decoding and encoding it needs of the memory that there is for it, by the parameter sets of its header. */
    long memoryBytes() {
        return track.entries().stream().map(entry -> ((AvcEntry) entry).config().sps()).flatMap(List::stream)
                .map(set -> Sps.parse(set, 0, set.length)).filter(Objects::nonNull).mapToLong(H264Decoder::bytes)
                .reduce(H264Decoder.usualBytes(track.width(), track.height()), Math::max);
    }

    @Override
    public double cores() {
        return reduction.cores(shape.width(), shape.height(), rate.perSecond());
    }

    /** Whether the picture that was read last, shown at {@code timeUs}, need not even be decoded. */
    boolean skips(PictureReader picture, long timeUs) {
        return reduction.skips(Math.round(rate.pictures(timeUs)), picture.isReference());
    }

    /** Whether a picture at {@code timeUs} is shown after one at {@code lastUs}. */
    boolean shows(long timeUs, long lastUs) {
        return reduction.shows(rate.pictures(timeUs - lastUs));
    }
}
