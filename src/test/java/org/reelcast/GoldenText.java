package org.reelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A text that is kept under {@code src/test/resources}, in the folder of its test's package: what comes out is compared
 * with it. Run with {@code -Dreelcast.update=true} to write it anew, and look at what changed.
 */
public final class GoldenText {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private GoldenText() {}

    /** @param name of the file; may have folders */
    public static void assertKept(Class<?> test, String name, String text) throws IOException {
        Path kept = RESOURCES.resolve(test.getPackageName().replace('.', '/')).resolve(name);
        if (Boolean.getBoolean("reelcast.update")) {
            Files.createDirectories(kept.getParent());
            Files.writeString(kept, text);
        }
        assertEquals(Files.readString(kept).replace("\r\n", "\n"), text, kept + " (see GoldenText)");
    }

    /** A checksum of these bytes, eight hexadecimal digits. */
    public static String crc(byte[] bytes, int off, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, off, length);
        return String.format("%08x", crc.getValue());
    }
}
