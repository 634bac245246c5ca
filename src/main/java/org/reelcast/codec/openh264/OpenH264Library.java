package org.reelcast.codec.openh264;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.lwjgl.system.APIUtil;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.Platform;
import org.lwjgl.system.SharedLibrary;
import org.reelcast.codec.Lwjgl;

/**
 * The machine's own OpenH264, looked for once, at the first use. Its builds have the assembler that the one within
 * FFmpeg lacks. Only versions with a known layout of structures are used: 2.3 to 2.6.
 */
final class OpenH264Library {
    /** Versions as {@code major * 100 + minor}. */
    private static final int OLDEST = 203;

    private static final int NEWEST = 206;
    /** From this version on a layer tells its PSNR. */
    private static final int WITH_PSNR = 206;

    private static final int LAYER_BYTES = 40;
    private static final int LAYER_BYTES_WITH_PSNR = 56;

    private final SharedLibrary library;
    private final int major;
    private final int minor;
    private final int revision;

    private OpenH264Library(SharedLibrary library) throws IOException {
        this.library = library;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            // OpenH264Version: major, minor, revision, reserved
            ByteBuffer version = stack.calloc(Integer.BYTES * 4);
            JNI.invokePV(MemoryUtil.memAddress(version), function("WelsGetCodecVersionEx"));
            major = version.getInt(0);
            minor = version.getInt(Integer.BYTES);
            revision = version.getInt(2 * Integer.BYTES);
        }
        int layout = major * 100 + minor;
        if (layout < OLDEST || layout > NEWEST) {
            throw new IOException("The machine's " + this + " is none of 2.3 to 2.6, whose interfaces are known");
        }
    }

    private static final class Natives {
        static final OpenH264Library LIBRARY;
        static final String PROBLEM;

        static {
            OpenH264Library found = null;
            String problem = null;
            try {
                Lwjgl.prepare();
                found = load();
            } catch (IOException | LinkageError | RuntimeException e) {
                problem = e.getMessage();
            }
            LIBRARY = found;
            PROBLEM = problem;
        }

        private Natives() {}

        private static OpenH264Library load() throws IOException {
            String[] names = Platform.get() == Platform.MACOSX
                    ? new String[] {"libopenh264.8.dylib"}
                    : Platform.get() == Platform.LINUX
                            ? new String[] {"libopenh264.so.8", "libopenh264.so.7"}
                            : new String[0];
            for (String name : names) {
                SharedLibrary library;
                try {
                    library = APIUtil.apiCreateLibrary(name);
                } catch (UnsatisfiedLinkError absent) {
                    continue;
                }
                return new OpenH264Library(library);
            }
            throw new IOException("There is no libopenh264 on this machine");
        }
    }

    /** @throws IOException with a sentence when there is none that can be used */
    static OpenH264Library require() throws IOException {
        if (Natives.LIBRARY == null) {
            throw new IOException(Natives.PROBLEM);
        }
        return Natives.LIBRARY;
    }

    long function(String name) throws IOException {
        long address = library.getFunctionAddress(name);
        if (address == MemoryUtil.NULL) {
            throw new IOException("The machine's libopenh264 has no " + name);
        }
        return address;
    }

    /** Bytes of an {@code SLayerBSInfo}. */
    int layerBytes() {
        return major * 100 + minor >= WITH_PSNR ? LAYER_BYTES_WITH_PSNR : LAYER_BYTES;
    }

    @Override
    public String toString() {
        return "OpenH264 " + major + "." + minor + "." + revision;
    }
}
