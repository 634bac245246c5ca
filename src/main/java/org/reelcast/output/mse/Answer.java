package org.reelcast.output.mse;

/**
 * The SDP answer to a player by MSE. The SDK looks at the ports alone: 0 says that the stream has no such medium, and a
 * medium that is there in the answer and not in the stream would be waited for for ever.
 */
final class Answer {
    /** Nothing is sent to it: media takes the socket. */
    private static final int PORT = 9;

    private Answer() {}

    static String of(boolean picture, boolean sound) {
        return "v=0\r\no=Reelcast 1 1 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
                + "m=video " + (picture ? PORT : 0) + " RTP/AVP 112\r\na=rtpmap:112 H264/90000\r\n"
                + "a=fmtp:112 packetization-mode=1\r\na=sendonly\r\n"
                + "m=audio " + (sound ? PORT : 0) + " RTP/AVP 108\r\na=rtpmap:108 mpeg4-generic/48000/1\r\n"
                + "a=sendonly\r\n";
    }
}
