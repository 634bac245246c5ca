package org.reelcast.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/**
 * A file on this machine, read by position; nothing is mapped into memory.
 *
 * <p>Java closes a channel when a thread that reads from it is interrupted. The file is shared, so here only the
 * interrupted thread fails ({@link InterruptedIOException}); the channel is opened anew for the others, provided that
 * the file is still the same.
 */
public final class LocalFile implements ByteSource {
    /** The JDK keeps a direct buffer as large as the largest read for each thread: this bounds it. */
    private static final int MAX_READ = 128 * 1024;

    /** So much of the file's start and end tells whether it was only made longer. */
    private static final int PRINT_BYTES = 4096;

    private final Path path;
    private final SourceId id;
    /** Inode and device; null where there is nothing like it. */
    private final Object key;

    private final FileTime modified;
    private final byte[] print;
    private final Object lock = new Object();
    private volatile FileChannel channel;
    private volatile boolean closed;

    private LocalFile(Path path, BasicFileAttributes attributes, FileChannel channel) throws IOException {
        this.path = path;
        this.id = id(path, attributes);
        this.key = attributes.fileKey();
        this.modified = attributes.lastModifiedTime();
        this.channel = channel;
        this.print = print(channel);
    }

    /**
     * Opens a regular file.
     *
     * @throws IOException when it is not there, not a file, or not readable
     */
    public static LocalFile open(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        BasicFileAttributes attributes = attributes(absolute);
        FileChannel channel = FileChannel.open(absolute, StandardOpenOption.READ);
        try {
            return new LocalFile(absolute, attributes, channel);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is not a regular file");
        }
        return attributes;
    }

    private static SourceId id(Path path, BasicFileAttributes attributes) {
        // no inode: device numbers change when a container or a network drive is mounted anew
        return new SourceId(
                path.toString(),
                attributes.size(),
                attributes.lastModifiedTime().toString());
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public long size() {
        return id.size();
    }

    /** What the file starts with and what is at its end as it was opened. */
    private byte[] print(FileChannel from) throws IOException {
        int length = (int) Math.min(PRINT_BYTES, size());
        ByteBuffer bytes = ByteBuffer.allocate(2 * length);
        from.read(bytes.limit(length), 0);
        from.read(bytes.limit(bytes.position() + length), size() - length);
        return bytes.array();
    }

    /**
     * Makes sure that what was just read is of the file as it was opened: it may be written over meanwhile. A file that
     * another takes the name of stays as it was for who has it open, and one may grow at its end.
     */
    private void checkUnchanged(FileChannel from) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            // it was removed: its bytes are there as long as it is open
            return;
        }
        if (key != null && !key.equals(now.fileKey())
                || now.size() == size() && now.lastModifiedTime().equals(modified)
                || now.size() > size() && Arrays.equals(print(from), print)) {
            return;
        }
        throw new IOException(path + " changed while it was read");
    }

    /** {@inheritDoc} Gives at most 128 KB a call. */
    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= size()) {
            return -1;
        }
        int wanted = (int) Math.min(Math.min(length, MAX_READ), size() - position);
        while (true) {
            FileChannel current = channel;
            try {
                int n = current.read(ByteBuffer.wrap(target, offset, wanted), position);
                if (n <= 0) {
                    throw new IOException(path + " became shorter while it was read");
                }
                checkUnchanged(current);
                return n;
            } catch (ClosedByInterruptException e) {
                reopen(current);
                InterruptedIOException interrupted = new InterruptedIOException("reading " + path + " was interrupted");
                interrupted.initCause(e);
                throw interrupted;
            } catch (ClosedChannelException e) {
                if (closed) {
                    throw new IOException(path + " is closed", e);
                }
                reopen(current);
            }
        }
    }

    private void reopen(FileChannel broken) throws IOException {
        synchronized (lock) {
            if (closed || channel != broken) {
                return;
            }
            if (!id(path, attributes(path)).equals(id)) {
                throw new IOException(path + " changed while it was read");
            }
            // opening is not interruptible; the interrupt stays pending for the caller
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
