package org.reelcast.process.transcoder;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * What the pictures of a transcoded stream are to be like, by the names of WCS's {@code encoder}; 0 where the source or
 * the server decides.
 *
 * @param keyFrameInterval pictures
 * @param fps              at most so many pictures a second
 * @param bitrate          kbit/s
 * @param type             WCS's name of an encoder; the server's own choice stays
 * @param watermark        file name of a PNG image
 */
record RequestedEncoding(
        int width, int height, int keyFrameInterval, int fps, int bitrate, String type, Optional<String> watermark) {
    static final RequestedEncoding NONE = new RequestedEncoding(0, 0, 0, 0, 0, "", Optional.empty());

    private static final int LEAST_SIDE = 16;
    private static final int MOST_SIDE = 4096;
    private static final int MOST_KEY_INTERVAL = 1000;
    private static final int MOST_FPS = 120;
    private static final int LEAST_BITRATE = 10;
    private static final int MOST_BITRATE = 100_000;
    private static final Set<String> TYPES = Set.of("", "OPENH264", "FF", "AUTO");
    /** Two seconds of most films, and as much as is kept for those who join. */
    private static final int USUAL_KEY_INTERVAL = 60;
    /** Bits for a pixel that moving pictures need to look well. */
    private static final double USUAL_BITS = 0.1;

    static final int USUAL_FPS = 30;
    private static final int KILO = 1000;

    /** @throws Refusal with the reason when no encoder can do that */
    RequestedEncoding checked() throws Refusal {
        side("width", width);
        side("height", height);
        if (width > 0 && height > 0 && !EncoderSettings.takes(width, height)) {
            throw wrong("pictures of " + width + "x" + height + " are too large: 4096x2304 is the most");
        }
        range("keyFrameInterval", keyFrameInterval, 1, MOST_KEY_INTERVAL, "pictures");
        range("fps", fps, 1, MOST_FPS, "pictures a second");
        range("bitrate", bitrate, LEAST_BITRATE, MOST_BITRATE, "kbit/s");
        if (!TYPES.contains(type.toUpperCase(Locale.ROOT))) {
            throw wrong("type is OPENH264, FF or auto, not '" + type + "'; the server's setting decides which encoder "
                    + "is used");
        }
        return this;
    }

    private static void side(String name, int pixels) throws Refusal {
        range(name, pixels, LEAST_SIDE, MOST_SIDE, "pixels");
        if (pixels % 2 != 0) {
            throw wrong(name + " is even, not " + pixels);
        }
    }

    private static void range(String name, int value, int least, int most, String unit) throws Refusal {
        if (value != 0 && (value < least || value > most)) {
            throw wrong(name + " is between " + least + " and " + most + " " + unit + ", not " + value);
        }
    }

    static Refusal wrong(String sentence) {
        return new Refusal(StatusText.WRONG_ENCODER_PARAMETERS, sentence);
    }

    /** Pictures from one key frame to the next. */
    int keyInterval() {
        return keyFrameInterval > 0 ? keyFrameInterval : USUAL_KEY_INTERVAL;
    }

    /** Pictures a second that come as a rule. @param sourceRate of the source; 0 = unknown */
    int framesPerSecond(double sourceRate) {
        int source = sourceRate > 0 ? (int) Math.max(1, Math.min(MOST_FPS, Math.round(sourceRate))) : USUAL_FPS;
        return fps > 0 ? Math.min(fps, source) : source;
    }

    /** Bits a second for pictures of that size. */
    int bitsPerSecond(int shownWidth, int shownHeight, int framesPerSecond) {
        double kilobits = bitrate > 0
                ? bitrate
                : Math.max(
                        LEAST_BITRATE,
                        Math.min(
                                MOST_BITRATE, (double) shownWidth * shownHeight * framesPerSecond * USUAL_BITS / KILO));
        return (int) (kilobits * KILO);
    }

    RequestedEncoding withWatermark(Optional<String> other) {
        return new RequestedEncoding(width, height, keyFrameInterval, fps, bitrate, type, other);
    }
}
