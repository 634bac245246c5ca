package org.reelcast.rtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reelcast.media.Codec;

/**
 * A film to one viewer over a narrow link, in virtual time: 30 frames a second, 2.4 Mbit/s on the wire, a key frame of
 * 100 KB every two seconds, sound of 64 kbit/s. Notes what the viewer is told and what arrives whole.
 */
final class NarrowLinkPlayback {
    static final long FRAME_US = 33_333;
    static final int KEY_INTERVAL = 60;
    private static final long SOUND_US = 20_000;
    private static final long DELAY_US = 20_000;
    private static final RtpTrackConfig VIDEO =
            RtpTrackConfig.of(Codec.H264, 102, 0x1234567, 100, 0).withNack().withRtx(103, 0x7654321, 500);
    private static final RtpTrackConfig SOUND = RtpTrackConfig.of(Codec.OPUS, 111, 0x2222222, 100, 0);

    /** What happened to one frame. */
    static final class Sent {
        private final boolean key;
        private final int packets;
        private final Set<Integer> arrived = new HashSet<>();
        private boolean taken;
        private long wholeUs = Long.MAX_VALUE;

        boolean isKey() {
            return key;
        }

        /** Whether it was not left out. */
        boolean wasTaken() {
            return taken;
        }

        /** {@link Long#MAX_VALUE} when it never was. */
        long wholeUs() {
            return wholeUs;
        }

        private Sent(RtpFrame frame) {
            this.key = frame.isKey();
            this.packets = frame.packets();
        }
    }

    final NarrowNetwork forward;
    final RtpSession session;
    final List<Sent> frames = new ArrayList<>();
    final List<Long> shortagesUs = new ArrayList<>();
    final List<Long> recoveriesUs = new ArrayList<>();
    int mostQueued;
    /** The film's size, of 100. */
    int percent = 100;
    /** Of what it is to be had in, too; 0 for nothing. */
    int smallerPercent;

    final List<Long> smallerUs = new ArrayList<>();
    final List<Long> largerUs = new ArrayList<>();
    private boolean small;
    private boolean wantsSmall;
    private final FakeNetwork back = new FakeNetwork(2, 0, 0, DELAY_US, 0);
    /** As a browser that knows the round trip with a full queue. */
    private final FakeBrowser browser = new FakeBrowser(VIDEO, 2 * DELAY_US + 300_000);

    private final Map<Integer, Sent> byTimestamp = new HashMap<>();
    private final boolean disposables;
    private final List<Boolean> sounds = new ArrayList<>();
    private long nowUs;
    private long deadlineUs;
    private long estimateBps;
    private long estimateUs;

    /** @param disposables whether every other frame is one that nothing depends on */
    NarrowLinkPlayback(NarrowNetwork forward, boolean disposables) {
        this.forward = forward;
        this.disposables = disposables;
        session = new RtpSession(new RtpSessionConfig(VIDEO, SOUND, "reel", 1_700_000_000_000_000L));
    }

    /** The film is to be had smaller, from now on; it changes its size at key frames. */
    NarrowLinkPlayback alsoSmaller(int of, int to) {
        percent = of;
        smallerPercent = to;
        session.rungs(true, false, false, nowUs);
        return this;
    }

    static NarrowNetwork link(long bitsPerSecond, double loss) {
        return new NarrowNetwork(bitsPerSecond, 300_000, DELAY_US, loss);
    }

    /** From now on the viewer sends this estimate, each second. */
    void estimate(long bitsPerSecond) {
        estimateBps = bitsPerSecond;
    }

