package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.storage.s3.S3TestFiles.film;
import static org.reelcast.storage.s3.S3TestFiles.settings;
import static org.reelcast.storage.s3.server.OddStore.write;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.server.OddStore;

/** Stores that answer otherwise than they were asked: read all the same, or refused with a reason. */
@Timeout(60)
class S3OddStoresTest extends S3Faults {
    @ParameterizedTest
    @EnumSource(S3Mode.class)
    void storeThatIgnoresRanges_isReadFromStartToEnd(S3Mode mode) throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    write(
                            out,
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"" + ETAG + "\"\r\nContent-Length: "
                                    + FILM.length + "\r\n\r\n");
                    // and it breaks off the first time
                    out.write(FILM, 0, request.number() == 2 ? 400_000 : FILM.length);
                });
                S3Files files = files(settings(mode));
                RemoteSource source = files.open(film(store.port()), "")) {
            byte[] part = new byte[1000];
            source.readFully(999_000, part, 0, 1000);
            assertArrayEquals(Arrays.copyOfRange(FILM, 999_000, 1_000_000), part);
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
            assertEquals(3, store.requests().size());
        }
    }

    @Test
    void storeThatIgnoresRangesAndAFilmTooLargeToKeep_isRefused() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nETag: \"" + ETAG + "\"\r\nContent-Length: 2000000\r\n\r\n");
                    out.write(FILM);
                    out.write(FILM);
                });
                S3Files files = files("cache_max_mb", "1")) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(film(store.port()), ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("cache_max_mb"), refused.getMessage());
        }
    }

    @Test
    void contentLengthTooLarge_isResumed() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
            int to = Math.min(request.to(), FILM.length);
            write(out, OddStore.head(request, FILM.length, ETAG, to - request.from()));
            // less than it says
            out.write(FILM, request.from(), Math.max(1, (to - request.from()) / 2));
        })) {
            assertReadInParts(store);
        }
    }

    @Test
    void contentLengthTooSmall_isResumed() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
            int to = Math.min(request.to(), FILM.length);
            write(out, OddStore.head(request, FILM.length, ETAG, Math.max(1, (to - request.from()) / 2)));
            out.write(FILM, request.from(), to - request.from());
        })) {
            assertReadInParts(store);
        }
    }

    private void assertReadInParts(OddStore store) throws IOException {
        try (S3Files files = files("s3_retries", "20");
                RemoteSource source = files.open(film(store.port()), "")) {
            byte[] part = new byte[200_000];
            assertEquals(part.length, source.readFully(0, part, 0, part.length));
            assertArrayEquals(Arrays.copyOf(FILM, part.length), part);
        }
    }

    @Test
    void moreThanWasAskedFor_isLeftAside() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    write(
                            out,
                            "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nETag: \"" + ETAG
                                    + "\"\r\nContent-Range: "
                                    + "bytes " + request.from() + "-999999/1000000\r\nContent-Length: "
                                    + (FILM.length - request.from()) + "\r\n\r\n");
                    out.write(FILM, request.from(), FILM.length - request.from());
                });
                S3Files files = files();
                RemoteSource source = files.open(film(store.port()), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
    }

    @Test
    void anotherRangeThanAskedFor_isNotTakenForIt() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    if (request.number() == 1) {
                        OddStore.serve(request, out, FILM, ETAG);
                        return;
                    }
                    write(
                            out,
                            "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nETag: \"" + ETAG
                                    + "\"\r\nContent-Range: "
                                    + "bytes 500000-999999/1000000\r\nContent-Length: 500000\r\n\r\n");
                    out.write(FILM, 500_000, 500_000);
                });
                S3Files files = files("s3_retries", "1");
                RemoteSource source = files.open(film(store.port()), "")) {
            IOException wrong = assertThrows(IOException.class, () -> source.read(0, new byte[10], 0, 10));
            assertTrue(wrong.getMessage().contains("another range"), wrong.getMessage());
        }
    }

    @Test
    void storeThatIgnoresIfMatch_aChangeIsNoticedByETag() throws IOException {
        try (OddStore store = new OddStore(
                        (request, out) -> OddStore.serve(request, out, FILM, request.number() < 3 ? ETAG : "another"));
                S3Files files = files();
                RemoteSource source = files.open(film(store.port()), "")) {
            source.read(0, new byte[10], 0, 10);
            IOException changed = assertThrows(IOException.class, () -> source.read(800_000, new byte[10], 0, 10));
            assertTrue(changed.getMessage().contains("changed in the store"), changed.getMessage());
            assertEquals("\"" + ETAG + "\"", store.requests().get(1).headers().get("if-match"));
        }
    }
}
