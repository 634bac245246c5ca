package org.reelcast.webrtc.sdp;

import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Why an offer cannot be answered. */
final class Refusals {
    private Refusals() {}

    /** The offer is broken or asks for a transport that is not served. @param sentence for the log */
    static Refusal bad(String sentence) {
        return new Refusal(StatusText.FAILED_TO_ADD_STREAM_TO_PROXY, sentence);
    }

    /** The offer is fine, but has no codec that the stream could be sent in. @param sentence for the log */
    static Refusal noCommonCodecs(String sentence) {
        return new Refusal(StatusText.NO_COMMON_CODECS, sentence);
    }
}
