package org.reelcast.webrtc.sdp;

import org.reelcast.media.MediaKind;

/**
 * One media section that both sides agreed on, and how to send or receive in it.
 *
 * @param index                the section's place in the offer
 * @param mid                  its identification tag, null when the offer has none
 * @param kind                 video is H.264, audio is Opus
 * @param payloadType          the offerer's payload type for it, 0 to 127
 * @param rtpmap               the payload type's rtpmap as offered
 * @param fmtp                 the format parameters of the answer, empty for none
 * @param rtxPayloadType       the payload type of retransmissions (RFC 4588), -1 when not offered
 * @param ssrc                 of what the server sends, media or reports
 * @param rtxSsrc              of the retransmissions, unused without a payload type for them
 * @param midExtension         id of the header extension of RFC 8843 section 15, 0 when not agreed
 * @param orientationExtension id of the header extension urn:3gpp:video-orientation, 0 when not agreed
 * @param sendTimeExtension    id of the header extension abs-send-time, when the publisher sent; 0 when not agreed
 * @param nack                 whether generic NACK was agreed (RFC 4585 section 6.2.1)
 * @param pli                  whether picture loss indication was agreed (RFC 4585 section 6.3.1)
 * @param fir                  whether full intra request was agreed (RFC 5104 section 4.3.1)
 * @param remb                 whether the receiving side sends bitrate estimates (goog-remb)
 * @param reducedSize          whether RTCP need not be compound (RFC 5506)
 * @param sound                limits to the sound that is sent
 */
public record Track(
        int index,
        String mid,
        MediaKind kind,
        int payloadType,
        String rtpmap,
        String fmtp,
        int rtxPayloadType,
        int ssrc,
        int rtxSsrc,
        int midExtension,
        int orientationExtension,
        int sendTimeExtension,
        boolean nack,
        boolean pli,
        boolean fir,
        boolean remb,
        boolean reducedSize,
        AudioLimits sound) {

    public boolean hasRtx() {
        return rtxPayloadType >= 0;
    }
}
