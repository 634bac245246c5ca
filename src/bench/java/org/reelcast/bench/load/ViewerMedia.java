package org.reelcast.bench.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ObjIntConsumer;
import org.reelcast.webrtc.client.RemoteParameters;
import org.reelcast.webrtc.srtp.SrtpReceiver;
import org.reelcast.webrtc.srtp.SrtpSender;

/** The packets of one viewer: counts them, decrypts some, reports. On the loop's thread. */
final class ViewerMedia {
    private static final int SAMPLE = 63;
    private static final int MAX_DATAGRAM = 2048;
    /** What the server sends before the handshake's thread here is done: it waits. */
    private static final int MAX_EARLY = 512;

    private static final long REPORT_US = 1_000_000;
    private static final int SENDER_REPORT = 200;

    private final ObjIntConsumer<byte[]> out;
    private final TrackCount video = new TrackCount(90_000);
    private final TrackCount audio = new TrackCount(48_000);
    private final RtcpBuffer rtcp = new RtcpBuffer();
    private final byte[] bytes = new byte[MAX_DATAGRAM];
    private final byte[] sealed = new byte[MAX_DATAGRAM];
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private RemoteParameters remote;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private final List<byte[]> early = new ArrayList<>();
    private final List<Long> earlyUs = new ArrayList<>();
    private long reportAtUs;
    private long lastReportUs;
    private int lastReport;
    private int count;
    private long keyUs;
    private long refused;
    private long repairs;

    /** @param out sends a datagram of that length */
    ViewerMedia(ObjIntConsumer<byte[]> out) {
        this.out = out;
    }

    void types(RemoteParameters side) {
        remote = side;
    }

    void start(SrtpSender outgoing, SrtpReceiver incoming) {
        sender = outgoing;
        receiver = incoming;
        for (int i = 0; i < early.size() && keyUs == 0; i++) {
            System.arraycopy(early.get(i), 0, bytes, 0, early.get(i).length);
            look(early.get(i).length, true, earlyUs.get(i));
        }
        early.clear();
        reportAtUs = WallClock.nowUs() + ThreadLocalRandom.current().nextLong(REPORT_US);
    }

    void rtp(ByteBuffer b, int at, int length, long timeUs) {
        int type = b.get(at + 1) & 0x7F;
        if (type == remote.videoType()) {
            count(video, b, at, length, timeUs);
        } else if (type == remote.audioType()) {
            count(audio, b, at, length, timeUs);
        } else {
            repairs += type == remote.rtxType() ? 1 : 0;
            return;
        }
        boolean searching = keyUs == 0 && type == remote.videoType();
        if (receiver == null && searching && early.size() < MAX_EARLY) {
            byte[] copy = new byte[length];
            b.get(at, copy, 0, length);
            early.add(copy);
            earlyUs.add(timeUs);
        } else if (receiver != null && ((count++ & SAMPLE) == 0 || searching)) {
            b.get(at, bytes, 0, length);
            look(length, searching, timeUs);
        }
    }

    private void look(int length, boolean searching, long timeUs) {
        int plain = receiver.unprotectRtp(bytes, 0, length);
        refused += plain < 0 ? 1 : 0;
        if (plain > 0 && searching && isKey(payload(), plain)) {
            keyUs = timeUs;
        }
    }

    /** Network order is a ByteBuffer's own; the memory here is in the machine's. */
    static void count(TrackCount track, ByteBuffer b, int at, int length, long timeUs) {
        int sequence = (b.get(at + 2) & 0xFF) << 8 | b.get(at + 3) & 0xFF;
        track.packet(sequence, networkInt(b, at + 4), networkInt(b, at + 8), length, timeUs);
    }

    private static int networkInt(ByteBuffer b, int at) {
        return (b.get(at) & 0xFF) << 24
                | (b.get(at + 1) & 0xFF) << 16
                | (b.get(at + 2) & 0xFF) << 8
                | b.get(at + 3) & 0xFF;
    }

    private int payload() {
        int at = 12 + 4 * (bytes[0] & 0x0F);
        return (bytes[0] & 0x10) == 0 ? at : at + 4 + 4 * ((bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF);
    }

    /** An IDR slice, its first fragment, or an aggregate that begins with an SPS. */
    private boolean isKey(int at, int end) {
        if (at + 4 > end) {
            return false;
        }
        int type = bytes[at] & 0x1F;
        return type == 5
                || type == 7
                || type == 24 && (bytes[at + 3] & 0x1F) == 7
                || type == 28 && (bytes[at + 1] & 0x9F) == 0x85;
    }

    void rtcp(byte[] b, int length, long timeUs) {
        int plain = receiver == null ? -1 : receiver.unprotectRtcp(b, 0, length);
        if (plain >= 16 && (b[1] & 0xFF) == SENDER_REPORT && ByteBuffer.wrap(b).getInt(4) == video.ssrc()) {
            lastReport = ByteBuffer.wrap(b).getInt(8) << 16 | ByteBuffer.wrap(b).getInt(12) >>> 16;
            lastReportUs = timeUs;
        }
    }

    void tick(long nowUs) {
        if (sender == null || !video.isSeen() || nowUs < reportAtUs) {
            return;
        }
        reportAtUs = nowUs + REPORT_US;
        rtcp.receiverReport(ssrc, audio.isSeen() ? 2 : 1);
        video.report(rtcp, lastReport, lastReport == 0 ? 0 : (int) ((nowUs - lastReportUs) * 65_536 / 1_000_000));
        if (audio.isSeen()) {
            audio.report(rtcp, 0, 0);
        }
        System.arraycopy(rtcp.array(), 0, sealed, 0, rtcp.length());
        int length = sender.protectRtcp(sealed, 0, rtcp.length());
        if (length > 0) {
            out.accept(sealed, length);
        }
    }

    TrackCount video() {
        return video;
    }

    TrackCount audio() {
        return audio;
    }

    /** When the first packet of a key frame came, 0 = not yet. */
    long keyUs() {
        return keyUs;
    }

    /** Packets of the sample that were not authentic. */
    long refused() {
        return refused;
    }

    /** Retransmissions. */
    long repairs() {
        return repairs;
    }
}
