package org.reelcast.webrtc;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reelcast.loop.NettyMediaLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.webrtc.sdp.AnswerPreferences;
import org.reelcast.webrtc.sdp.Offer;

/**
 * Plays to ourselves all that a viewer is played: SDP, ICE, DTLS, SRTP, the send path, over the loopback. What has run
 * a few hundred times the JIT has compiled, and the first viewers need not wait for it. It all happens on a loop and a
 * port of its own: viewers' loops have nothing to do with it, and no figure counts it.
 */
public final class SelfPlay implements Closeable {
    private static final String NAME = "rehearsal";
    private static final AnswerPreferences EVERYTHING = new AnswerPreferences(true, 0x42E01F, true, 2);
    private static final int KEY_BYTES = 20_000;
    private static final int INTER_BYTES = 5000;
    private static final int SOUND_BYTES = 300;

    private final PeerFactory.Shared shared;
    private final NettyMediaLoop loop;
    private final PeerFactory.PortPeers place;
    private final List<RtpFrame> film = film();
    private final int packets = film.stream().mapToInt(RtpFrame::packets).sum();

    /** @throws IOException when there is no loopback to play over */
    SelfPlay(PeerFactory.Shared shared) throws IOException {
        this.shared = shared;
        loop = NettyMediaLoop.open(NAME);
        boolean done = false;
        try {
            place = PeerFactory.PortPeers.open(loop, InetAddress.getLoopbackAddress(), 0, 0, List.of());
            done = true;
        } finally {
            if (!done) {
                loop.close();
            }
        }
    }

    private static List<RtpFrame> film() {
        Format picture = Format.video(Codec.H264, 1280, 720, 0);
        Packetizer h264 = Packetizers.of(Codec.H264);
        return List.of(
                h264.packetize(new Frame(picture, 0, 0, true, nal(0x67, 12), nal(0x68, 5), nal(0x65, KEY_BYTES))),
                Packetizers.of(Codec.OPUS)
                        .packetize(new Frame(Format.audio(Codec.OPUS, 2), 0, 0, true, nal(0xFC, SOUND_BYTES))),
                h264.packetize(new Frame(picture, 0, 0, false, nal(0x41, INTER_BYTES))));
    }

    private static Slice nal(int header, int size) {
        byte[] nal = new byte[size];
        nal[0] = (byte) header;
        return Slice.of(nal);
    }

    /**
     * One viewer comes, gets three frames and goes. Blocks, some milliseconds.
     *
     * @throws IOException when it does not work
     */
    public void play() throws IOException {
        try (SelfPlayViewer viewer = new SelfPlayViewer(shared.dtls())) {
            Offer offer = Offer.read(viewer.offer(), EVERYTHING, shared.random());
            PeerFactory parts = new PeerFactory(
                    shared, place, offer, NAME, PeerFactory.cname(shared), new PeerTimings(loop.nowUs()));
            Performance performance = new Performance();
            PeerConnection peer = new PeerConnection(parts, performance);
            performance.peer = peer;
            peer.open();
            try {
                viewer.watch(peer.answerSdp(), place.port().number(), packets);
            } finally {
                CompletableFuture.runAsync(peer::close, loop).join();
            }
        } catch (Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Connections that are not over. */
    int peers() {
        return place.table().peers();
    }

    @Override
    public void close() {
        place.port().close();
        loop.close();
    }

    /** Sends the film as soon as the viewer is there. */
    private final class Performance implements PeerListener {
        private PeerConnection peer;

        @Override
        public void onConnected() {
            for (RtpFrame frame : film) {
                peer.send(frame, loop.nowUs());
            }
        }

        @Override
        public void onFailed(StatusText reason) {
            // the viewer notices that nothing comes
        }

        @Override
        public void onClosed() {
            // as it should be
        }
    }
}
