package org.reelcast.webrtc.client;

import java.util.function.IntPredicate;

/**
 * How a light client behaves.
 *
 * @param sends        whether it offers to send what follows, instead of receiving it
 * @param video        whether it offers H.264
 * @param audio        whether it offers Opus
 * @param nack         whether it asks for lost packets again
 * @param rtx          whether it offers RTX for them
 * @param decryptEvery takes the protection off every n-th RTP packet; 1 = all
 * @param lose         whether to lose the n-th RTP datagram, before looking at it
 * @param received     sees what was decrypted
 */
public record ClientOptions(
        boolean sends,
        boolean video,
        boolean audio,
        boolean nack,
        boolean rtx,
        int decryptEvery,
        IntPredicate lose,
        Received received) {

    /** Everything, all of it decrypted, nothing lost. */
    public static ClientOptions full(Received received) {
        return new ClientOptions(false, true, true, true, true, 1, n -> false, received);
    }

    /** For load: counts by the headers and decrypts a sample. */
    public static ClientOptions light() {
        return new ClientOptions(false, true, true, true, true, 64, n -> false, Received.NOTHING);
    }

    /** A publisher's. */
    public static ClientOptions sending(boolean video, boolean audio, Received received) {
        return new ClientOptions(true, video, audio, true, true, 1, n -> false, received);
    }

    public ClientOptions losing(IntPredicate which) {
        return new ClientOptions(sends, video, audio, nack, rtx, decryptEvery, which, received);
    }
}
