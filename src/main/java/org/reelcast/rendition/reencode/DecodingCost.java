package org.reelcast.rendition.reencode;

import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.VideoDecoder;
import org.reelcast.media.H264Format;
import org.reelcast.media.SourceCodec;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;

/**
 * What decoding a film's pictures costs that {@link EncodingTarget#cores} does not count, which knows H.264 of as many
 * pictures as are shown: another codec, colours that are mapped, pictures that are decoded and not shown.
 *
 * @param cores of those that {@link EncodingTarget} counts in
 */
record DecodingCost(double cores) {
    /** Of H.264 whose pictures are all shown. */
    static final DecodingCost USUAL = new DecodingCost(0);

    /** Microseconds a macroblock of H.264, as of the others by measurement on the reference machine. */
    private static final double H264_US = 0.7;

    private static final double TONE_MAP_US = 6.5;

    static DecodingCost of(Track track, H264Format format) {
        FrameRate rate = FrameRate.of(track.samples());
        double us = track.entries().get(0) instanceof VideoEntry other ? us(other.codec()) : H264_US;
        boolean mapped = !VideoDecoder.shown(format.colour()).equals(format.colour());
        return of(
                EncoderSettings.macroblocks(format.width(), format.height()),
                us + (mapped ? TONE_MAP_US : 0),
                rate.filmed(),
                rate.perSecond());
    }

    /** @param us a macroblock; of {@code filmed} pictures a second {@code shown} are shown */
    static DecodingCost of(long macroblocks, double us, double filmed, double shown) {
        double more = Math.max(0, us * filmed - H264_US * shown) * macroblocks / 1_000_000;
        return new DecodingCost(more * CodecCapacity.ofProcess().cost().decoding());
    }

    private static double us(SourceCodec codec) {
        return switch (codec) {
            case HEVC, VVC, VP9 -> 1;
            case MJPEG -> 0.8;
            case DNXHD, DV -> 1.4;
            case PRORES -> 1.8;
            case AV1 -> 2;
            case PNG -> 4;
            case FFV1 -> 6.5;
            default -> H264_US;
        };
    }
}
