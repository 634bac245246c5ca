package org.reelcast.media;

/**
 * What the frames of a track look like from here on; frames that look alike share one instance.
 *
 * @param codec          the payload
 * @param width          in pixels, 0 for audio
 * @param height         in pixels, 0 for audio
 * @param rotation       degrees clockwise to turn the picture for display: 0, 90, 180 or 270
 * @param profileLevelId H.264's profile_idc, constraint flags and level_idc, a byte each (RFC 6184 section 8.1);
 *                       0 when unknown and for audio
 * @param channels       audio channels, 0 for video
 */
public record Format(Codec codec, int width, int height, int rotation, int profileLevelId, int channels) {

    /** A picture whose profile is not known. */
    public static Format video(Codec codec, int width, int height, int rotation) {
        return video(codec, width, height, rotation, 0);
    }

    /** A picture; the parameters are those of the record. */
    public static Format video(Codec codec, int width, int height, int rotation, int profileLevelId) {
        return new Format(codec, width, height, rotation, profileLevelId, 0);
    }

    /** Sound. */
    public static Format audio(Codec codec, int channels) {
        return new Format(codec, 0, 0, 0, 0, channels);
    }
}
