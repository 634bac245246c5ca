package org.reelcast.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.TestFrames;
import org.reelcast.webrtc.srtp.SrtpKeys;
import org.reelcast.webrtc.srtp.SrtpProfile;
import org.reelcast.webrtc.srtp.SrtpSender;

/** What is done to each packet, part by part. All times are a packet's; a frame has ten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketLoops {
    /** Packets of {@link #frame()}. */
    public static final int PACKETS = 10;
    /** Between two frames, in microseconds. */
    public static final long FRAME_US = 33_333;

    private static final int FRAME_BYTES = PACKETS * 1170;
    private static final int PACKET_BYTES = 1184;

    private final Packetizer packetizer = Packetizers.of(Codec.H264);
    private final Frame whole = TestFrames.video(TestFrames.VIDEO, true, 0, TestFrames.nal(0x65, FRAME_BYTES, 1));
    private final RtpFrame frame = frame();
    private final RtpSession session = session();
    private final PacketSink nowhere = new Nowhere();
    private final SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(
            SrtpProfile.AEAD_AES_128_GCM, new byte[SrtpProfile.AEAD_AES_128_GCM.materialLength()], false));
    private final byte[] packet = new byte[PACKET_BYTES + 20];
    private long timeUs;
    private int sequence;

    /** A frame cut into ten packets. */
    public static RtpFrame frame() {
        return TestFrames.cutVideo(true, 0, FRAME_BYTES);
    }

    /** A viewer's session for such frames. */
    public static RtpSession session() {
        return new RtpSession(new RtpSessionConfig(
                RtpTrackConfig.of(Codec.H264, 102, 0x1111, 0, 0).withNack(), null, "loops", 0));
    }

    /** A frame cut into payloads, once for all viewers. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public RtpFrame packetise() {
        return packetizer.packetize(whole);
    }

    /** A viewer's session: pacing, history, header, payload copied. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long header() {
        timeUs += FRAME_US;
        session.enqueue(frame, timeUs, timeUs);
        return session.poll(timeUs, nowhere);
    }

    /** AEAD_AES_128_GCM of one packet, in place. */
    @Benchmark
    public int encrypt() {
        sequence++;
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        return sender.protectRtp(packet, 0, PACKET_BYTES);
    }

    private static final class Nowhere implements PacketSink {
        private final byte[] array = new byte[4096];

        @Override
        public byte[] array() {
            return array;
        }

        @Override
        public int reserve(int length) {
            return 0;
        }

        @Override
        public void commitRtp(int length) {
            // dropped
        }

        @Override
        public void commitRtcp(int length) {
            // dropped
        }

        @Override
        public void flush() {
            // nothing is kept back
        }
    }
}
