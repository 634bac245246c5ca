package org.reelcast.storage.s3;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests of bad links and stores have in common. */
abstract class S3Faults {
    static final byte[] FILM = S3TestFiles.bytes(1_000_000, 3);
    static final String ETAG = "0123456789abcdef";

    @TempDir
    Path folder;

    /** The first request of a process takes its time, which the tight limits below do not give it. */
    @BeforeAll
    static void warmUp(@TempDir Path cache) throws IOException {
        try (S3Files files = S3TestFiles.open(cache)) {
            files.warmUp();
        }
    }

    /** Quick to give up, with a cache of its own. */
    S3Files files(String... more) throws IOException {
        return S3TestFiles.open(folder.resolve("cache"), more);
    }
}
