package org.reelcast.webrtc.client;

import java.util.HexFormat;
import java.util.Random;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rtp.FlatSink;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;

/**
 * A camera and a microphone without a picture: 25 numbered frames and 50 of sound a second, a key frame first and when
 * asked. Looks like H.264 and Opus to everything but a decoder. On the client's network thread.
 */
public final class ClientCamera extends FlatSink implements Received {
    /** 1280x720, high profile. */
    private static final byte[] SPS = HexFormat.of().parseHex("6764001facd9405005bb0110000003001000000303c0f1831960");

    private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
    private static final Format VIDEO = Format.video(Codec.H264, 1280, 720, 0);
    private static final Format AUDIO = Format.audio(Codec.OPUS, 2);
    private static final long TICK_MS = 10;
    private static final long FRAME_US = 40_000;
    private static final long SOUND_US = 20_000;

    private final RtpSession session = new RtpSession(new RtpSessionConfig(
            RtpTrackConfig.of(Codec.H264, ClientOffer.H264, 0x1111, 65_000, 0xfff00000)
                    .withNack()
                    .withRtx(ClientOffer.RTX, 0x2222, 7),
            RtpTrackConfig.of(Codec.OPUS, ClientOffer.OPUS, 0x3333, 65_500, 77),
            "camera",
            MonotonicClock.wallClockAtZeroUs()));
    private final boolean video;
    private final boolean audio;
    private final double loss;
    private final int frameBytes;
    private final Random random = new Random(1);
    private final LightClient client;
    private long startUs;
    private long jumpUs;
    private volatile int pictures;
    private volatile int sounds;
    private volatile int keyFrames;
    private volatile boolean paused;
    private boolean keyNext = true;

    /**
     * @param loss       how much of what is sent is lost, 0 to 1
     * @param frameBytes the size of a frame that is no key frame
     */
    public ClientCamera(ClientNetwork network, boolean video, boolean audio, double loss, int frameBytes) {
        this.video = video;
        this.audio = audio;
        this.loss = loss;
        this.frameBytes = frameBytes;
        client = new LightClient(network, ClientOptions.sending(video, audio, this));
    }

    public LightClient client() {
        return client;
    }

    /** Films as soon as the transport stands. */
    public ClientCamera accept(String answer) {
        client.accept(answer);
        client.every(TICK_MS, this::tick);
        return this;
    }

    private void tick() {
        long nowUs = MonotonicClock.nowUs();
        startUs = startUs == 0 ? nowUs : startUs;
        while (!paused && startUs + pictures * FRAME_US <= nowUs) {
            capture(pictures, nowUs);
            pictures++;
        }
        while (!paused && startUs + sounds * SOUND_US <= nowUs) {
            if (audio) {
                enqueue(new Frame(AUDIO, 0, 0, true, nal(0xfc, 120, sounds)), startUs + sounds * SOUND_US, nowUs);
            }
            sounds++;
        }
        session.poll(nowUs, this);
    }

    private void capture(int number, long nowUs) {
        if (!video) {
            return;
        }
        boolean key = keyNext;
        keyNext = false;
        keyFrames += key ? 1 : 0;
        enqueue(
                key
                        ? new Frame(VIDEO, 0, 0, true, Slice.of(SPS), Slice.of(PPS), nal(0x65, 12_000, number))
                        : new Frame(VIDEO, 0, 0, false, nal(0x41, frameBytes, number)),
                startUs + number * FRAME_US,
                nowUs);
    }

    private void enqueue(Frame frame, long timeUs, long nowUs) {
        session.enqueue(Packetizers.of(frame.format().codec()).packetize(frame), timeUs + jumpUs, nowUs);
    }

    /** A slice with first_mb_in_slice 0 that carries a number. */
    private static Slice nal(int header, int length, int number) {
        byte[] nal = new byte[length];
        nal[0] = (byte) header;
        nal[1] = (byte) 0x88;
        nal[2] = (byte) (number >> 8);
        nal[3] = (byte) number;
        return Slice.of(nal);
    }

    /** The number that a frame of a camera carries. */
    public static int number(Frame frame) {
        Slice last = frame.slice(frame.slices() - 1);
        return (last.array()[last.offset() + 2] & 0xff) << 8 | last.array()[last.offset() + 3] & 0xff;
    }

    /** From now on all timestamps are this much later; any thread. */
    public void setClock(long forwardUs) {
        client.run(() -> jumpUs += forwardUs);
    }

    /** Sends no more media, or again. */
    public void pause(boolean on) {
        paused = on;
    }

    public int pictures() {
        return pictures;
    }

    public int sounds() {
        return sounds;
    }

    public int keyFrames() {
        return keyFrames;
    }

    @Override
    public void rtcp(byte[] b, int length) {
        keyNext |= (session.onRtcp(b, 0, length, MonotonicClock.nowUs()) & RtpSession.KEY_FRAME) != 0;
    }

    @Override
    public void commitRtp(int length) {
        if (random.nextDouble() >= loss) {
            client.media().sendRtp(array(), 0, length);
        }
    }

    @Override
    public void commitRtcp(int length) {
        client.media().sendRtcp(array(), 0, length);
    }
}
