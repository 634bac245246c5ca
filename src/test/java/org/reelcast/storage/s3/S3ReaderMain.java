package org.reelcast.storage.s3;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.reelcast.config.Settings;
import org.reelcast.storage.RemoteSource;

/** Reads objects in a virtual machine of its own, so that its environment and its hosts are the test's to choose. */
final class S3ReaderMain {

    private S3ReaderMain() {}

    /** Each argument is {@code name|key=value|...}; for each a line with the sum of its bytes, or why not. */
    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            String[] parts = arguments[i].split("\\|");
            Map<String, String> settings = new HashMap<>(
                    Map.of("cache_dir", Path.of(arguments[0], "" + i).toString()));
            for (int k = 1; k < parts.length; k++) {
                int equals = parts[k].indexOf('=');
                settings.put(parts[k].substring(0, equals), parts[k].substring(equals + 1));
            }
            try (S3Files files = new S3Files(Settings.of(settings));
                    RemoteSource source = files.open(parts[0], "")) {
                System.out.println("read " + Arrays.hashCode(S3TestFiles.readAll(source)));
            } catch (java.io.IOException e) {
                System.out.println("failed " + e.getMessage());
            }
        }
    }
}
