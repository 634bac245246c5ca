package org.reelcast.webrtc.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;

/** Counts a client's streams, asks for what is missing, and reports. On the client's network thread. */
public final class ClientMedia {
    private static final long FEEDBACK_MS = 20;
    private static final long REPORT_US = 1_000_000;

    private final ClientOptions options;
    private final Consumer<byte[]> out;
    private final StreamView video = new StreamView();
    private final StreamView audio = new StreamView();
    private final ClientRtcp rtcp = new ClientRtcp(ThreadLocalRandom.current().nextInt());
    private RemoteParameters remote;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private ScheduledFuture<?> feedback;
    private int videoSsrc;
    private int packets;
    private int lastReport;
    private long lastReportUs;
    private long reportedUs;
    private long refused;
    private long repairs;

    ClientMedia(ClientOptions options, Consumer<byte[]> out) {
        this.options = options;
        this.out = out;
    }

    void types(RemoteParameters side) {
        remote = side;
    }

    void start(SrtpSender out, SrtpReceiver in, ScheduledExecutorService loop) {
        sender = out;
        receiver = in;
        feedback = loop.scheduleAtFixedRate(this::feedback, FEEDBACK_MS, FEEDBACK_MS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (feedback != null) {
            feedback.cancel(false);
        }
    }

    void rtp(byte[] b, int length, long nowUs) {
        int type = b[1] & 0x7F;
        int sequence = (b[2] & 0xFF) << 8 | b[3] & 0xFF;
        boolean marker = (b[1] & 0x80) != 0;
        boolean rtx = type == remote.rtxType();
        boolean open = rtx || packets++ % options.decryptEvery() == 0 || video.keyUs() == 0;
        int plain = 0;
        if (open && receiver != null) {
            plain = receiver.unprotectRtp(b, 0, length);
            if (plain < 0) {
                refused++;
                return;
            }
        }
        count(b, type, sequence, marker, rtx, plain, nowUs);
        if (plain > 0) {
            options.received().rtp(b, plain);
        }
    }

    private void count(byte[] b, int type, int sequence, boolean marker, boolean rtx, int plain, long nowUs) {
        if (type == remote.videoType()) {
            videoSsrc = word(b, 8);
            video.packet(sequence, marker, plain > 0 && isKey(b, payload(b), plain), nowUs);
        } else if (type == remote.audioType()) {
            audio.packet(sequence, marker, false, nowUs);
        } else if (rtx && plain > 0) {
            int at = payload(b);
            repairs++;
            video.repaired((b[at] & 0xFF) << 8 | b[at + 1] & 0xFF);
        }
    }

    private static int payload(byte[] b) {
        int at = 12 + 4 * (b[0] & 0x0F);
        return (b[0] & 0x10) == 0 ? at : at + 4 + 4 * ((b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF);
    }

    /** Whether a key frame begins: an IDR slice, its first fragment, or an aggregate that starts with an SPS. */
    private static boolean isKey(byte[] b, int at, int end) {
        if (at + 4 > end) {
            return false;
        }
        int type = b[at] & 0x1F;
        return type == 5
                || type == 7
                || type == 24 && (b[at + 3] & 0x1F) == 7
                || type == 28 && (b[at + 1] & 0x9F) == 0x85;
    }

    void rtcp(byte[] b, int length, long nowUs) {
        if (receiver == null) {
            return;
        }
        int plain = receiver.unprotectRtcp(b, 0, length);
        if (plain < 0) {
            refused++;
            return;
        }
        options.received().rtcp(b, plain);
        for (int at = 0; at + 8 <= plain; at += 4 + 4 * ((b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF)) {
            if ((b[at + 1] & 0xFF) == 200 && word(b, at + 4) == videoSsrc) {
                lastReport = word(b, at + 8) << 16 | word(b, at + 12) >>> 16;
                lastReportUs = nowUs;
            }
        }
    }

    private void feedback() {
        long nowUs = MonotonicClock.nowUs();
        List<Integer> lost = options.nack() ? lost() : List.of();
        if (!lost.isEmpty()) {
            send(rtcp.report().nack(videoSsrc, lost));
        } else if (nowUs - reportedUs > REPORT_US && videoSsrc != 0) {
            reportedUs = nowUs;
            int delay = lastReport == 0 ? 0 : (int) ((nowUs - lastReportUs) * 65_536 / 1_000_000);
            send(rtcp.report(videoSsrc, video.highestSequence(), lastReport, delay));
        }
    }

    private List<Integer> lost() {
        List<Integer> lost = new ArrayList<>();
        for (long gap = video.gap(0); gap >= 0 && lost.size() < 100; gap = video.gap(gap + 1)) {
            lost.add(video.sequence(gap));
        }
        return lost;
    }

    void pictureLoss() {
        send(rtcp.report().pictureLoss(videoSsrc));
    }

    private void send(ClientRtcp compound) {
        sendRtcp(compound.array(), 0, compound.length());
    }

    /** Encrypts and sends a packet. */
    void sendRtp(byte[] plain, int offset, int length) {
        byte[] b = Arrays.copyOfRange(plain, offset, offset + length + 20);
        out.accept(Arrays.copyOf(b, sender.protectRtp(b, 0, length)));
    }

    /** Encrypts and sends a compound. */
    void sendRtcp(byte[] plain, int offset, int length) {
        byte[] b = Arrays.copyOfRange(plain, offset, offset + length + 20);
        out.accept(Arrays.copyOf(b, sender.protectRtcp(b, 0, length)));
    }

    private static int word(byte[] b, int at) {
        return b[at] << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF;
    }

    public StreamView video() {
        return video;
    }

    public StreamView audio() {
        return audio;
    }

    /** Packets that were not authentic or came twice. */
    public long refused() {
        return refused;
    }

    /** Retransmissions that came by RTX. */
    public long repairs() {
        return repairs;
    }
}
