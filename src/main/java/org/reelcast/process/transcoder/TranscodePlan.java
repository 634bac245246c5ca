package org.reelcast.process.transcoder;

/**
 * A stream that is to be made of another one.
 *
 * @param mediaSessionId the stream's
 * @param name    what it is played by
 * @param wish    what its pictures are to be like
 * @param aligned whether its key frames are at the same pictures as those of others made of the same source
 * @param baseline see {@link org.reelcast.stream.Variant#baseline}
 * @param client  IP address of whoever asks for it; empty for who calls REST
 */
record TranscodePlan(
        String mediaSessionId, String name, RequestedEncoding wish, boolean aligned, boolean baseline, String client) {

    /** What REST asks for. */
    TranscodePlan(String mediaSessionId, String name, RequestedEncoding wish) {
        this(mediaSessionId, name, wish, false, false, "");
    }
}
