package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that has no room for more than {@code limit} bytes of it; the last write that fits is cut short. */
public record FullDisk(FileChannel file, long limit) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        long room = limit - file.size();
        if (room <= 0) {
            throw new IOException("No space left on device");
        }
        int n = file.write(bytes.slice(bytes.position(), (int) Math.min(room, bytes.remaining())));
        bytes.position(bytes.position() + n);
        return n;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
