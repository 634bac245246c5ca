package org.reelcast.mp4.box;

import java.io.IOException;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.storage.ByteSource;

/** Reads the entries of one table one after the other, holding only a piece of it. For one thread. */
public final class TableReader {
    /** Pieces are larger when each costs a read of the file. */
    private static final int PIECE_HELD = 16 * 1024;

    private static final int PIECE = 256 * 1024;

    private final ByteSource source;
    private final byte[] buffer;
    private long position;
    private final long end;
    private int at;
    private int filled;
    private long entriesLeft;

    /** @param end behind the table, within the file */
    public TableReader(ByteSource source, long position, long end) {
        this.source = source;
        this.position = position;
        this.end = end;
        long piece = source instanceof HeldRange ? PIECE_HELD : PIECE;
        buffer = new byte[(int) Math.min(piece, end - position)];
    }

    /**
     * The reader of a full box that is a count and so many entries, like most in {@code stbl}.
     *
     * @param box    null for no entries
     * @param length bytes of one entry
     * @throws Refusal when the box has no room for so many
     */
    public static TableReader of(Window window, Box box, int length) throws IOException {
        if (box == null) {
            return new TableReader(window.source(), 0, 0);
        }
        long entries = entries(window, box, length);
        TableReader reader = new TableReader(window.source(), box.payload() + 8, box.end());
        reader.entriesLeft = entries;
        return reader;
    }

    /** The number of entries alone; see {@link #of}. */
    public static long entries(Window window, Box box, int length) throws IOException {
        if (box.length() < 8) {
            throw Refusals.broken("Table '" + box.name() + "' is cut off");
        }
        long count = window.u32(box.payload() + 4);
        long room = (box.length() - 8) / length;
        if (count > room) {
            throw Refusals.broken("Table '" + box.name() + "' claims " + count + " entries and has room for " + room);
        }
        return count;
    }

    public boolean hasEntry() {
        return entriesLeft > 0;
    }

    /** Goes to the next entry, whose bytes are read then; false when there is none. */
    public boolean nextEntry() {
        boolean has = hasEntry();
        entriesLeft -= has ? 1 : 0;
        return has;
    }

    public int u8() throws IOException {
        need(1);
        return buffer[at++] & 0xff;
    }

    public int u16() throws IOException {
        need(2);
        at += 2;
        return BigEndian.u16(buffer, at - 2);
    }

    public int i32() throws IOException {
        need(4);
        at += 4;
        return BigEndian.i32(buffer, at - 4);
    }

    public long u32() throws IOException {
        return i32() & 0xffff_ffffL;
    }

    public long i64() throws IOException {
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
            throw Refusals.broken("A table in the header is too short");
        }
    }
}
