package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reelcast.config.SettingsException;

/** Coverage-guided fuzzing of certificates and keys in PEM with {@code mvn test -Pfuzz}. */
class PemFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyFile_isReadOrRefusedInASentence(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("reelcast", ".pem");
        try {
            Files.write(file, bytes);
            read(() -> PemFiles.certificates(file));
            read(() -> PemFiles.privateKey(file));
        } finally {
            Files.delete(file);
        }
    }

    private static void read(Runnable reader) {
        try {
            reader.run();
        } catch (SettingsException e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        }
    }
}
