package org.reelcast.webrtc.client;

import java.util.concurrent.CompletableFuture;

/** Measures the first packets of sound that a client gets, of 20 ms each. */
public final class HeardAudio implements Received {
    private static final int PACKET_MS = 20;

    private final int most;
    private final CompletableFuture<HeardAudio> done = new CompletableFuture<>();
    private int packets;
    private int bytes;
    private boolean stereo;

    /** @param most how many */
    public HeardAudio(int most) {
        this.most = most;
    }

    /** Done with the last of them. */
    public CompletableFuture<HeardAudio> done() {
        return done;
    }

    /** Of the Opus packets. */
    public int bitsPerSecond() {
        return bytes * 8 * 1000 / (packets * PACKET_MS);
    }

    /** Whether the last one is (RFC 6716 section 3.1). */
    public boolean isStereo() {
        return stereo;
    }

    @Override
    public void rtp(byte[] b, int length) {
        if ((b[1] & 0x7f) == ClientOffer.OPUS && packets < most) {
            int header = 12 + ((b[0] & 0x10) == 0 ? 0 : 4 + 4 * (b[15] & 0xff));
            bytes += length - header;
            stereo = (b[header] & 4) != 0;
            if (++packets == most) {
                done.complete(this);
            }
        }
    }
}
