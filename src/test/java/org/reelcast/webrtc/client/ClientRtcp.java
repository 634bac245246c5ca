package org.reelcast.webrtc.client;

import java.util.List;

/** Writes the client's compounds: an empty or one-block receiver report, and what is wanted (RFC 3550, RFC 4585). */
final class ClientRtcp {
    private static final int RECEIVER_REPORT = 201;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;

    private final byte[] b = new byte[1500];
    private final int ssrc;
    private int length;

    ClientRtcp(int ssrc) {
        this.ssrc = ssrc;
    }

    ClientRtcp report() {
        length = 0;
        header(0, RECEIVER_REPORT, 1);
        return this;
    }

    ClientRtcp report(int media, long highest, int lastReport, int delay) {
        length = 0;
        header(1, RECEIVER_REPORT, 7);
        word(media);
        word(0);
        word((int) highest);
        word(0);
        word(lastReport);
        word(delay);
        return this;
    }

    ClientRtcp nack(int media, List<Integer> sequences) {
        header(1, TRANSPORT_FEEDBACK, 2 + sequences.size());
        word(media);
        for (int sequence : sequences) {
            word(sequence << 16);
        }
        return this;
    }

    ClientRtcp pictureLoss(int media) {
        header(1, PAYLOAD_FEEDBACK, 2);
        word(media);
        return this;
    }

    private void header(int count, int type, int words) {
        word((0x80 | count) << 24 | type << 16 | words);
        word(ssrc);
    }

    private void word(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            b[length++] = (byte) (value >> shift);
        }
    }

    byte[] array() {
        return b;
    }

    int length() {
        return length;
    }
}
