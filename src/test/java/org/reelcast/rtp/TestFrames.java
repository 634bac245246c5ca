package org.reelcast.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Frames with content of their own to tell them apart. */
public final class TestFrames {
    public static final Format VIDEO = Format.video(Codec.H264, 1280, 720, 0);
    public static final Format TURNED = Format.video(Codec.H264, 1280, 720, 90);
    public static final Format AUDIO = Format.audio(Codec.OPUS, 2);

    private TestFrames() {}

    public static Frame video(Format format, boolean key, long timeUs, byte[]... nals) {
        List<Slice> slices = new ArrayList<>();
        for (byte[] nal : nals) {
            slices.add(Slice.of(nal));
        }
        return new Frame(format, timeUs, timeUs, key, slices.toArray(new Slice[0]));
    }

    public static Frame audio(long timeUs, byte[] packet) {
        return new Frame(AUDIO, timeUs, timeUs, true, Slice.of(packet));
    }

    /** A NAL unit of {@code length} bytes with random content. */
    public static byte[] nal(int header, int length, long seed) {
        byte[] nal = new byte[length];
        new Random(seed).nextBytes(nal);
        nal[0] = (byte) header;
        return nal;
    }

    public static RtpFrame cutVideo(boolean key, long timeUs, int bytes) {
        Frame frame = video(VIDEO, key, timeUs, nal(key ? 0x65 : 0x41, bytes, timeUs ^ bytes));
        return Packetizers.of(Codec.H264).packetize(frame);
    }

    public static RtpFrame cutAudio(long timeUs, int bytes) {
        return Packetizers.of(Codec.OPUS).packetize(audio(timeUs, nal(0xfc, bytes, timeUs ^ bytes)));
    }
}
