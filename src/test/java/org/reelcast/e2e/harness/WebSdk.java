package org.reelcast.e2e.harness;

import java.nio.file.Path;

/**
 * Flashphoner's own browser SDK with its example pages, unmodified.
 */
public final class WebSdk {
    public static final String PLAYER = "/examples/demo/streaming/player/player.html";
    public static final String RECORDER = "/examples/demo/streaming/stream_recording/recording.html";
    public static final String SNAPSHOT = "/examples/demo/streaming/stream-snapshot/stream-snapshot.html";
    private static final String VERSION = "2.0.276";

    private WebSdk() {}

    /** @return the package's root, for the setting {@code client2_dir} */
    public static Path folder() {
        return NpmPackage.folder("@flashphoner/websdk", VERSION);
    }
}
