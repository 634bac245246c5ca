package org.reelcast.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;

/**
 * Part of a file on its way to somebody who may be slow to read: holds no thread while he is, and one piece of the file
 * alone.
 */
final class FileDownload implements WriteListener {
    private static final Logger LOG = Logger.getLogger(FileDownload.class.getName());
    static final int PIECE = 32_768;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Content file;
    private final long endsAt;
    private final Consumer<FileDownload> onEnd;
    private final byte[] piece = new byte[PIECE];
    private long position;
    /** How often it has got on; any thread. */
    private volatile long steps;

    private boolean ended;

    /** What is in the file. */
    interface Content extends Closeable {

        /** @return how many bytes were read from there on; -1 at the end */
        int read(ByteBuffer into, long position) throws IOException;

        static Content of(FileChannel file) {
            return new Content() {
                @Override
                public int read(ByteBuffer into, long position) throws IOException {
                    return file.read(into, position);
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        /** Of a file that is in memory. */
        static Content of(byte[] file) {
            return new Content() {
                @Override
                public int read(ByteBuffer into, long position) {
                    int n = Math.min(into.remaining(), file.length - (int) position);
                    into.put(file, (int) position, n);
                    return n;
                }

                @Override
                public void close() {
                    // it stays
                }
            };
        }
    }

    /**
     * @param file  closed at the end
     * @param onEnd called once, when nothing more is sent
     */
    FileDownload(
            AsyncContext context, ServletOutputStream out, Content file, ByteRange part, Consumer<FileDownload> onEnd) {
        this.context = context;
        this.out = out;
        this.file = file;
        this.position = part.first();
        this.endsAt = part.last() + 1;
        this.onEnd = onEnd;
    }

    /** Changes as long as it gets on. */
    long steps() {
        return steps;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (position == endsAt) {
                end();
                return;
            }
            int n = file.read(ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, endsAt - position)), position);
            if (n < 0) {
                throw new IOException("The file became shorter while it was sent");
            }
            out.write(piece, 0, n);
            position += n;
            steps++;
        }
    }

    @Override
    public void onError(Throwable failure) {
        // who has read enough goes away
        LOG.log(Level.FINE, "A download was broken off", failure);
        end();
    }

    /** Nothing more is sent; may be called again. */
    @AnyThread
    void end() {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A file could not be closed", e);
        }
        onEnd.accept(this);
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "A download was over already", e);
        }
    }
}
