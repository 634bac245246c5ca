package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg refused something; the message is a sentence fit for the log. */
public final class FfmpegException extends IOException {

    public FfmpegException(String message) {
        super(message);
    }

    /** {@code what} did not work, and FFmpeg's own words for {@code code}. */
    static FfmpegException of(String what, int code) {
        return new FfmpegException(what + ": " + text(code));
    }

    /** Throws when {@code code} is an error, else gives it back. */
    static int check(String what, int code) throws FfmpegException {
        if (code < 0) {
            throw of(what, code);
        }
        return code;
    }

    /** FFmpeg's words for an error code. */
    public static String text(int code) {
        byte[] text = new byte[128];
        if (avutil.av_strerror(code, text, text.length) < 0) {
            return "error " + code;
        }
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}
