package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
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
        private int room;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new AssertionError("the servlet does that");
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

    private FileDownload download(long first, long last) {
        AsyncContext context = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, arguments) -> {
                    assertEquals("complete", method.getName());
                    completed++;
                    return null;
                });
        assertTrue(downloads.enter("192.0.2.1"));
        FileDownload download = new FileDownload(context, socket, channel, new ByteRange(first, last), ended -> {
            downloads.remove(ended);
            downloads.leave("192.0.2.1");
        });
        downloads.add(download, Optional.empty());
        return download;
    }

    private void assertOver() {
        assertEquals(1, completed);
        assertFalse(channel.isOpen());
        assertEquals(0, downloads.count());
    }

    @Test
    void rangeIsSentPieceByPiece_asThereIsRoom() throws IOException {
        FileDownload download = download(10, SIZE - 11);
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
        FileDownload download = download(0, SIZE - 1);
        socket.room = 1;
        download.onWritePossible();
        download.onError(new IOException("Connection reset by peer"));
        download.onError(new IOException("twice"));
        assertOver();
    }

    @Test
    void fileThatBecomesShorter_isAnError() throws IOException {
        FileDownload download = download(0, SIZE - 1);
        try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writer.truncate(100);
        }
        socket.room = 10;
        assertThrows(IOException.class, download::onWritePossible);
    }

    @Test
    void whoDoesNotRead_isEnded_andWhoReadsSlowlyIsNot() throws IOException {
        FileDownload download = download(0, SIZE - 1);
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

    @Test
    void placesAreBounded_byAllAndByOneAddress() {
        assertTrue(downloads.enter("192.0.2.1"));
        assertTrue(downloads.enter("192.0.2.1"));
        assertFalse(downloads.enter("192.0.2.1"));
        assertTrue(downloads.enter("192.0.2.2"));
        assertFalse(downloads.enter("192.0.2.3"));
        downloads.leave("192.0.2.1");
        assertTrue(downloads.enter("192.0.2.3"));
    }
}
