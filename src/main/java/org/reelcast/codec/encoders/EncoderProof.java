package org.reelcast.codec.encoders;

import java.io.IOException;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.TestPictures;
import org.reelcast.codec.ffmpeg.VideoEncoder;
import org.reelcast.media.Slice;

/** The proof that an encoder works: a few moving pictures are encoded, decoded again and compared. */
final class EncoderProof {
    private static final int PICTURES = 5;
    /** The first, and one asked for under way. */
    private static final int SECOND_KEY = 3;

    private static final int BITRATE = 1_500_000;
    /** Grain does not survive that bitrate, and a picture that is not the same one has less than 20 dB. */
    private static final double LEAST_PSNR = 26;

    private EncoderProof() {}

    /** What is wrong with it, a clause; null when it works. */
    static String problem(VideoEncoder.Kind kind) {
        try (TestPictures pictures = TestPictures.draw();
                VideoEncoder encoder = kind.open(EncoderSettings.bitrate(
                        TestPictures.WIDTH, TestPictures.HEIGHT, TestPictures.FRAMES_PER_SECOND, BITRATE));
                H264Decoder decoder = H264Decoder.openInOrder()) {
            for (int i = 0; i < PICTURES; i++) {
                boolean key = i == 0 || i == SECOND_KEY;
                Slice[] units = StartCodes.split(pictures.encode(i, encoder, key));
                if (hasIdr(units) != key) {
                    return "picture " + i + " is " + (key ? "no" : "a") + " key frame";
                }
                if (decoder.send(units, pictures.timeUs(i)) < 0 || !decoder.receive()) {
                    return "picture " + i + " does not decode";
                }
                double psnr = pictures.psnr(i, decoder);
                if (psnr < LEAST_PSNR) {
                    return "picture " + i + " is another one when it is decoded (" + Math.round(psnr) + " dB)";
                }
            }
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static boolean hasIdr(Slice[] units) {
        for (Slice unit : units) {
            if (NalType.of(unit.array()[unit.offset()]) == NalType.IDR) {
                return true;
            }
        }
        return false;
    }
}
