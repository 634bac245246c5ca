package org.reelcast.live.encode;

import java.util.concurrent.Executor;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.server.ServerContext;
import org.reelcast.stream.Streams;

/**
 * By what streams are encoded.
 *
 * @param streams    where they can be found by their names
 * @param video      encodes their pictures
 * @param sound      how their sound is encoded
 * @param shortTasks makes AAC, gives native memory back
 */
public record EncoderContext(Streams streams, VideoEncoder.Kind video, SoundSettings sound, Executor shortTasks) {

    private static final int BITS = 1000;

    /** By the server's encoder, and its settings. */
    public static EncoderContext of(ServerContext server) {
        Settings settings = server.settings();
        return new EncoderContext(
                server.streams(),
                VideoEncoders.ofProcess(),
                new SoundSettings(
                        settings.get(Keys.OPUS_BITRATE) * BITS,
                        settings.get(Keys.OPUS_COMPLEXITY),
                        settings.get(Keys.AAC_BITRATE) * BITS),
                server.shortTasks());
    }

    /** @param opusBitrate bits a second, as the next @param opusComplexity 0 to 10 @param aacBitrate of stereo */
    public record SoundSettings(int opusBitrate, int opusComplexity, int aacBitrate) {}
}
