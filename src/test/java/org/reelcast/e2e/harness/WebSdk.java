package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Flashphoner's own browser SDK with its example pages, unmodified. It is not ours to keep: npm fetches it into
 * {@code target} and checks it against the registry's checksum.
 */
public final class WebSdk {
    public static final String PLAYER = "/examples/demo/streaming/player/player.html";
    public static final String RECORDER = "/examples/demo/streaming/stream_recording/recording.html";
    public static final String SNAPSHOT = "/examples/demo/streaming/stream-snapshot/stream-snapshot.html";
    private static final String VERSION = "2.0.276";

    private WebSdk() {
    }

    /** @return the package's root, for the setting {@code client2_dir} */
    public static Path folder() {
        Path folder = Tools.target().resolve("websdk-" + VERSION);
        if (!Files.exists(folder)) {
            fetch(folder);
        }
        return folder;
    }

    private static void fetch(Path folder) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(folder.getParent()), "websdk");
            Tools.run(work, List.of(Tools.find("npm").toString(), "pack", "--silent",
                    "@flashphoner/websdk@" + VERSION));
            Tools.run(work, List.of(Tools.find("tar").toString(), "-xzf", "flashphoner-websdk-" + VERSION + ".tgz"));
            Files.move(work.resolve("package"), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
