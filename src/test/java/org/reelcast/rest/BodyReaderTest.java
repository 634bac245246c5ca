package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bodies that come in pieces, too long, too late or not at all. */
class BodyReaderTest {
    private static final int MOST = 10_000;

    private final Socket socket = new Socket();
    private byte[] body;
    private int told;
    private int status;
    private final BodyReader reader = reader(-1);

    private BodyReader reader(long expected) {
        return new BodyReader(socket, expected, MOST, new BodyReader.Listener() {
            @Override
            public void onBody(byte[] whole) {
                body = whole;
                told++;
            }

            @Override
            public void onRefused(int why, String sentence) {
                status = why;
                told++;
            }
        });
    }

    /** Has what the test gives it. */
    private static final class Socket extends ServletInputStream {
        private ByteArrayInputStream here = new ByteArrayInputStream(new byte[0]);
        private boolean last;
        private boolean askedTooMuch;

        @Override
        public boolean isFinished() {
            return last && here.available() == 0;
        }

        @Override
        public boolean isReady() {
            askedTooMuch |= here.available() == 0;
            return here.available() > 0;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("the filter does that");
        }

        @Override
        public int read() {
            return here.read();
        }
    }

    private void come(byte[] bytes) throws IOException {
        socket.here = new ByteArrayInputStream(bytes);
        reader.onDataAvailable();
    }

    @Test
    void piecesAreOneBody_whenTheLastHasCome() throws IOException {
        come("{\"uri\":".getBytes(StandardCharsets.UTF_8));
        come("\"vod-live://a.mp4\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(0, told);
        reader.onAllDataRead();
        assertEquals("{\"uri\":\"vod-live://a.mp4\"}", new String(body, StandardCharsets.UTF_8));
        reader.onTimeout(null);
        assertEquals(1, told);
    }

    @Test
    void whereTheLastByteHasCome_nobodyNeedsToSaySo() throws IOException {
        socket.last = true;
        come(new byte[5000]);
        assertEquals(5000, body.length);
        reader.onAllDataRead();
        assertEquals(1, told);
    }

    @Test
    void whereTheLengthIsKnown_noMoreIsAskedFor() throws IOException {
        socket.here = new ByteArrayInputStream(new byte[5000]);
        reader(5000).onDataAvailable();
        assertEquals(5000, body.length);
        assertFalse(socket.askedTooMuch);
    }

    @Test
    void moreThanIsAllowed_isRefusedAtOnce_andNotKept() throws IOException {
        come(new byte[MOST]);
        assertEquals(0, told);
        come(new byte[5 * MOST]);
        assertEquals(413, status);
        come(new byte[MOST]);
        reader.onAllDataRead();
        assertEquals(1, told);
        assertNull(body);
    }

    @Test
    void whatDoesNotComeInTime_isRefused() throws IOException {
        come(new byte[1]);
        reader.onTimeout(null);
        assertEquals(408, status);
        reader.onAllDataRead();
        assertEquals(1, told);
    }

    @Test
    void whoGoesAway_isNotWaitedFor() throws IOException {
        come(new byte[1]);
        reader.onError(new IOException("Connection reset by peer"));
        assertEquals(400, status);
        assertEquals(1, told);
    }

    @Test
    void bodyThatIsWaitedFor_isRead_orRefusedWhenItIsTooLongOrTooLate() throws IOException {
        long later = System.nanoTime() + 60_000_000_000L;
        byte[] body = new byte[10_000];
        body[9_999] = 7;
        assertArrayEquals(body, BodyReader.read(new ByteArrayInputStream(body), 10_000, later));
        assertArrayEquals(new byte[0], BodyReader.read(new ByteArrayInputStream(new byte[0]), 10_000, later));
        assertEquals(
                413,
                assertThrows(
                                BodyReader.RefusedException.class,
                                () -> BodyReader.read(new ByteArrayInputStream(body), 9_999, later))
                        .status());
        assertEquals(
                408,
                assertThrows(
                                BodyReader.RefusedException.class,
                                () -> BodyReader.read(new ByteArrayInputStream(body), 10_000, System.nanoTime() - 1))
                        .status());
    }
}
