package org.reelcast.codec;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.lwjgl.Version;
import org.lwjgl.system.Configuration;

/** LWJGL in this process, by which native libraries are called. */
public final class Lwjgl {
    private Lwjgl() {}

    /**
     * Says where its libraries go, before the first of them is used. They lie beside FFmpeg's: LWJGL's own choice is a
     * folder under /tmp with a name that anybody can take first.
     *
     * @return its version
     */
    public static String prepare() throws IOException {
        String version = Version.getVersion();
        Path folder = Loader.getCacheDir().toPath().resolve("lwjgl-" + version.replace(' ', '-'));
        Configuration.SHARED_LIBRARY_EXTRACT_PATH.set(folder.toString());
        return version;
    }
}
