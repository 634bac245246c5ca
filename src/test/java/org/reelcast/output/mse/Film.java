package org.reelcast.output.mse;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Frames of a film that nobody could see: 25 pictures a second, a key frame a second, AAC of 48 kHz. */
final class Film {
    static final long PICTURE_US = 40_000;
    static final Format VIDEO = Format.video(Codec.H264, 1280, 720, 0);
    static final AacFormat AUDIO =
            new AacFormat(new DecoderConfig(new byte[] {0x11, (byte) 0x90}), 48_000, 2, 48_000, Format.UNDETERMINED);
    static final AudioForm SOUND = new AudioForm(AUDIO);
    private static final byte[] SPS = HexFormat.of().parseHex("6764001facd9405005bb0110000003001000000303c0f1831960");
    private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
    private static final byte[] KEY = HexFormat.of().parseHex("65888400ff");
    private static final byte[] INTER = HexFormat.of().parseHex("419a2100ff");

    private Film() {}

    static Frame picture(long timeUs, boolean key) {
        return key
                ? new Frame(VIDEO, timeUs, timeUs, true, Slice.of(SPS), Slice.of(PPS), Slice.of(KEY))
                : new Frame(VIDEO, timeUs, timeUs, false, Slice.of(INTER));
    }

    static Frame sound(long timeUs) {
        return new Frame(AUDIO, timeUs, timeUs, true, Slice.of(new byte[] {1, 2, 3}));
    }

    /** Picture number {@code n}. */
    static Frame picture(int n) {
        return picture(n * PICTURE_US, n % 25 == 0);
    }

    static long soundUs(int n) {
        return Math.round(n * 1024e6 / 48_000);
    }

    /** From one time to another, in the order in which they are due; sound 40 ms ahead. */
    static List<Frame> frames(long fromUs, long toUs, long soundToUs) {
        List<Frame> frames = new ArrayList<>();
        for (int n = (int) (fromUs / PICTURE_US); n * PICTURE_US < toUs; n++) {
            frames.add(picture(n));
        }
        for (int n = 0; soundUs(n) < soundToUs; n++) {
            if (soundUs(n) >= fromUs) {
                frames.add(sound(soundUs(n)));
            }
        }
        frames.sort(java.util.Comparator.comparingLong(f -> f.presentationTimeUs() - (f.isVideo() ? 0 : 40_000)));
        return frames;
    }
}
