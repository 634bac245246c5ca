package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

class FileLayoutTest {

    /** Boxes as name:size, in order. */
    @ParameterizedTest
    @CsvSource({
        "ftyp:32 moov:500 free:8 mdat:1000, false, 44",
        "ftyp:32 free:8 mdat:100000 moov:500, true, 56",
        "ftyp:32 mdat:1000, true, 48",
        "ftyp:32 free:100, false, 140",
        "ftyp:3 moov:500, false, 16",
        "'', false, 0"
    })
    void indexBehindDataIsToldFromTheFirstBoxes(String boxes, boolean behind, int readAtMost) throws IOException {
        Bytes file = new Bytes(boxes);
        assertEquals(behind, FileLayout.isIndexBehindData(file));
        // the scan reads a little ahead of the head that it looks at
        assertEquals(true, file.readTo <= readAtMost + 64, "read up to " + file.readTo);
    }

    private static final class Bytes implements ByteSource {
        private final byte[] bytes;
        private long readTo;

        Bytes(String boxes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (String box : boxes.isEmpty() ? new String[0] : boxes.split(" ")) {
                int size = Integer.parseInt(box.substring(5));
                out.write(ByteBuffer.allocate(8)
                        .putInt(size)
                        .put(box.substring(0, 4).getBytes(StandardCharsets.US_ASCII))
                        .array());
                out.write(new byte[Math.max(0, size - 8)]);
            }
            bytes = out.toByteArray();
        }

        @Override
        public SourceId id() {
            return new SourceId("bytes", bytes.length, "1");
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            if (position >= bytes.length) {
                return -1;
            }
            int n = (int) Math.min(length, bytes.length - position);
            System.arraycopy(bytes, (int) position, target, offset, n);
            readTo = Math.max(readTo, position + n);
            return n;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
