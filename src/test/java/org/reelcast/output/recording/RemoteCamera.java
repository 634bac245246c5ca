package org.reelcast.output.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.reelcast.bitstream.h264.StartCodes;
import org.reelcast.codec.ffmpeg.FfmpegEncoderKind;
import org.reelcast.codec.ffmpeg.H264Decoder;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rtp.FakeNetwork;
import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.receive.ReceiveStatistics;
import org.reelcast.rtp.receive.ReceiveTrackConfig;
import org.reelcast.rtp.receive.RtpReceiver;
import org.reelcast.rtp.receive.RtpReceiverConfig;
import org.reelcast.rtp.receive.RtpReceiverListener;
import org.reelcast.stream.TestStreams;

/**
 * A browser that films a take, encodes it as it goes, key frames only when asked, and sends it over a bad network to
 * the server's receive side, which publishes it in a {@link RecordingFixture}. In virtual time, from the first packet to the
 * film.
 */
final class RemoteCamera implements Closeable, PacketSink {
    private static final long DELAY_US = 30_000;
    private static final long REORDER_US = 15_000;
    private static final int QUANTIZER = 20;
    /** As browsers negotiate it: what is lost of the picture is sent again, of the sound not. */
    private static final RtpTrackConfig VIDEO = RtpTrackConfig.of(Codec.H264, 102, 0x1111, 65_000, 0xfff00000)
            .withNack()
            .withRtx(103, 0x2222, 1);

    private static final RtpTrackConfig AUDIO = RtpTrackConfig.of(Codec.OPUS, 111, 0x3333, 65_500, 77);
    private static final ReceiveTrackConfig IN_VIDEO =
            new ReceiveTrackConfig(Codec.H264, new int[] {102}, 103, 0, 0, true, 600_000);
    private static final ReceiveTrackConfig IN_AUDIO =
            new ReceiveTrackConfig(Codec.OPUS, new int[] {111}, RtpTrackConfig.NONE, 0, 0, false, 60_000);

    private final RecordingFixture studio;
    private final PublishedClip take;
    private final FakeNetwork there;
    private final FakeNetwork back;
    private final RtpSession session =
            new RtpSession(new RtpSessionConfig(VIDEO, AUDIO, "cam", 1_700_000_000_000_000L));
    private final RtpReceiver receiver;
    private final H264Decoder film;
    private final long startUs;
    private H264Encoder encoder;
    private int next;
    private boolean keyNext = true;
    /** From when to when nothing gets through, by the film's time. */
    private long deadFromUs = Long.MAX_VALUE;

    private long deadUntilUs = Long.MAX_VALUE;
    private long pictureLateUs;
    private long soundLateUs;
    private long reportsFromUs = Long.MIN_VALUE;
    private long jumpAtUs = Long.MAX_VALUE;
    private long jumpUs;
    private long nowUs;
    private int keyFrames;
    /** Times in the film of sound that waits to be sent, of packets by SSRC and sequence number, of those that came. */
    private final Queue<Long> sounds = new ArrayDeque<>();

    private final Map<Long, Long> packets = new HashMap<>();
    private final Set<Long> heard = new HashSet<>();

    /**
     * @param seed of what is lost and what comes late
     * @param loss how much is lost, either way
     */
    RemoteCamera(RecordingFixture studio, PublishedClip take, long seed, double loss) throws IOException {
        this.studio = studio;
        this.take = take;
        there = new FakeNetwork(2 * seed + 1, loss, loss / 5, DELAY_US, REORDER_US);
        back = new FakeNetwork(2 * seed + 2, loss, loss / 5, DELAY_US, REORDER_US);
        receiver = new RtpReceiver(
                new RtpReceiverConfig(IN_VIDEO, IN_AUDIO, 0x77, "reel", true, 3_000_000, 20_000_000),
                new RtpReceiverListener() {
                    @Override
                    public void onFrame(Frame frame) {
                        TestStreams.publish(studio.stream, frame);
                    }

                    @Override
                    public void onInStep(long pictureUs) {
                        studio.stream.inStep(pictureUs);
                    }
                });
        film = H264Decoder.openInOrder();
        nowUs = studio.loop.nowUs();
        startUs = nowUs;
    }

    /** For a while nothing gets through, not even what is sent again. */
    RemoteCamera dead(long fromUs, long untilUs) {
        deadFromUs = fromUs;
        deadUntilUs = untilUs;
        return this;
    }

    /** The camera gives its pictures so long after they were taken; negative: the microphone its sound. */
    RemoteCamera late(long us) {
        pictureLateUs = Math.max(0, us);
        soundLateUs = Math.max(0, -us);
        return this;
    }

