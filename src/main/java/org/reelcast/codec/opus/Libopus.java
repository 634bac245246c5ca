package org.reelcast.codec.opus;

import java.io.IOException;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.logging.Logger;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus;
import org.reelcast.codec.Lwjgl;

/**
 * libopus in this process: loaded once, at the first use. It is LWJGL's build: the one in JavaCPP's FFmpeg is compiled
 * without the instructions that make it fast and takes three to four times as long.
 */
public final class Libopus {
    private static final Logger LOG = Logger.getLogger(Libopus.class.getName());
    /** Samples a second of all sound here. */
    static final int RATE = 48_000;

    private Libopus() {}

    private static final class Natives {
        static final String PROBLEM = load();

        private Natives() {}

        private static String load() {
            try {
                String version = Lwjgl.prepare();
                Opus.opus_get_version_string();
                LOG.fine(() -> "libopus of LWJGL " + version + " is loaded");
                return null;
            } catch (IOException | LinkageError | RuntimeException e) {
                return "libopus for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + " is missing or does not load (" + e.getMessage() + ")";
            }
        }
    }

    /** Why Opus cannot be encoded on this machine; nothing when it can. Loads the library at the first call. */
    public static Optional<String> problem() {
        return Optional.ofNullable(Natives.PROBLEM);
    }

    /**
     * Makes an encoder or a decoder.
     *
     * @param kind   for the sentence when it does not work
     * @param create given where libopus puts its error code
     * @return libopus' handle
     */
    static long start(String kind, ToLongFunction<IntBuffer> create) throws IOException {
        if (Natives.PROBLEM != null) {
            throw new IOException(Natives.PROBLEM);
        }
        IntBuffer error = MemoryUtil.memAllocInt(1);
        try {
            long state = create.applyAsLong(error);
            check("The Opus " + kind + " does not start", error.get(0));
            return state;
        } finally {
            MemoryUtil.memFree(error);
        }
    }

    /** Throws when {@code code} is an error (OPUS_OK is 0, errors are below), else gives it back. */
    static int check(String what, int code) throws IOException {
        if (code < 0) {
            throw new IOException(what + ": " + Opus.opus_strerror(code));
        }
        return code;
    }
}
