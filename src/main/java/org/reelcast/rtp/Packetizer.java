package org.reelcast.rtp;

import org.reelcast.media.Frame;

/** Cuts frames into RTP payloads. Keeps no state: one may serve all streams and threads. */
public interface Packetizer {

    /**
     * Payload bytes that fit the smallest path an IPv6 host must offer (1280 bytes, RFC 8200 section 5) beside IP and
     * UDP headers (48), RTP header (12), header extensions (up to 20), RTX's original sequence number (2), the
     * tag of AEAD_AES_128_GCM (16) and a TURN relay's channel data header (4), rounded down.
     */
    int DEFAULT_MAX_PAYLOAD = 1176;

    /** Never fails: what may not be sent is left out, to the point of a frame of no packets. */
    RtpFrame packetize(Frame frame);
}
