package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A package of npm that tests use as it is. It is not ours to keep: npm fetches it into {@code target} and checks it
 * against the registry's checksum.
 */
final class NpmPackage {
    private NpmPackage() {}

    /**
     * The package's root.
     *
     * @param name as npm has it, with its scope
     */
    static Path folder(String name, String version) {
        String plain = name.replace("@", "").replace('/', '-') + "-" + version;
        Path folder = Tools.target().resolve("npm").resolve(plain);
        if (!Files.exists(folder)) {
            fetch(folder, name + "@" + version, plain + ".tgz");
        }
        return folder;
    }

    private static void fetch(Path folder, String what, String archive) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(folder.getParent()), "fetch");
            Tools.run(work, List.of(Tools.find("npm").toString(), "pack", "--silent", what));
            Tools.run(work, List.of(Tools.find("tar").toString(), "-xzf", archive));
            Tools.moveWhole(work.resolve("package"), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