    /** Sends no reports before; Chromium sends those of its sound after two seconds and more. */
    RemoteCamera reportsFrom(long us) {
        reportsFromUs = us;
        return this;
    }

    /** From {@code atUs} of the film on all timestamps are so much later, or earlier. */
    RemoteCamera clockSet(long atUs, long byUs) {
        jumpAtUs = atUs;
        jumpUs = byUs;
        return this;
    }

    /** Films all of the take and records it. */
    RecordEnd film() throws Exception {
        Recorder recorder = studio.record();
        List<Frame> order = new ArrayList<>(take.frames());
        order.sort(Comparator.comparingLong(this::dueUs));
        long endUs = startUs + dueUs(order.get(order.size() - 1)) + 2_000_000;
        while (nowUs < endUs) {
            there.at(nowUs);
            back.at(nowUs);
            while (next < order.size() && startUs + dueUs(order.get(next)) <= nowUs) {
                capture(order.get(next++));
            }
            for (FakeNetwork.Packet p; (p = there.arrived(nowUs)) != null; ) {
                if (p.rtcp()) {
                    receiver.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                } else {
                    heard.add(packets.get(sequence(p.bytes())));
                    receiver.onRtp(p.bytes(), 0, p.bytes().length, nowUs);
                }
            }
            long receiveUs = receiver.poll(nowUs, back);
            for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null; ) {
                keyNext |= (session.onRtcp(p.bytes(), 0, p.bytes().length, nowUs) & RtpSession.KEY_FRAME) != 0;
            }
            long sendUs = session.poll(nowUs, this);
            long captureUs = next < order.size() ? startUs + dueUs(order.get(next)) : Long.MAX_VALUE;
            nowUs = Math.max(
                    nowUs + 1,
                    Math.min(
                            Math.min(Math.min(sendUs, receiveUs), captureUs),
                            Math.min(Math.min(there.nextUs(), back.nextUs()), endUs)));
            studio.loop.runUntil(nowUs);
        }
        return studio.stop(recorder);
    }

    private long dueUs(Frame frame) {
        return frame.presentationTimeUs() + (frame.isVideo() ? pictureLateUs : soundLateUs);
    }

    private void capture(Frame frame) throws IOException {
        if (!frame.isVideo()) {
            sounds.add(frame.presentationTimeUs());
            send(frame, frame.presentationTimeUs());
            return;
        }
        Slice[] units = new Slice[frame.slices()];
        Arrays.setAll(units, frame::slice);
        film.send(units, frame.presentationTimeUs());
        while (film.receive()) {
            long timeUs = film.pts();
            if (encoder == null) {
                encoder = H264Encoder.open(FfmpegEncoderKind.OPENH264, film, QUANTIZER, 25);
            }
            boolean key = keyNext;
            keyNext = false;
            keyFrames += key ? 1 : 0;
            Format format = frame.format();
            send(new Frame(format, 0, 0, key, StartCodes.split(encoder.encode(film, key))), timeUs);
        }
    }

    private void send(Frame frame, long timeUs) {
        long shownUs = startUs + timeUs + (timeUs >= jumpAtUs ? jumpUs : 0);
        session.enqueue(Packetizers.of(frame.format().codec()).packetize(frame), shownUs, nowUs);
    }

    /**
     * Whether the packet got through with which the sound of this moment begins, and the one before, as Opus tells how
     * loud a packet is by the one before: without it sound swells up.
     */
    boolean isHeard(int second) {
        return packets.values().stream()
                .filter(time -> time <= second * 1_000_000L)
                .sorted(Comparator.reverseOrder())
                .limit(2)
                .allMatch(heard::contains);
    }

    private static long sequence(byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        return (long) bytes.getInt(8) << 16 | bytes.getShort(2) & 0xffff;
    }

    ReceiveStatistics video() {
        return receiver.videoStatistics();
    }

    /** Key frames that the camera made. */
    int keyFrames() {
        return keyFrames;
    }

    @Override
    public byte[] array() {
        return there.array();
    }

    @Override
    public int reserve(int length) {
        return there.reserve(length);
    }

    @Override
    public void commitRtp(int length) {
        if ((there.array()[1] & 0x7f) == AUDIO.payloadType()) {
            packets.put(sequence(there.array()), sounds.remove());
        }
        if (nowUs - startUs < deadFromUs || nowUs - startUs >= deadUntilUs) {
            there.commitRtp(length);
        }
    }

    @Override
    public void commitRtcp(int length) {
        if (nowUs - startUs >= reportsFromUs) {
            there.commitRtcp(length);
        }
    }

    @Override
    public void flush() {
        there.flush();
    }

    @Override
    public void close() {
        film.close();
        if (encoder != null) {
            encoder.close();
        }
    }
}
