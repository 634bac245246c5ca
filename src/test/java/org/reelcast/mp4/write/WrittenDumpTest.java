package org.reelcast.mp4.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.GoldenText;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/** What recordings and segments consist of, box by box, against texts that are kept. */
class WrittenDumpTest {
    private static final byte[] SPS = {0x67, 66, 0, 30, (byte) 0xab, 1};
    private static final H264Format SMALL = h264(640, 480, 0);
    private static final H264Format TURNED = h264(640, 480, 90);
    private static final AacFormat AAC =
            new AacFormat(new DecoderConfig(new byte[] {0x11, (byte) 0x90}), 48_000, 2, 48_000, "und");

    private static H264Format h264(int width, int height, int rotation) {
        byte[] pps = {0x68, (byte) 0xce, 2};
        return Format.video(Codec.H264, width, height, rotation)
                .withConfig(
                        new DecoderConfig(
                                AvcConfig.of(List.of(SPS), List.of(pps)).toBytes()),
                        false);
    }

    /** Pictures out of order, another sample entry under way, audio later, priming, and a last picture without a next. */
    @Test
    void fragmentsOfARecording() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FragmentWriter writer = new FragmentWriter(
                Channels.newChannel(out),
                Optional.of(new VideoTrack(SMALL, 3600)),
                Optional.of(new AudioTrack(AAC, 0, 64_000)),
                1_700_000_000_000L,
                "A title")) {
            writer.audioPriming(1024);
            int audio = 0;
            for (int i = 0; i < 50; i++) {
                while (audio * 1024 <= i * 1920) {
                    writer.audio(audio * 1024L, 1024, ByteBuffer.wrap(bytes(90 + audio % 7, audio)));
                    audio++;
                }
                if (i == 25) {
                    writer.entry(TURNED);
                }
                if (i == 40) {
                    writer.soundLater(-12_345);
                }
                List<ByteBuffer> nals = List.of(ByteBuffer.wrap(bytes(i % 25 == 0 ? 900 : 70 + i, 1000 + i)));
                writer.video(i * 3600L, i % 2 * 7200, i % 25 == 0, nals);
            }
        }
        GoldenText.assertKept(WrittenDumpTest.class, "recording.txt", BoxDump.of(out.toByteArray()));
    }

    @Test
    void segmentsOfFragmentedMp4() throws IOException {
        MediaSegmentWriter writer = new MediaSegmentWriter(Optional.of(SMALL), Optional.of(AAC));
        List<Frame> pictures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long us = 2_000_000 + i * 40_000L;
            byte[] first = bytes(200 + i, i);
            byte[] second = bytes(30, 50 + i);
            pictures.add(new Frame(SMALL, us, us + 40_000, i == 0, Slice.of(first), Slice.of(second)));
        }
        List<Frame> sound = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            long us = 2_000_000 + i * 64_000L / 3;
            sound.add(new Frame(AAC, us, us, true, Slice.of(bytes(80 + i, 100 + i))));
        }
        String dump = "initialization\n" + BoxDump.of(writer.initialization())
                + "\nboth tracks\n" + BoxDump.of(writer.fragment(7, pictures, 2_240_000, sound, 2_234_667))
                + "\nvideo alone\n" + BoxDump.of(writer.fragment(8, pictures, 2_240_000, List.of(), 0))
                + "\naudio alone\n" + BoxDump.of(writer.fragment(9, List.of(), 0, sound, 2_234_667));
        GoldenText.assertKept(WrittenDumpTest.class, "segments.txt", dump);
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
