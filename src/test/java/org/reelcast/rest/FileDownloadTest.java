package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.rest.Fakes.fake;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way to those who read slowly, and to those who do not read. */
class FileDownloadTest {
    private static final int SIZE = 3 * FileDownload.PIECE + 100;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private final Downloads downloads = new Downloads(3, 2);
    private final Socket socket = new Socket();
    private Path file;
    private FileChannel channel;
    private int completed;

    /** Takes so many pieces, then none until there is room again. */
    private static final class Socket extends ServletOutputStream {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private WriteListener listener;
        private int room;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            this.listener = listener;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            assertTrue(room > 0, "written though it was not ready");
            room--;
            sent.write(bytes, from, length);
        }
    }

    @BeforeEach
    void make() throws IOException {
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("film.mp4"), content);
        channel = FileChannel.open(file);
    }

    private WriteListener download(long first, long last) throws IOException {
        return download(FileDownload.Content.of(channel), first, last);
    }

    private WriteListener download(FileDownload.Content content, long first, long last) throws IOException {
        assertEquals(200, send("192.0.2.1", content, first, last));
        return socket.listener;
    }

    /** @return the answer's status */
    private int send(String address, FileDownload.Content content, long first, long last) throws IOException {
        int[] status = {200};
        AsyncContext context = fake(AsyncContext.class, (method, arguments) -> {
            completed += method.equals("complete") ? 1 : 0;
            return null;
        });
        downloads.send(
                content,
                new ByteRange(first, last),
                fake(
                        HttpServletRequest.class,
                        (method, arguments) -> method.equals("getRemoteAddr")
                                ? address
                                : method.equals("startAsync") ? context : null),
                fake(HttpServletResponse.class, (method, arguments) -> {
                    if (method.equals("sendError")) {
                        status[0] = (int) arguments[0];
                    }
                    return socket;
                }));
        return status[0];
    }

    private void assertOver() {
        assertEquals(1, completed);
        assertFalse(channel.isOpen());
        assertEquals(0, downloads.count());
    }

    @Test
    void rangeIsSentPieceByPiece_asThereIsRoom() throws IOException {
        WriteListener download = download(10, SIZE - 11);
        for (int i = 0; i < 4; i++) {
            assertEquals(0, completed);
            socket.room = 1;
            download.onWritePossible();
        }
        assertEquals(SIZE - 20, socket.sent.size());
        socket.room = 1;
        download.onWritePossible();
        assertArrayEquals(Arrays.copyOfRange(content, 10, SIZE - 10), socket.sent.toByteArray());
        assertOver();
    }

    @Test
    void whoGoesAway_leavesNothingBehind() throws IOException {
        WriteListener download = download(0, SIZE - 1);
        socket.room = 1;
        download.onWritePossible();
        download.onError(new IOException("Connection reset by peer"));
        download.onError(new IOException("twice"));
        assertOver();
    }

    @Test
    void fileThatBecomesShorter_isAnError() throws IOException {
        WriteListener download = download(0, SIZE - 1);
        try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writer.truncate(100);
        }
        socket.room = 10;
        assertThrows(IOException.class, download::onWritePossible);
    }

    @Test
    void whoDoesNotRead_isEnded_andWhoReadsSlowlyIsNot() throws IOException {
        WriteListener download = download(0, SIZE - 1);
        downloads.sweep();
        for (int i = 0; i < 2; i++) {
            socket.room = 1;
            download.onWritePossible();
            downloads.sweep();
            assertEquals(0, completed);
        }
        downloads.sweep();
        assertOver();
    }

    /** Of a link of 64 kbit/s comes more than that. */
    @Test
    void whoReadsAPieceASweep_isEndedAfterAWhile_andWhoReadsThreeIsNot() throws IOException {
        FileDownload.Content endless = FileDownload.Content.of(new byte[100 * FileDownload.PIECE]);
        for (int pieces : new int[] {3, 1}) {
            WriteListener download = download(endless, 0, 100 * FileDownload.PIECE - 1);
            for (int sweep = 1; sweep <= 3 * Downloads.SLOW_SWEEPS; sweep++) {
                socket.room = pieces;
                download.onWritePossible();
                downloads.sweep();
                assertEquals(pieces == 1 && sweep >= Downloads.SLOW_SWEEPS ? 1 : 0, completed, pieces + " at " + sweep);
            }
            download.onError(new IOException("enough"));
            completed = 0;
        }
        assertEquals(0, downloads.count());
    }

    @Test
    void fileInMemory_isSentPieceByPiece() throws IOException {
        WriteListener download = download(FileDownload.Content.of(content), 0, SIZE - 1);
        socket.room = 1;
        download.onWritePossible();
        assertEquals(FileDownload.PIECE, socket.sent.size());
        socket.room = 10;
        download.onWritePossible();
        assertArrayEquals(content, socket.sent.toByteArray());
        assertEquals(1, completed);
    }

    /** Whoever has a network of IPv6 has all addresses of it. */
    @Test
    void placesAreBounded_byAllAndByOneAddress() throws IOException {
        FileDownload.Content memory = FileDownload.Content.of(content);
        assertEquals(200, send("2001:db8::1", memory, 0, 9));
        WriteListener first = socket.listener;
        assertEquals(200, send("2001:db8::2", memory, 0, 9));
        assertEquals(503, send("2001:db8::3", FileDownload.Content.of(channel), 0, 9));
        assertFalse(channel.isOpen());
        assertEquals(200, send("192.0.2.2", memory, 0, 9));
        assertEquals(503, send("192.0.2.3", memory, 0, 9));
        first.onError(new IOException("Connection reset by peer"));
        assertEquals(200, send("192.0.2.3", memory, 0, 9));
    }
}
