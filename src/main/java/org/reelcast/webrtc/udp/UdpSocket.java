package org.reelcast.webrtc.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.logging.Logger;
import org.reelcast.loop.NettyMediaLoop;

/** The socket of a port. Nothing that happens to it comes up as an exception: errors are counted. */
@ChannelHandler.Sharable
final class UdpSocket extends ChannelInboundHandlerAdapter implements DatagramOut {
    private static final Logger LOG = Logger.getLogger(UdpSocket.class.getName());
    /** Buffers must hold a whole Ethernet frame; 16 are read at once. */
    private static final int MAX_DATAGRAM = 2048;

    private static final int DATAGRAMS_A_READ = 16;
    private static final int KERNEL_BUFFER = 8 << 20;
    /** What may wait in the process while the kernel's queue is full. */
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(1 << 20, 4 << 20);

    private static final UnpooledByteBufAllocator OUTGOING = new UnpooledByteBufAllocator(true, true, false);
    private static final int OUTGOING_BYTES = 192 << 10;
    private static final int EIO = 5;
    private static final int EINVAL = 22;

    private final NettyMediaLoop loop;
    private final DatagramHandler handler;
    private final UdpStatistics statistics;
    private final byte[] incoming = new byte[MAX_DATAGRAM];
    /** What waits for the next flush, one behind the other; small enough to stay in the processor's cache. */
    private ByteBuf outgoing = OUTGOING.directBuffer(OUTGOING_BYTES, OUTGOING_BYTES);

    private volatile boolean segments;
    private volatile Channel channel;
    private boolean reading;
    private boolean ipv6;

    UdpSocket(NettyMediaLoop loop, DatagramHandler handler, UdpStatistics statistics) {
        this.loop = loop;
        this.handler = handler;
        this.statistics = statistics;
        this.segments = loop.isEpoll() && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    void bind(InetAddress address, int from, int to) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.eventLoop())
                .channelFactory(loop.isEpoll() ? EpollDatagramChannel::new : NioDatagramChannel::new)
                .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER)
                .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                .option(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_DATAGRAM * (loop.isEpoll() ? DATAGRAMS_A_READ : 1)))
                .handler(this);
        if (loop.isEpoll()) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM);
        }
        for (int port = from; port <= to; port++) {
            ChannelFuture bound = address == null ? bootstrap.bind(port) : bootstrap.bind(address, port);
            bound.awaitUninterruptibly();
            if (bound.isSuccess()) {
                ipv6 = address == null ? isDualStack() : address instanceof Inet6Address;
                return;
            }
            if (!(bound.cause() instanceof BindException) && !isAddressInUse(bound.cause())) {
                throw new IOException(
                        "Cannot open UDP port " + port + " on " + text(address) + ": "
                                + bound.cause().getMessage(),
                        bound.cause());
            }
            if (address != null && !isLocal(address)) {
                throw new IOException(
                        "Cannot open UDP ports on " + text(address) + ": it is not an address of this machine",
                        bound.cause());
            }
        }
        throw new IOException("No UDP port from " + from + " to " + to + " is free on " + text(address));
    }

    private static boolean isAddressInUse(Throwable cause) {
        return cause instanceof ChannelException || cause instanceof NativeIoException;
    }

    private static boolean isLocal(InetAddress address) throws IOException {
        return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    private static String text(InetAddress address) {
        return address == null ? "any address" : address.getHostAddress();
    }

    private boolean isDualStack() {
        return !Boolean.getBoolean("java.net.preferIPv4Stack")
                && ((InetSocketAddress) channel.localAddress()).getAddress() instanceof Inet6Address;
    }

    /** Once for each port that is tried; the last one stays. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (channel == null) {
            loop.atRoundEnd(this::flush);
        }
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof DatagramPacket packet) {
                ByteBuf content = packet.content();
                int length = Math.min(content.readableBytes(), incoming.length);
                content.readBytes(incoming, 0, length);
                if (!reading) {
                    reading = true;
                    loop.begin();
                }
                received(packet.sender(), length);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(InetSocketAddress from, int length) {
        try {
            handler.received(from, incoming, length, loop.nowUs());
        } catch (RuntimeException e) {
            loop.failed("A datagram could not be handled", e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (reading) {
            reading = false;
            loop.end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        statistics.sendErrors.increment();
        if (segments
                && cause instanceof NativeIoException error
                && (error.expectedErr() == -EIO || error.expectedErr() == -EINVAL)) {
            segments = false;
            LOG.warning("This network cannot segment datagrams (" + error.getMessage() + "); sending one by one");
        }
    }

    @Override
    public boolean segments() {
        return segments;
    }

    @Override
    public void send(byte[] b, int off, int length, InetSocketAddress to) {
        if (accepts(length, 1)) {
            channel.write(new DatagramPacket(copy(b, off, length), to), channel.voidPromise());
            written();
        }
    }

    @Override
    public void sendSegmented(byte[] b, int off, int length, int segment, InetSocketAddress to) {
        if (accepts(length, (length + segment - 1) / segment)) {
            channel.write(new SegmentedDatagramPacket(copy(b, off, length), segment, to), channel.voidPromise());
            written();
        }
    }

    /** Outside of a round it leaves at once. */
    private void written() {
        if (!loop.isInRound()) {
            flush();
        }
    }

    private boolean accepts(int length, int datagrams) {
        if (!channel.isWritable() || !channel.isActive()) {
            statistics.notWritable.add(datagrams);
            return false;
        }
        statistics.sends.increment();
        statistics.datagramsSent.add(datagrams);
        statistics.bytesSent.add(length);
        return true;
    }

    private ByteBuf copy(byte[] b, int off, int length) {
        if (outgoing.writableBytes() < length) {
            flush();
        }
        int at = outgoing.writerIndex();
        outgoing.writeBytes(b, off, length);
        return outgoing.retainedSlice(at, length);
    }

    void flush() {
        channel.flush();
        if (outgoing.refCnt() == 1) {
            outgoing.clear();
        } else if (outgoing.writableBytes() < BatchSink.MAX_RUN) {
            // the kernel's queue is full: what it did not take stays where it is
            outgoing.release();
            outgoing = OUTGOING.directBuffer(OUTGOING_BYTES, OUTGOING_BYTES);
        }
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    boolean ipv6() {
        return ipv6;
    }

    String buffers() {
        return "send " + channel.config().getOption(ChannelOption.SO_SNDBUF) / 1024 + " KB, receive "
                + channel.config().getOption(ChannelOption.SO_RCVBUF) / 1024 + " KB";
    }

    void close() {
        if (channel != null) {
            channel.close().awaitUninterruptibly(5000);
        }
    }
}
