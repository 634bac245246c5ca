package org.reelcast.rendition.reencode;

import java.util.List;
import java.util.Objects;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.rendition.encoders.Workload;
import org.reelcast.rendition.samples.SharedSource;

/**
 * The specification of an encoding: what is encoded, and how.
 *
 * @param track     the film's picture
 * @param shape     of its first pictures
 * @param source    the film's bytes
 * @param grid      where it is cut: the same for any target
 * @param target    what is made of it
 * @param quantizer 0 (best) to 51
 * @param deinterlaces whether whole pictures are made of interlaced ones
 * @param rate      the film's, and of it what is shown
 * @param decoding  what decoding costs that {@link EncodingTarget#cores} does not count
 */
record EncodingSpec(
        Track track,
        PictureShape shape,
        SharedSource source,
        SegmentGrid grid,
        EncodingTarget target,
        int quantizer,
        boolean deinterlaces,
        FrameRate rate,
        DecodingCost decoding)
        implements Workload {

    static EncodingSpec of(
            Track track,
            H264Format format,
            SharedSource source,
            EncodingTarget target,
            ReencodingParameters parameters) {
        return new EncodingSpec(
                track,
                PictureShape.of(format),
                source,
                new SegmentGrid(track, source),
                target,
                parameters.quantizer(),
                parameters.deinterlaces(),
                FrameRate.of(track.samples()),
                DecodingCost.of(track, format));
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
        if (track.entries().get(0) instanceof VideoEntry other) {
            return CodedTrack.parameters(other).bytes();
        }
        return track.entries().stream()
                .map(entry -> ((AvcEntry) entry).config().sps())
                .flatMap(List::stream)
                .map(set -> Sps.parse(set, 0, set.length))
                .filter(Objects::nonNull)
                .mapToLong(H264Decoder::bytes)
                .reduce(H264Decoder.usualBytes(track.width(), track.height()), Math::max);
    }

    @Override
    public double cores() {
        return target.cores(shape.width(), shape.height(), rate.perSecond()) + decoding.cores();
    }

    /** Whether the picture that was read last, shown at {@code timeUs}, need not even be decoded. */
    boolean skips(long timeUs, boolean isReference) {
        return target.skips(Math.round(rate.pictures(timeUs)), isReference);
    }

    /** Whether a picture at {@code timeUs} is shown after one at {@code lastUs}. */
    boolean shows(long timeUs, long lastUs) {
        double pictures = rate.pictures(timeUs - lastUs);
        return rate.shows(pictures) && target.shows(pictures);
    }
}
