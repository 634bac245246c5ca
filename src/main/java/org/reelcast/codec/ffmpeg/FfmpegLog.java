package org.reelcast.codec.ffmpeg;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * FFmpeg's own log at level FINE of logger {@code org.reelcast.codec.ffmpeg.FfmpegLog}. When that level is off at the
 * start, FFmpeg is told to be quiet and formats nothing.
 */
final class FfmpegLog extends LogCallback {
    private static final Logger LOG = Logger.getLogger(FfmpegLog.class.getName());
    /** Native code holds on to it for good. */
    private static FfmpegLog installed;

    static synchronized void install() {
        if (!LOG.isLoggable(Level.FINE)) {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        } else if (installed == null) {
            avutil.av_log_set_level(avutil.AV_LOG_WARNING);
            installed = new FfmpegLog();
            avutil.setLogCallback(installed);
        }
    }

    @Override
    public void call(int level, BytePointer text) {
        String line = text.getString().strip();
        if (!line.isEmpty()) {
            LOG.fine(line);
        }
    }
}
