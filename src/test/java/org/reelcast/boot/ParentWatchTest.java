package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParentWatchTest {

    @Test
    void acts_whenTheProcessHasEndedAndNotBefore() throws IOException, InterruptedException {
        CountDownLatch acted = new CountDownLatch(1);
        // a Java that waits for its input
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jshell")
                        .toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ParentWatch.whenEnded(process.toHandle(), acted::countDown);
            assertEquals(1, acted.getCount());
        } finally {
            process.destroyForcibly();
        }
        assertTrue(acted.await(30, TimeUnit.SECONDS));
    }
}
