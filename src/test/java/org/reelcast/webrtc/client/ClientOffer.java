package org.reelcast.webrtc.client;

/** Writes a light client's offer, after Chromium's. */
public final class ClientOffer {
    public static final int OPUS = 111;
    public static final int H264 = 102;
    public static final int RTX = 103;

    private ClientOffer() {}

    /** @param fingerprint of the certificate, with the hash function before it */
    public static String write(ClientOptions options, String ufrag, String password, String fingerprint) {
        StringBuilder sdp = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        sdp.append("a=group:BUNDLE")
                .append(options.audio() ? " 0" : "")
                .append(options.video() ? " 1" : "")
                .append("\r\n");
        String common = "c=IN IP4 0.0.0.0\r\na=ice-ufrag:" + ufrag + "\r\na=ice-pwd:" + password
                + "\r\na=fingerprint:" + fingerprint + "\r\na=setup:actpass\r\n"
                + (options.sends() ? "a=sendonly" : "a=recvonly") + "\r\na=rtcp-mux\r\na=rtcp-rsize\r\n";
        if (options.audio()) {
            sdp.append("m=audio 9 UDP/TLS/RTP/SAVPF " + OPUS + "\r\n")
                    .append(common)
                    .append("a=mid:0\r\na=rtpmap:" + OPUS + " opus/48000/2\r\na=fmtp:" + OPUS
                            + " minptime=10;useinbandfec=1\r\n");
        }
        if (options.video()) {
            sdp.append("m=video 9 UDP/TLS/RTP/SAVPF " + H264 + (options.rtx() ? " " + RTX : "") + "\r\n")
                    .append(common)
                    .append("a=mid:1\r\na=rtpmap:" + H264 + " H264/90000\r\na=fmtp:" + H264
                            + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\na=rtcp-fb:"
                            + H264
                            + " nack\r\na=rtcp-fb:" + H264 + " nack pli\r\na=rtcp-fb:" + H264 + " ccm fir\r\na=rtcp-fb:"
                            + H264
                            + " goog-remb\r\n");
            if (options.rtx()) {
                sdp.append("a=rtpmap:" + RTX + " rtx/90000\r\na=fmtp:" + RTX + " apt=" + H264 + "\r\n");
            }
        }
        return sdp.toString();
    }
}
