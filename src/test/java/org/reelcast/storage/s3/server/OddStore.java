package org.reelcast.storage.s3.server;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store of one object that answers as it likes: each connection gets one answer, then it is closed. */
public final class OddStore implements Closeable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    /**
     * What was asked.
     *
     * @param number  counted from 1
     * @param headers names in lower case
     * @param from    of the range, 0 without
     * @param to      behind the last byte of the range, {@link Integer#MAX_VALUE} without
     */
    public record Request(int number, String line, Map<String, String> headers, int from, int to) {}

    /** Writes an answer. */
    public interface Answer {
        void write(Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Answer answer;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public OddStore(Answer answer) throws IOException {
        this.answer = answer;
        Thread thread = new Thread(this::accept, "odd-store");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> serve(socket), "odd-store");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String line = in.readLine();
            Map<String, String> headers = new TreeMap<>();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
            Matcher range = RANGE.matcher(headers.getOrDefault("range", ""));
            boolean ranged = range.matches();
            Request request = new Request(
                    requests.size() + 1,
                    line,
                    headers,
                    ranged ? Integer.parseInt(range.group(1)) : 0,
                    ranged ? Integer.parseInt(range.group(2)) + 1 : Integer.MAX_VALUE);
            requests.add(request);
            answer.write(request, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the other side has hung up
            return;
        }
    }

    /** The head of a proper answer of so many bytes. */
    public static String head(Request request, int total, String etag, long contentLength) {
        int to = Math.min(request.to(), total);
        return "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nETag: \"" + etag + "\"\r\nContent-Range: bytes "
                + request.from() + "-" + (to - 1) + "/" + total + "\r\nContent-Length: " + contentLength + "\r\n\r\n";
    }

    /** A proper answer. */
    public static void serve(Request request, OutputStream out, byte[] object, String etag) throws IOException {
        int to = Math.min(request.to(), object.length);
        out.write(head(request, object.length, etag, to - request.from()).getBytes(StandardCharsets.ISO_8859_1));
        out.write(object, request.from(), to - request.from());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** Sends head lines or whatever else is text. */
    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
