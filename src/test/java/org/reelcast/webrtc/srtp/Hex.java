package org.reelcast.webrtc.srtp;

import java.util.HexFormat;

/** Bytes as the standards print them. */
final class Hex {

    private Hex() {}

    static byte[] bytes(String... lines) {
        return HexFormat.of().parseHex(String.join("", lines).replace(" ", ""));
    }

    static String text(byte[] b, int length) {
        return HexFormat.of().formatHex(b, 0, length);
    }
}
