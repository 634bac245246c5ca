package org.reelcast.mp4;

import java.io.IOException;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.storage.ByteSource;

/** Reads the entries of one table in the header one after the other, holding only a piece of it. For one thread. */
final class TableReader {
    /** Pieces are larger when each costs a read of the file. */
    private static final int PIECE_HELD = 16 * 1024;
    private static final int PIECE = 256 * 1024;

    private final ByteSource source;
    private final byte[] buffer;
    private long position;
    private final long end;
    private int at;
    private int filled;

    /** @param end behind the table, within the file */
    TableReader(ByteSource source, long position, long end) {
        this.source = source;
        this.position = position;
        this.end = end;
        long piece = source instanceof HeldRange ? PIECE_HELD : PIECE;
        buffer = new byte[(int) Math.min(piece, end - position)];
    }

    int u8() throws IOException {
        need(1);
        return buffer[at++] & 0xff;
    }

    int u16() throws IOException {
        need(2);
        at += 2;
        return BigEndian.u16(buffer, at - 2);
    }

    int i32() throws IOException {
        need(4);
        at += 4;
        return BigEndian.i32(buffer, at - 4);
    }

    long u32() throws IOException {
        return i32() & 0xffff_ffffL;
    }

    long i64() throws IOException {
        return u32() << 32 | u32();
    }

    private void need(int count) throws IOException {
        if (at + count <= filled) {
            return;
        }
        int rest = filled - at;
        System.arraycopy(buffer, at, buffer, 0, rest);
        int wanted = (int) Math.min(buffer.length - rest, end - position);
        int got = source.readFully(position, buffer, rest, wanted);
        if (got < wanted) {
            throw new IOException(source.id().location() + " became shorter while it was read");
        }
        position += got;
        at = 0;
        filled = rest + got;
        if (filled < count) {
            throw Mp4Exception.broken("A table in the header is too short");
        }
    }
}
