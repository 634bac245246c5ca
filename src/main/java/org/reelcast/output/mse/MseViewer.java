package org.reelcast.output.mse;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.stream.StreamEnd;

/**
 * Sends a stream to one browser: one message at a time, and with the next one all that has become due until the browser
 * had the last. What a slow link does not carry is left out, up to the next key frame.
 */
@AnyThread
final class MseViewer {
    /** A message has at least one record, and others while there is room. */
    private static final int MAX_MESSAGE = 1 << 20;
    /** So long a message may be on its way, and so much wait behind it, before what waits is left out. */
    static final long SLOW_US = 1_000_000;

    static final long MAX_WAITING_US = 1_500_000;
    private static final int MAX_WAITING_BYTES = 32 << 20;
    /** A browser that does not have a message after this is gone. */
    static final long LOST_US = 20_000_000;
    /** Browsers begin when they have so much. */
    private static final long BEGIN_US = 2_200_000;
    /** So much later than expected may a browser have come to the end. */
    static final long END_MARGIN_US = 500_000;
    /** Times are 31 bits of ms: 24 days. */
    private static final long LONGEST_US = (Integer.MAX_VALUE - 60_000L) * 1000;

    private final MediaSocket socket;
    private final MediaLoop loop;
    private final Listener listener;
    private final ViewerTimeline line;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long sentPictureEndUs;
    private long sentSoundEndUs;
    private boolean underWay;
    private long sentAtUs;
    private long begunAtUs = Long.MIN_VALUE;
    private MediaUnit.Look look;
    private StreamEnd end;
    private boolean over;
    private long messages;
    private long skips;

    private record Item(boolean picture, long timeUs, long endUs, byte[] body) {}

    /** Is told what becomes of the viewer. */
    @OnLoop
    interface Listener {

        void onResized(int width, int height);

        /** Something is wrong with the stream, which goes on. @param what a sentence for users */
        void onProblem(String what);

        /** The last call, unless the viewer was closed. */
        void onEnd(StreamEnd how);
    }

    /** Places the units, see {@link ViewerTimeline}. */
    interface Placing {
        ViewerTimeline on(ViewerTimeline.Target target);
    }

    /** @param loop for its clock and timers */
    MseViewer(MediaSocket socket, MediaLoop loop, Placing placing, Listener listener) {
        this.socket = socket;
        this.loop = loop;
        this.listener = listener;
        this.line = placing.on(this::place);
        watch();
    }

    private synchronized void watch() {
        if (over) {
            return;
        }
        if (underWay && loop.nowUs() - sentAtUs > LOST_US) {
            tell(StreamEnd.failed(StatusText.MEDIA_SOCKET_LOST));
        } else {
            loop.at(loop.nowUs() + LOST_US / 4, this::watch);
        }
    }

    /** The next unit of the stream; it leaves with {@link #flush}. */
    synchronized void take(MediaUnit unit) {
        if (over || end != null) {
            return;
        }
        if (unit.isPicture() && unit.look() != look) {
            MediaUnit.Look now = unit.look();
            if (look == null || look.width() != now.width() || look.height() != now.height()) {
                loop.execute(() -> listener.onResized(now.width(), now.height()));
            }
            look = now;
        }
        line.take(unit, loop.nowUs());
        if (isTooSlow()) {
            skips++;
            waiting.clear();
            waitingBytes = 0;
            line.goOnFrom(sentPictureEndUs, sentSoundEndUs);
        }
    }

    private boolean isTooSlow() {
        if (!underWay || waiting.isEmpty()) {
            return false;
        }
        return waitingBytes > MAX_WAITING_BYTES
                || loop.nowUs() - sentAtUs > SLOW_US
                        && waiting.getLast().timeUs() - waiting.getFirst().timeUs() > MAX_WAITING_US;
    }

    private void place(boolean picture, long timeUs, long endUs, byte[] body) {
        waiting.add(new Item(picture, timeUs, endUs, body));
        waitingBytes += Records.HEAD_BYTES + body.length;
    }

    /** Sends what waits, unless a message is on its way. */
    synchronized void flush() {
        if (over || underWay) {
            return;
        }
        if (waiting.isEmpty()) {
            finish();
            return;
        }
        int size = 0;
        int count = 0;
        for (Item item : waiting) {
            int length = Records.HEAD_BYTES + item.body().length;
            if (count > 0 && size + length > MAX_MESSAGE) {
                break;
            }
            size += length;
            count++;
        }
        byte[] message = new byte[size];
        int at = 0;
        for (; count > 0; count--) {
            Item item = waiting.remove();
            at = put(item, message, at);
        }
        waitingBytes -= size;
        underWay = true;
        sentAtUs = loop.nowUs();
        messages++;
        socket.send(ByteBuffer.wrap(message));
        if (Math.max(sentPictureEndUs, sentSoundEndUs) > LONGEST_US) {
            tell(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        }
    }

    private int put(Item item, byte[] message, int at) {
        // each time is rounded for itself, so that nothing adds up
        int timeMs = (int) Math.round(item.timeUs() / 1000.0);
        Records.putHead(message, at, item.picture(), timeMs, item.body().length);
        System.arraycopy(item.body(), 0, message, at + Records.HEAD_BYTES, item.body().length);
        if (item.picture()) {
            sentPictureEndUs = Math.max(sentPictureEndUs, item.endUs());
        } else {
            sentSoundEndUs = Math.max(sentSoundEndUs, item.endUs());
        }
        return at + Records.HEAD_BYTES + item.body().length;
    }

    /** The browser has the message that was on its way. */
    synchronized void received() {
        underWay = false;
        if (begunAtUs == Long.MIN_VALUE && Math.max(sentPictureEndUs, sentSoundEndUs) >= BEGIN_US) {
            begunAtUs = loop.nowUs();
        }
        flush();
    }

    @OnLoop
    void problem(String what) {
        listener.onProblem(what);
    }

    /** Nothing more comes; the viewer is to see all of it first. */
    synchronized void end(StreamEnd how) {
        if (end == null) {
            end = how;
            flush();
        }
    }

    private void finish() {
        if (end == null || over) {
            return;
        }
        long lastUs = Math.max(sentPictureEndUs, sentSoundEndUs);
        long seenUs = begunAtUs == Long.MIN_VALUE ? loop.nowUs() : begunAtUs + lastUs + END_MARGIN_US;
        StreamEnd how = end;
        over = true;
        loop.at(seenUs, () -> listener.onEnd(how));
    }

    /** Ends at once. */
    synchronized void stop(StreamEnd how) {
        if (!over) {
            tell(how);
        }
    }

    private void tell(StreamEnd how) {
        over = true;
        loop.execute(() -> listener.onEnd(how));
    }

    /** Sends nothing more. */
    synchronized void close() {
        over = true;
        waiting.clear();
    }

    /** How it was, for the log. */
    synchronized String summary() {
        return Math.max(sentPictureEndUs, sentSoundEndUs) / 1000 + " ms in " + messages + " messages"
                + (skips == 0 ? "" : ", skipped " + skips + " times as its link is too slow");
    }
}
