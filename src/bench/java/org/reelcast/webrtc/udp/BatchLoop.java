package org.reelcast.webrtc.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.reelcast.bench.jmh.PacketLoops;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.RtpSession;

/** A viewer's session into the loop's batch, which gathers runs for one send; neither encrypted nor sent. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchLoop {
    private final RtpFrame frame = PacketLoops.frame();
    private final RtpSession session = PacketLoops.session();
    private final BatchSink sink = new BatchSink(new Out(), new UdpStatistics());
    private final InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private final PacketProtection plain = new Plain();
    private long timeUs;

    /** Header, payload and batch; what encryption and the kernel cost comes on top. */
    @Benchmark
    @OperationsPerInvocation(PacketLoops.PACKETS)
    public long headerAndBatch() {
        timeUs += PacketLoops.FRAME_US;
        session.enqueue(frame, timeUs, timeUs);
        long next = session.poll(timeUs, sink.begin(plain, to));
        sink.flush();
        return next;
    }

    private static final class Plain implements PacketProtection {
        private static final int TAG = 16;

        @Override
        public int protectRtp(byte[] b, int off, int length) {
            return length + TAG;
        }

        @Override
        public int protectRtcp(byte[] b, int off, int length) {
            return length + TAG;
        }
    }

    private static final class Out implements DatagramOut {
        @Override
        public boolean segments() {
            return true;
        }

        @Override
        public void send(byte[] b, int off, int length, InetSocketAddress to) {
            // dropped
        }

        @Override
        public void sendSegmented(byte[] b, int off, int length, int segment, InetSocketAddress to) {
            // dropped
        }
    }
}
