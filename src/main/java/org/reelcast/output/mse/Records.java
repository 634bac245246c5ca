package org.reelcast.output.mse;

import java.util.List;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.Slice;

/**
 * The records of which messages with media are made, like the tags of FLV: type, time in ms and length, which a viewer's
 * message has of its own, then a body, which all viewers share. All numbers are big-endian.
 */
final class Records {
    static final int HEAD_BYTES = 9;
    private static final byte SOUND = 8;
    private static final byte PICTURE = 9;
    private static final byte KEY = 0x17;
    private static final byte INTER = 0x27;
    private static final byte CONFIG = 0;
    private static final byte MEDIA = 1;
    /** Frame type, packet type, and a composition time that nobody reads. */
    private static final int PICTURE_HEAD = 5;
    /** The SDK reads five bits of their number. */
    private static final int MAX_PPS = 31;

    private Records() {}

    /** Writes what stands before a body. */
    static void putHead(byte[] target, int at, boolean picture, int timeMs, int length) {
        target[at] = picture ? PICTURE : SOUND;
        BigEndian.put32(target, at + 1, timeMs);
        BigEndian.put32(target, at + 5, length);
    }

    /**
     * How pictures are decoded: always with lengths of four bytes, and without what High profiles add at the end, which
     * the SDK would take for the next record.
     */
    static byte[] pictureConfig(List<byte[]> sps, List<byte[]> pps) {
        byte[] first = sps.get(0);
        byte[] config = new AvcConfig(
                        first[1] & 0xff,
                        first[2] & 0xff,
                        first[3] & 0xff,
                        4,
                        sps,
                        pps.subList(0, Math.min(MAX_PPS, pps.size())),
                        new byte[0])
                .toBytes();
        byte[] body = new byte[PICTURE_HEAD + config.length];
        body[0] = KEY;
        body[1] = CONFIG;
        System.arraycopy(config, 0, body, PICTURE_HEAD, config.length);
        return body;
    }

    static byte[] picture(boolean key, Slice... units) {
        int length = PICTURE_HEAD;
        for (Slice unit : units) {
            length += Integer.BYTES + unit.length();
        }
        byte[] body = new byte[length];
        body[0] = key ? KEY : INTER;
        body[1] = MEDIA;
        int at = PICTURE_HEAD;
        for (Slice unit : units) {
            BigEndian.put32(body, at, unit.length());
            System.arraycopy(unit.array(), unit.offset(), body, at + Integer.BYTES, unit.length());
            at += Integer.BYTES + unit.length();
        }
        return body;
    }

    /** @param config an AudioSpecificConfig, or as much of it as is to be said */
    static byte[] soundConfig(byte[] config) {
        return sound(CONFIG, Slice.of(config));
    }

    /** @param unit an access unit of AAC */
    static byte[] sound(Slice unit) {
        return sound(MEDIA, unit);
    }

    private static byte[] sound(byte kind, Slice payload) {
        byte[] body = new byte[1 + payload.length()];
        body[0] = kind;
        System.arraycopy(payload.array(), payload.offset(), body, 1, payload.length());
        return body;
    }
}
