package org.reelcast.storage;

import java.io.Closeable;
import java.io.IOException;
import org.reelcast.loop.Blocking;

/**
 * The bytes of one file, read by position. Whoever parses asks for positions and never owns the bytes, so a local
 * file, ranged reads from S3 and a download under way are one code path.
 *
 * <p>Implementations are safe for use by several threads at once.
 */
public interface ByteSource extends Closeable {

    /** What identifies these bytes: the key under which indexes and renditions are shared. */
    SourceId id();

    /** The length in bytes. */
    long size();

    /**
     * Reads at least one byte, as {@link java.nio.channels.FileChannel#read} does.
     *
     * @param position where to start, in bytes from the start of the file
     * @return the number of bytes read, 1 to {@code length}; -1 when {@code position} is at or past the end
     * @throws IOException when the bytes cannot be had; the message is a sentence fit for the log
     */
    @Blocking
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /**
     * Reads until {@code length} bytes are there or the file ends.
     *
     * @return the number of bytes read, less than {@code length} only at the end of the file
     */
    @Blocking
    default int readFully(long position, byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int n = read(position + done, target, offset + done, length - done);
            if (n < 0) {
                break;
            }
            done += n;
        }
        return done;
    }
}
