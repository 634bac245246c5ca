package org.reelcast.media;

import java.util.Optional;

/**
 * What the frames of a track look like from here on; frames that look alike share one instance. With its decoder
 * configuration it says all that a container's sample entry, a playlist or a decoder needs to know before the first
 * frame.
 */
public sealed interface Format permits H264Format, AacFormat, OpusFormat {
    /** The language of what has none or does not say (ISO 639-2). */
    String UNDETERMINED = "und";

    /** A picture whose profile is not known. */
    static H264Format video(Codec codec, int width, int height, int rotation) {
        return video(codec, width, height, rotation, 0);
    }

    /** A picture whose key frames bring their parameter sets; the parameters are those of {@link H264Format}. */
    static H264Format video(Codec codec, int width, int height, int rotation, int profileLevelId) {
        if (codec != Codec.H264) {
            throw new IllegalArgumentException("No picture is coded as " + codec);
        }
        return new H264Format(
                width,
                height,
                rotation,
                false,
                Optional.empty(),
                profileLevelId,
                DecoderConfig.NONE,
                true,
                Colour.UNSPECIFIED,
                AspectRatio.SQUARE,
                0,
                codec.clockRate(),
                UNDETERMINED);
    }

    /** Sound that a decoder takes without configuration: Opus. */
    static OpusFormat audio(Codec codec, int channels) {
        if (codec != Codec.OPUS) {
            throw new IllegalArgumentException(codec + " is no sound that plays without configuration");
        }
        return new OpusFormat(channels, 0, UNDETERMINED);
    }

    /** The payload. */
    Codec codec();

    default MediaKind kind() {
        return codec().kind();
    }

    default boolean isVideo() {
        return codec().isVideo();
    }

    /** How a decoder is set up before the first frame. */
    DecoderConfig config();

    /** Units a second in which the track's own times are whole numbers. */
    int timescale();

    /** As ISO 639-2/T spells it, {@link #UNDETERMINED} when the track does not say. */
    String language();

    /** The picture's width in pixels; 0 for audio. */
    default int width() {
        return 0;
    }

    /** The picture's height in pixels; 0 for audio. */
    default int height() {
        return 0;
    }

    /** Degrees clockwise to turn the picture for display: 0, 90, 180 or 270. */
    default int rotation() {
        return 0;
    }

    /** See {@link H264Format#profileLevelId()}; 0 for audio. */
    default int profileLevelId() {
        return 0;
    }

    /** Audio channels; 0 for video. */
    default int channels() {
        return 0;
    }
}
