package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.CollectingSink;

/**
 * Coverage-guided fuzzing of what a publisher sends with {@code mvn test -Pfuzz}: packets into frames, which are never
 * larger than what came.
 */
class RtpReceiverFuzzTest {
    private static final int VIDEO = 96;
    private static final int RTX = 97;
    private static final int AUDIO = 111;
    private static final long STEP_US = 5_000;
    private static final long WAIT_US = 300_000;
    private static final int HEADER = 12;
    /** NAL units of an aggregate get start codes. */
    private static final int MOST_TIMES = 3;

    /** @param stream packets: two bytes for sequence number and kind, one for the length, then so many of payload */
    @FuzzTest(maxDuration = "1m")
    void anyPackets_areFramesOrNothing(byte[] stream) {
        long[] frameBytes = new long[1];
        RtpReceiver receiver = new RtpReceiver(
                new RtpReceiverConfig(
                        new ReceiveTrackConfig(Codec.H264, new int[] {VIDEO}, RTX, 1, 2, true, WAIT_US),
                        new ReceiveTrackConfig(Codec.OPUS, new int[] {AUDIO}, -1, 0, 2, false, WAIT_US),
                        1,
                        "fuzz",
                        true,
                        1_000_000,
                        2_000_000),
                frame -> frameBytes[0] += size(frame));
        CollectingSink sink = new CollectingSink();
        long nowUs = 1_000_000;
        int at = 0;
        while (at + 3 <= stream.length) {
            int length = Math.min(stream[at + 2] & 0xff, stream.length - at - 3);
            byte[] packet = packet(stream, at, length);
            receiver.onRtp(packet, 0, packet.length, nowUs);
            receiver.onRtcp(stream, at, length + 3, nowUs);
            nowUs += STEP_US;
            receiver.poll(nowUs, sink);
            at += 3 + length;
        }
        receiver.poll(nowUs + 2 * WAIT_US, sink);
        assertTrue(frameBytes[0] <= MOST_TIMES * (long) stream.length, frameBytes[0] + " bytes of frames");
    }

    private static long size(Frame frame) {
        return frame.size();
    }

    private static byte[] packet(byte[] stream, int at, int length) {
        byte[] packet = Arrays.copyOf(new byte[] {(byte) 0x80}, HEADER + length);
        int kind = stream[at + 1];
        packet[0] |= (byte) (kind & 0x30);
        int type = (kind & 3) == 0 ? AUDIO : (kind & 3) == 1 ? RTX : VIDEO;
        packet[1] = (byte) (type | kind & 0x80);
        packet[3] = stream[at];
        packet[6] = (byte) (stream[at] >> 2);
        packet[11] = (byte) type;
        System.arraycopy(stream, at + 3, packet, HEADER, length);
        return packet;
    }
}
