package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers that take a stream by RTMP, or something else by TCP. */
public final class RtmpServers {
    private static final int TRIES = 200;

    private RtmpServers() {}

    /** FFmpeg's own, which writes what it gets to {@code file} and ends with the first stream. */
    public static Process ffmpeg(int port, Path file) throws IOException {
        return new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-y",
                        "-listen",
                        "1",
                        "-i",
                        url(port),
                        "-c",
                        "copy",
                        "-f",
                        "flv",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static String url(int port) {
        return "rtmp://127.0.0.1:" + port + "/live/test";
    }

    public static RtmpAddress address(int port) {
        return new RtmpAddress(url(port), "live", "test", "rtmp://127.0.0.1:" + port);
    }

    /** A connection to a server that is about to listen. */
    public static RtmpPublisher connect(int port, long limitMs) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return RtmpPublisher.connect(address(port), Optional.empty(), () -> false, limitMs);
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException("The server does not listen");
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Passes one connection on to another port, until it is told to read no more. */
    public static final class Relay implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private volatile boolean reading = true;

        public Relay(int to) throws IOException {
            thread(() -> {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                thread(() -> copy(server, client));
                copy(client, server);
            });
        }

        private interface Work {
            void run() throws Exception;
        }

        private static void thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Exception closed) {
                    // the test is over
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private void copy(Socket from, Socket to) throws Exception {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[4096];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
                while (!reading) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        }

        public int port() {
            return socket.getLocalPort();
        }

        public void stopReading() {
            reading = false;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