    /** Plays on. */
    NarrowLinkPlayback until(long seconds) {
        for (long endUs = seconds * 1_000_000; nowUs < endUs; nowUs = nextUs()) {
            forward.at(nowUs);
            back.at(nowUs);
            source();
            for (FakeNetwork.Packet p; (p = forward.arrived(nowUs)) != null; ) {
                browser.onPacket(p, nowUs);
                note(p.bytes(), p.rtcp());
            }
            browser.poll(nowUs, back);
            if (estimateBps > 0 && nowUs >= estimateUs) {
                estimateUs = nowUs + 1_000_000;
                back.send(remb(estimateBps), true);
            }
            for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null; ) {
                int flags = session.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                if ((flags & RtpSession.SHORTAGE) != 0) {
                    shortagesUs.add(nowUs);
                }
                if ((flags & RtpSession.RECOVERY) != 0) {
                    recoveriesUs.add(nowUs);
                }
                if ((flags & RtpSession.SMALLER) != 0) {
                    smallerUs.add(nowUs);
                    wantsSmall = true;
                }
                if ((flags & RtpSession.LARGER) != 0) {
                    largerUs.add(nowUs);
                    wantsSmall = false;
                }
            }
            deadlineUs = session.poll(nowUs, forward);
            mostQueued = Math.max(mostQueued, session.statistics().queuedBytes());
        }
        return this;
    }

    private void source() {
        while (frames.size() * FRAME_US <= nowUs) {
            int i = frames.size();
            boolean key = i % KEY_INTERVAL == 0;
            if (key && small != wantsSmall) {
                small = wantsSmall;
                session.rungs(!small, small, true, nowUs);
            }
            int header = key ? 0x65 : disposables && i % 2 == 1 ? 0x01 : 0x41;
            RtpFrame frame = Packetizers.of(Codec.H264)
                    .packetize(TestFrames.video(
                            TestFrames.VIDEO,
                            key,
                            i * FRAME_US,
                            TestFrames.nal(header, (key ? 1_000 : 80) * (small ? smallerPercent : percent), i)));
            Sent sent = new Sent(frame);
            frames.add(sent);
            byTimestamp.put((int) (i * FRAME_US * 9 / 100), sent);
            sent.taken = session.enqueue(frame, i * FRAME_US, nowUs);
        }
        while (sounds.size() * SOUND_US <= nowUs) {
            long timeUs = sounds.size() * SOUND_US;
            sounds.add(false);
            session.enqueue(TestFrames.cutAudio(timeUs, 160), timeUs, nowUs);
        }
    }

    private long nextUs() {
        long next = Math.min(frames.size() * FRAME_US, sounds.size() * SOUND_US);
        next = Math.min(Math.min(next, deadlineUs), Math.min(forward.nextUs(), back.nextUs()));
        return Math.max(nowUs + 1, Math.min(next, browser.nextUs()));
    }

    /** A packet that arrived. */
    private void note(byte[] b, boolean rtcp) {
        int ssrc = word(b, 8);
        if (rtcp) {
            return;
        }
        if (ssrc == SOUND.ssrc()) {
            sounds.set((int) ((word(b, 4) & 0xffffffffL) / 960), true);
            return;
        }
        Sent sent = byTimestamp.get(word(b, 4));
        sent.arrived.add(ssrc == VIDEO.ssrc() ? half(b, 2) : half(b, 12));
        if (sent.wholeUs == Long.MAX_VALUE && sent.arrived.size() == sent.packets) {
            sent.wholeUs = nowUs;
        }
    }

    /** The part of the sound due between two moments that arrived. */
    double soundArrived(long fromSecond, long toSecond) {
        List<Boolean> part = sounds.subList((int) (fromSecond * 50), (int) (toSecond * 50));
        return part.stream().filter(arrived -> arrived).count() / (double) part.size();
    }

    /** Frames due between two moments. */
    List<Sent> due(long fromSecond, long toSecond) {
        return frames.subList((int) (fromSecond * 30), (int) (toSecond * 30));
    }

    SendLevel level() {
        return session.link().level();
    }

    private static byte[] remb(long bitsPerSecond) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        long mantissa = bitsPerSecond >> exponent;
        byte[] b = new byte[24];
        put(b, 0, 0x8fce0005);
        put(b, 12, RtcpReader.REMB);
        put(b, 16, 1 << 24 | exponent << 18 | (int) mantissa);
        put(b, 20, VIDEO.ssrc());
        return b;
    }

    private static void put(byte[] b, int at, int value) {
        for (int i = 0; i < 4; i++) {
            b[at + i] = (byte) (value >> 24 - 8 * i);
        }
    }

    private static int word(byte[] b, int at) {
        return half(b, at) << 16 | half(b, at + 2);
    }

    private static int half(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }
}
