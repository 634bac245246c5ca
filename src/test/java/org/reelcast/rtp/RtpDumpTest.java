package org.reelcast.rtp;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.reelcast.GoldenText;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;

/** All packets of a group of pictures with its audio, as they go to one viewer, against a text that is kept. */
class RtpDumpTest {
    private static final int VIDEO_SSRC = 0x11223344;
    private static final int AUDIO_SSRC = 0x0a0b0c0d;
    private static final long FRAME_US = 40_000;
    private static final long AUDIO_US = 20_000;
    private static final long END_US = 520_000;

    private final CollectingSink sink = new CollectingSink();
    private final StringBuilder dump = new StringBuilder();
    private final RtpSession session = new RtpSession(new RtpSessionConfig(
            RtpTrackConfig.of(Codec.H264, 102, VIDEO_SSRC, 0xfff8, 1000)
                    .withMid("1", 4)
                    .withOrientation(13)
                    .withNack()
                    .withRtx(103, 0x55667788, 7),
            RtpTrackConfig.of(Codec.OPUS, 111, AUDIO_SSRC, 5, 48_000).withMid("0", 4),
            "reel",
            1_704_067_200_000_000L));

    @Test
    void groupOfPictures() throws IOException {
        long poll = 0;
        for (long now = 0; now < END_US; now += 1000) {
            if (now % FRAME_US == 0) {
                enqueue(picture((int) (now / FRAME_US)), now);
            }
            if (now % AUDIO_US == 0) {
                enqueue(TestFrames.audio(now, TestFrames.nal(0xfc, 60 + (int) (now / 4000), now)), now);
            }
            if (now == 200_000) {
                ask("81cd0003" + "00000001" + "11223344" + "fff90003", now);
            }
            if (now >= poll || now % AUDIO_US == 0 || now == 200_000) {
                poll = session.poll(now, sink);
                write(now);
            }
        }
        session.close(END_US, sink);
        write(END_US);
        GoldenText.assertKept(RtpDumpTest.class, "group-of-pictures.txt", dump.toString());
    }

    /** A key frame in two slices with its parameter sets, then predicted ones, every third of which is referred to by none. */
    private static Frame picture(int number) {
        long us = number * FRAME_US;
        if (number == 0) {
            return TestFrames.video(
                    TestFrames.TURNED,
                    true,
                    us,
                    TestFrames.nal(0x09, 2, 1),
                    TestFrames.nal(0x67, 20, 2),
                    TestFrames.nal(0x68, 5, 3),
                    TestFrames.nal(0x06, 30, 4),
                    TestFrames.nal(0x65, 9000, 5),
                    TestFrames.nal(0x65, 1100, 6));
        }
        int header = number % 3 == 0 ? 0x01 : 0x41;
        return TestFrames.video(
                TestFrames.TURNED, false, us, TestFrames.nal(header, number == 4 ? 2500 : 100 * number, number));
    }

    private void enqueue(Frame frame, long now) {
        dump.append(String.format(
                "%d us: %s frame of %d bytes%s\n",
                now, frame.format().codec(), frame.size(), frame.isKey() && frame.isVideo() ? ", key" : ""));
        session.enqueue(Packetizers.of(frame.format().codec()).packetize(frame), frame.presentationTimeUs(), now);
    }

    private void ask(String rtcp, long now) {
        byte[] bytes = HexFormat.of().parseHex(rtcp);
        dump.append(now).append(" us: viewer sends ").append(rtcp).append('\n');
        session.onRtcp(bytes, 0, bytes.length, now);
    }

    private void write(long now) {
        for (byte[] packet : sink.all) {
            dump.append("  ").append(now).append(' ');
            if (sink.rtcp.contains(packet)) {
                dump.append("RTCP ").append(HexFormat.of().formatHex(packet));
            } else {
                rtp(packet);
            }
            dump.append('\n');
        }
        sink.clear();
    }

    private void rtp(byte[] b) {
        int extension = 4 * BigEndian.u16(b, 14);
        int at = 16 + extension;
        int end = (b[0] & 0x20) == 0 ? b.length : b.length - (b[b.length - 1] & 0xff);
        int ssrc = BigEndian.i32(b, 8);
        dump.append(String.format(
                "RTP %08x pt=%d seq=%d ts=%d%s ext=%s",
                ssrc,
                b[1] & 0x7f,
                BigEndian.u16(b, 2),
                BigEndian.i32(b, 4) & 0xffff_ffffL,
                b[1] < 0 ? " marker" : "",
                HexFormat.of().formatHex(b, 16, at)));
        if (ssrc == VIDEO_SSRC) {
            dump.append(payload(b[at], b[at + 1]));
        } else if (ssrc != AUDIO_SSRC) {
            dump.append(" of=").append(BigEndian.u16(b, at)).append(payload(b[at + 2], b[at + 3]));
        }
        dump.append(" bytes=")
                .append(end - at)
                .append(end < b.length ? " padding=" + (b.length - end) : "")
                .append(" crc=")
                .append(GoldenText.crc(b, at, end - at));
    }

    /** RFC 6184 sections 5.6 to 5.8. */
    private static String payload(int indicator, int header) {
        return switch (indicator & 0x1f) {
            case 24 -> " STAP-A";
            case 28 ->
                " FU-A of " + (header & 0x1f) + ((header & 0x80) != 0 ? " start" : (header & 0x40) != 0 ? " end" : "");
            default -> " NAL " + (indicator & 0x1f);
        };
    }
}
