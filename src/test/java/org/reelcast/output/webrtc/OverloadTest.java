package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.Admission;
import org.reelcast.loop.LoadLimits;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.MediaLoops;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;
import org.reelcast.webrtc.LoopbackTransport;
import org.reelcast.webrtc.WebRtcTransport;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.client.Received;

/** Media loops that are really busy, and who comes then. */
class OverloadTest {
    private static final String FILM = "film";
    private static final long SPIN_NS = 5_000_000;
    private static final int PACKETS = 50;
    private static final long SOUND_US = 20_000;

    private volatile boolean idle;

    @Test
    void saturatedServer_refusesNewViewersAtOnceAndGoesOnServingTheOthers() throws Exception {
        try (LoopbackTransport loopback =
                        LoopbackTransport.open(2, new LoadLimits(10, 60_000_000), 20_000, 20_000, 20_000);
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
            WebRtcTransport transport = loopback.transport();
            Playbacks playbacks = playbacks(loopback);
            CountDownLatch before = new CountDownLatch(PACKETS);
            CountDownLatch after = new CountDownLatch(4 * PACKETS);
            LightClient client = new LightClient(network, ClientOptions.full(counting(before, after)));
            Watcher inPlace = new Watcher();
            Playback first = playbacks.play(FILM, Playback.HOLDER, client.offer(), UnaryOperator.identity(), inPlace);
            client.accept(inPlace.answer.get(20, TimeUnit.SECONDS));
            assertTrue(before.await(20, TimeUnit.SECONDS));

            awaitSaturation(loopback.loops());
            int peers = transport.peers();
            LightClient late = new LightClient(network, ClientOptions.light());
            Watcher refused = new Watcher();
            playbacks.play(FILM, Playback.HOLDER, late.offer(), UnaryOperator.identity(), refused);
            assertEquals(StreamEnd.failed(StatusText.SERVER_IS_OVERLOADED), refused.end.getNow(null));
            assertFalse(refused.answer.isDone());
            assertEquals(peers, transport.peers());
            assertTrue(after.await(20, TimeUnit.SECONDS), "who is in place is served on");
            assertFalse(inPlace.end.isDone());

            idle = true;
            late.vanish();
            first.stop(StreamEnd.stopped(StatusText.STOPPED_BY_USER));
            client.closedByServer().get(20, TimeUnit.SECONDS);
        }
    }

    /** Keeps the loops busy, leaving them room between two bouts, until it is noticed. */
    private void awaitSaturation(MediaLoops loops) throws Exception {
        CompletableFuture<String> noticed = new CompletableFuture<>();
        for (MediaLoop loop : loops.all()) {
            loop.execute(new Runnable() {
                @Override
                public void run() {
                    long endNs = System.nanoTime() + SPIN_NS;
                    while (System.nanoTime() < endNs) {
                        Thread.onSpinWait();
                    }
                    loops.saturation().ifPresent(noticed::complete);
                    if (!idle) {
                        loop.execute(this);
                    }
                }
            });
        }
        noticed.get(30, TimeUnit.SECONDS);
    }

    private Playbacks playbacks(LoopbackTransport loopback) throws Refusal {
        MediaLoop loop = loopback.loops().next();
        Format sound = Format.audio(Codec.OPUS, 2);
        Stream stream = TestStreams.film(FILM, loop, Optional.empty(), Optional.of(sound));
        Streams streams = new Streams(ForkJoinPool.commonPool());
        streams.add(stream);
        loop.execute(() -> play(stream, sound, loop.nowUs()));
        return new Playbacks(
                streams,
                new Viewers(loopback.transport(), new ReducedAudio.Means(Runnable::run, 128_000, 1)),
                new Admission(loopback.loops()::saturation));
    }

    /** Sound, as long as somebody watches. */
    private void play(Stream stream, Format sound, long fromUs) {
        long dueUs = fromUs;
        for (; dueUs <= stream.loop().nowUs(); dueUs += SOUND_US) {
            TestStreams.publish(stream, new Frame(sound, dueUs, dueUs, true, Slice.of(new byte[50])));
        }
        if (!idle) {
            long nextUs = dueUs;
            stream.loop().at(nextUs, () -> play(stream, sound, nextUs));
        }
    }

    private static Received counting(CountDownLatch... latches) {
        return new Received() {
            @Override
            public void rtp(byte[] b, int length) {
                for (CountDownLatch latch : latches) {
                    latch.countDown();
                }
            }
        };
    }

    private static final class Watcher implements Consumer<PlaybackEvent> {
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final CompletableFuture<StreamEnd> end = new CompletableFuture<>();

        @Override
        public void accept(PlaybackEvent event) {
            if (event instanceof PlaybackEvent.Answered answered) {
                answer.complete(answered.sdp());
            } else if (event instanceof PlaybackEvent.Ended ended) {
                end.complete(ended.end());
            }
        }
    }
}
