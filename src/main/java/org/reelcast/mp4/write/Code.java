package org.reelcast.mp4.write;

/** Four-character codes as numbers. */
final class Code {
    private Code() {
    }

    static int of(String code) {
        int number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | code.charAt(i) & 0xff;
        }
        return number;
    }
}
