package org.reelcast.mp4.write;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Coverage-guided fuzzing of what finishes a recording that was cut off with {@code mvn test -Pfuzz}. */
class FinisherFuzzTest {
    /** Of its index: each sample of an unfinished file takes 12 to 16 bytes there, and so in the finished one. */
    private static final long MOST_TIMES = 8;

    private static final long HEADER = 4_096;

    @FuzzTest(maxDuration = "1m")
    void anyFile_isFinishedWithinBounds_orAnIOException(byte[] bytes) throws IOException {
        Path unfinished = Files.createTempFile("reelcast", ".mp4.tmp");
        Path film = Files.createTempFile("reelcast", ".mp4");
        try {
            Files.write(unfinished, bytes);
            finish(unfinished, film);
            assertTrue(Files.size(film) <= MOST_TIMES * bytes.length + HEADER, () -> bytes.length + " bytes in");
        } finally {
            Files.delete(unfinished);
            Files.delete(film);
        }
    }

    private static void finish(Path unfinished, Path film) {
        try (FileChannel from = FileChannel.open(unfinished);
                FileChannel to = FileChannel.open(film, StandardOpenOption.WRITE)) {
            Optional<Finisher> finisher = Finisher.open(from);
            if (finisher.isPresent()) {
                finisher.get().write(to);
            }
        } catch (IOException refused) {
            assertTrue(refused.getMessage() != null);
        }
    }
}
