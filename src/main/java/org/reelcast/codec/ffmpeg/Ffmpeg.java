package org.reelcast.codec.ffmpeg;

import java.util.Optional;
import java.util.logging.Logger;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;

/**
 * FFmpeg's libraries in this process: loaded once, at the first use. Everything native that the classes of this package
 * take is given back by their {@code close}; nothing waits for the garbage collector.
 */
public final class Ffmpeg {
    private static final Logger LOG = Logger.getLogger(Ffmpeg.class.getName());
    /** Where packets and frames get their first buffer; grows to the largest packet. */
    static final int FIRST_BUFFER_BYTES = 8 * 1024;

    private Ffmpeg() {}

    private static final class Natives {
        static final String PROBLEM = load();

        private Natives() {}

        private static String load() {
            // JavaCPP would count the process's memory and refuse allocations by it, and free what it made in a thread
            // of its own: nothing here is left to either.
            System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
            System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
            System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
            try {
                String version = avutil.av_version_info().getString();
                swresample.swresample_version();
                FfmpegLog.install();
                for (String name : new String[] {"aac", "h264"}) {
                    if (avcodec.avcodec_find_decoder_by_name(name) == null) {
                        return "This build of FFmpeg " + version + " has no " + name + " decoder";
                    }
                }
                LOG.fine(() -> "FFmpeg " + version + " is loaded");
                return null;
            } catch (LinkageError | RuntimeException e) {
                // a class that could not be initialised says nothing itself, its cause does
                return "FFmpeg's libraries for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + " are missing or do not load ("
                        + (e.getMessage() == null && e.getCause() != null ? e.getCause() : e) + ")";
            }
        }
    }

    /** Why FFmpeg cannot be used on this machine; nothing when it can. Loads it at the first call (about 0.5 s). */
    public static Optional<String> problem() {
        return Optional.ofNullable(Natives.PROBLEM);
    }

    /** Throws a sentence when FFmpeg cannot be used on this machine. */
    static void require() throws FfmpegException {
        if (Natives.PROBLEM != null) {
            throw new FfmpegException(Natives.PROBLEM);
        }
    }

    static AVCodec encoder(String name) throws FfmpegException {
        require();
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
        if (codec == null) {
            throw new FfmpegException("This build of FFmpeg has no " + name + " encoder");
        }
        return codec;
    }

    static AVCodec decoder(String name) throws FfmpegException {
        require();
        AVCodec codec = avcodec.avcodec_find_decoder_by_name(name);
        if (codec == null) {
            throw new FfmpegException("This build of FFmpeg has no " + name + " decoder");
        }
        return codec;
    }
}
