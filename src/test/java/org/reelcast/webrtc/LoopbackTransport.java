package org.reelcast.webrtc;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import org.reelcast.loop.LoadLimits;
import org.reelcast.loop.MediaLoops;

/** A transport with loops of its own, on free ports of the loopback. */
public final class LoopbackTransport implements Closeable {
    private final MediaLoops loops;
    private final WebRtcTransport transport;

    private LoopbackTransport(MediaLoops loops, WebRtcTransport transport) {
        this.loops = loops;
        this.transport = transport;
    }

    public static LoopbackTransport open(int count) throws IOException {
        return open(count, LoadLimits.NONE, 10_000, 10_000, 10_000);
    }

    /** @param maxHandshakes of one address that may be unfinished */
    static LoopbackTransport open(int count, int maxHandshakes) throws IOException {
        return open(
                count,
                LoadLimits.NONE,
                new WebRtcOptions(
                        null, InetAddress.getLoopbackAddress(), 0, 0, 10_000, 10_000, 10_000, maxHandshakes, true));
    }

    public static LoopbackTransport open(int count, LoadLimits limits, int iceMs, int consentMs, int dtlsMs)
            throws IOException {
        return open(
                count,
                limits,
                new WebRtcOptions(null, InetAddress.getLoopbackAddress(), 0, 0, iceMs, consentMs, dtlsMs));
    }

    private static LoopbackTransport open(int count, LoadLimits limits, WebRtcOptions options) throws IOException {
        MediaLoops loops = MediaLoops.open(count, limits);
        try {
            return new LoopbackTransport(loops, WebRtcTransport.open(options, loops));
        } catch (IOException e) {
            loops.close();
            throw e;
        }
    }

    public MediaLoops loops() {
        return loops;
    }

    public WebRtcTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
        loops.close();
    }
}
