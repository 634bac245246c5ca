package org.reelcast.codec.ffmpeg;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * A connection to an RTMP or RTMPS server that takes a stream, by FFmpeg. Each call blocks for as long as the limit
 * says at most, since FFmpeg asks again and again whether it is to give up. For one thread at a time.
 */
final class RtmpConnection implements AutoCloseable {
    /** One for the whole process: JavaCPP has room for few instances of a callback. */
    private static final AVIOInterruptCB.Callback_Pointer INTERRUPT = new Interrupt();
    /** The call that a thread is in. */
    private static final ThreadLocal<Call> CALLS = new ThreadLocal<>();

    private static final long FAREWELL_MS = 1_000;
    /** What waits in the socket: more would only come later. */
    private static final String SEND_BUFFER_BYTES = "262144";

    private final AVFormatContext context = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private final BooleanSupplier stopped;
    private final long limitMs;
    private boolean connected;
    private boolean broken;

    /** Whether a call is to be given up, asked by FFmpeg on the thread that is in it. */
    private static final class Call {
        private final BooleanSupplier stopped;
        private final long endNs;
        private boolean late;

        Call(BooleanSupplier stopped, long limitMs) {
            this.stopped = stopped;
            this.endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        }

        boolean isOver() {
            late |= System.nanoTime() - endNs > 0;
            return late || stopped.getAsBoolean();
        }
    }

    private static final class Interrupt extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer none) {
            Call call = CALLS.get();
            return call != null && call.isOver() ? 1 : 0;
        }
    }

    /** A call of FFmpeg's that may block. */
    interface Blocking {
        /** @return negative for an error */
        int run();
    }

    private RtmpConnection(BooleanSupplier stopped, long limitMs) {
        this.stopped = stopped;
        this.limitMs = limitMs;
    }

    /**
     * Connects, and has the server take a stream of that name.
     *
     * @param authorities certificates (PEM) one of which has to vouch for the RTMPS server of the URL's name; empty:
     *                    any certificate will do, or none
     * @param stopped     whether calls are to be given up at once
     * @throws FfmpegException with a sentence
     */
    static RtmpConnection open(RtmpAddress address, Optional<Path> authorities, BooleanSupplier stopped, long limitMs)
            throws FfmpegException {
        Ffmpeg.require();
        RtmpConnection connection = new RtmpConnection(stopped, limitMs);
        boolean done = false;
        try {
            connection.connect(address, authorities);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private void connect(RtmpAddress address, Optional<Path> authorities) throws FfmpegException {
        FfmpegException.check(
                "FFmpeg writes no FLV", avformat.avformat_alloc_output_context2(context, null, "flv", address.url()));
        AVIOInterruptCB interrupt = context.interrupt_callback();
        interrupt.callback(INTERRUPT);
        AVDictionary options = new AVDictionary(null);
        try {
            set(options, "rtmp_app", address.application());
            // the name that the server is known by, which need not be in the URL
            set(options, "rtmp_tcurl", address.server() + "/" + address.application());
            set(options, "rtmp_playpath", address.playPath());
            set(options, "rtmp_flashver", "FMLE/3.0 (compatible; Reelcast)");
            set(options, "tcp_nodelay", "1");
            set(options, "send_buffer_size", SEND_BUFFER_BYTES);
            authorities.ifPresent(file -> {
                set(options, "tls_verify", "1");
                set(options, "ca_file", file.toString());
            });
            String alternative = authorities.isPresent() ? " shows no trusted certificate for its name, or" : "";
            blocking(
                    address.server() + alternative + " does not take the stream",
                    () -> avformat.avio_open2(io, address.url(), avformat.AVIO_FLAG_WRITE, interrupt, options));
            connected = true;
        } finally {
            avutil.av_dict_free(options);
        }
        context.pb(io);
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
    }

    private static void set(AVDictionary options, String name, String value) {
        avutil.av_dict_set(options, name, value, 0);
    }

    AVFormatContext context() {
        return context;
    }

    /** @throws FfmpegException when it fails, or takes longer than the limit */
    void blocking(String failure, Blocking call) throws FfmpegException {
        Call guarded = new Call(stopped, limitMs);
        CALLS.set(guarded);
        int code;
        try {
            code = call.run();
        } finally {
            CALLS.remove();
        }
        if (code < 0) {
            broken = true;
            throw guarded.late
                    ? new FfmpegException(failure + ": it gave no answer for " + limitMs + " ms")
                    : FfmpegException.of(failure, code);
        }
    }

    /** Says farewell to a server that still listens; one that does not would be waited for once more. */
    @Override
    public void close() {
        if (connected) {
            CALLS.set(new Call(() -> broken, FAREWELL_MS));
            try {
                avformat.avio_closep(io);
            } finally {
                CALLS.remove();
            }
        }
        avformat.avformat_free_context(context);
    }
}
