package org.reelcast.webrtc;

import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;

/** Frames that look like H.264 and Opus to everything but a decoder. */
public final class Films {
    private static final Format VIDEO = Format.video(Codec.H264, 1280, 720, 0);
    private static final Format AUDIO = Format.audio(Codec.OPUS, 2);
    private static final Packetizer H264 = Packetizers.of(Codec.H264);
    private static final Packetizer OPUS = Packetizers.of(Codec.OPUS);

    private Films() {}

    /** An IDR access unit of about {@code size} bytes, parameter sets in front. */
    public static RtpFrame key(int size) {
        return H264.packetize(new Frame(VIDEO, 0, 0, true, nal(0x67, 12), nal(0x68, 5), nal(0x65, size)));
    }

    public static RtpFrame inter(int size) {
        return H264.packetize(new Frame(VIDEO, 0, 0, false, nal(0x41, size)));
    }

    public static RtpFrame sound(int size) {
        return OPUS.packetize(new Frame(AUDIO, 0, 0, true, nal(0xFC, size)));
    }

    private static Slice nal(int header, int size) {
        byte[] nal = new byte[size];
        for (int i = 0; i < size; i++) {
            nal[i] = (byte) (i * 31 + size);
        }
        nal[0] = (byte) header;
        return Slice.of(nal);
    }
}
