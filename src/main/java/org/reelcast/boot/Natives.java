package org.reelcast.boot;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where FFmpeg's libraries are unpacked to: in the user's home folder, as JavaCPP does it, when there is one. */
final class Natives {
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    private Natives() {}

    /** A service's user often has no home, or none that may be written to: then it is {@code cache/native}. */
    static void chooseFolder(Path cache) {
        Path home = Path.of(System.getProperty("user.home", ""));
        boolean usable = home.isAbsolute() && Files.isDirectory(home) && Files.isWritable(home);
        if (System.getProperty(FOLDER) == null && !usable) {
            System.setProperty(FOLDER, cache.resolve("native").toString());
        }
    }
}
