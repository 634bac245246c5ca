package org.reelcast.media;

import java.util.Optional;

/**
 * H.264 pictures.
 *
 * @param width          in pixels, before rotation
 * @param height         likewise
 * @param rotation       degrees clockwise to turn the picture for display: 0, 90, 180 or 270
 * @param mirrored       whether left and right of the picture change places before it is turned
 * @param aperture       the part of the picture that is to be shown; empty for all of it
 * @param profileLevelId profile_idc, constraint flags and level_idc, a byte each (RFC 6184 section 8.1); 0 when
 *                       unknown
 * @param config         an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1): parameter sets and the
 *                       size of the lengths before NAL units; {@link DecoderConfig#NONE} when each key frame brings
 *                       its sets
 * @param setsInFrames   whether frames may bring parameter sets: {@code avc3} (ISO/IEC 14496-15 section 5.4.2.1)
 * @param colour         what the samples' values mean
 * @param pixelAspect    width of a pixel to its height (sample_aspect_ratio, ITU-T H.264 section E.2.1)
 * @param frameRate      pictures a second on average; 0 when unknown
 * @param timescale      units a second in which the track's times are whole numbers
 * @param language       as ISO 639-2/T spells it
 */
public record H264Format(
        int width,
        int height,
        int rotation,
        boolean mirrored,
        Optional<CleanAperture> aperture,
        int profileLevelId,
        DecoderConfig config,
        boolean setsInFrames,
        Colour colour,
        AspectRatio pixelAspect,
        double frameRate,
        int timescale,
        String language)
        implements Format {

    @Override
    public Codec codec() {
        return Codec.H264;
    }

    /** The same of pictures of another size. */
    public H264Format withSize(int otherWidth, int otherHeight) {
        return new H264Format(
                otherWidth,
                otherHeight,
                rotation,
                mirrored,
                aperture,
                profileLevelId,
                config,
                setsInFrames,
                colour,
                pixelAspect,
                frameRate,
                timescale,
                language);
    }

    /** The same with parameter sets outside the frames, or also outside. */
    public H264Format withConfig(DecoderConfig other, boolean inFramesToo) {
        return new H264Format(
                width,
                height,
                rotation,
                mirrored,
                aperture,
                profileLevelId,
                other,
                inFramesToo,
                colour,
                pixelAspect,
                frameRate,
                timescale,
                language);
    }

    /** The same with what decides how the decoded picture is shown. */
    public H264Format withDisplay(Colour meant, AspectRatio aspect, double picturesPerSecond) {
        return new H264Format(
                width,
                height,
                rotation,
                mirrored,
                aperture,
                profileLevelId,
                config,
                setsInFrames,
                meant,
                aspect,
                picturesPerSecond,
                timescale,
                language);
    }

    /** The same of which another part, or the mirrored picture, is shown. */
    public H264Format withView(boolean isMirrored, Optional<CleanAperture> shown) {
        return new H264Format(
                width,
                height,
                rotation,
                isMirrored,
                shown,
                profileLevelId,
                config,
                setsInFrames,
                colour,
                pixelAspect,
                frameRate,
                timescale,
                language);
    }

    /** The same as a track of a file describes it. */
    public H264Format withTrack(int unitsPerSecond, String spoken) {
        return new H264Format(
                width,
                height,
                rotation,
                mirrored,
                aperture,
                profileLevelId,
                config,
                setsInFrames,
                colour,
                pixelAspect,
                frameRate,
                unitsPerSecond,
                spoken);
    }
}
