package org.reelcast.live.encode;

/**
 * How the pictures of a stream are encoded.
 *
 * @param framesPerSecond what comes as a rule: the bitrate is kept by it
 * @param bitrate         target, bits a second
 * @param keyInterval     pictures from one key frame to the next; 0 for those alone that are asked for
 * @param keysOnRequest   whether those who take the stream may have one made; otherwise its maker says where they are
 * @param unitBytes       as {@link org.reelcast.codec.ffmpeg.EncoderSettings} has it
 */
public record VideoSettings(int framesPerSecond, int bitrate, int keyInterval, boolean keysOnRequest, int unitBytes) {

    /** In High profile, with NAL units of any length. */
    public VideoSettings(int framesPerSecond, int bitrate, int keyInterval, boolean keysOnRequest) {
        this(framesPerSecond, bitrate, keyInterval, keysOnRequest, 0);
    }

    /** The same for another target. */
    VideoSettings withBitrate(int bitsPerSecond) {
        return new VideoSettings(framesPerSecond, bitsPerSecond, keyInterval, keysOnRequest, unitBytes);
    }
}
