package org.reelcast.codec.openh264;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.VideoEncoder;

/** The machine's own OpenH264 as a kind of encoder. */
public final class SystemOpenH264 implements VideoEncoder.Kind {
    @Override
    public String id() {
        return "libopenh264";
    }

    @Override
    public String description() {
        try {
            return "the machine's " + OpenH264Library.require();
        } catch (IOException e) {
            return "the machine's OpenH264";
        }
    }

    @Override
    public VideoEncoder open(EncoderSettings settings) throws IOException {
        return OpenH264Encoder.open(OpenH264Library.require(), settings);
    }
}
