package org.reelcast.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A destination without a viewer behind it: counts what the sender of the floor writes. */
final class Sink implements LoadLoop.Owner {
    /** The floor's payload types. */
    private static final int VIDEO = 96;

    private final TrackCount video = new TrackCount(90_000);
    private final TrackCount audio = new TrackCount(48_000);
    private final LoadLoop loop;
    private final LoadSocket socket;

    Sink(LoadLoop loop) throws IOException {
        this.loop = loop;
        socket = loop.open(this);
    }

    @Override
    public void datagram(ByteBuffer bytes, int at, int length, long timeUs) {
        ViewerMedia.count((bytes.get(at + 1) & 0x7F) == VIDEO ? video : audio, bytes, at, length, timeUs);
    }

    @Override
    public void tick(long nowUs) {
        // nothing to say
    }

    TrackCount video() {
        return video;
    }

    TrackCount audio() {
        return audio;
    }

    int port() {
        return socket.port();
    }

    void close() {
        loop.close(socket);
    }
}
