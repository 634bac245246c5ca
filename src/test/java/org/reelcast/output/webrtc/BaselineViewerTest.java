package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.Admission;
import org.reelcast.loop.LoadLimits;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceProvider;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.Variant;
import org.reelcast.webrtc.LoopbackTransport;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;

/** Viewers who cannot take a film as it is get one that is made for them. */
class BaselineViewerTest {
    private static final int HIGH = 0x64001F;
    private static final int MAIN_OFFERED = 0x4D001F;
    private static final String MADE = Variant.baseline("film").uri();

    private final Streams streams = new Streams(Runnable::run);
    private final List<String> asked = new ArrayList<>();
    private LoopbackTransport loopback;
    private ClientNetwork network;
    private Stream film;
    private Stream made;
    private boolean disabled;

    @BeforeEach
    void open() throws Exception {
        loopback = LoopbackTransport.open(1, new LoadLimits(10, 60_000_000), 20_000, 20_000, 20_000);
        network = new ClientNetwork(1, List.of(7, 1));
        film = film("film", HIGH);
        made = film(MADE, 0x42E01F);
        streams.add(film);
        streams.register(new Transcoder());
    }

    @AfterEach
    void close() throws Exception {
        network.close();
        loopback.close();
    }

    private Stream film(String name, int profile) {
        return TestStreams.film(
                name,
                loopback.loops().next(),
                Optional.of(Format.video(Codec.H264, 640, 360, 0, profile)),
                Optional.empty());
    }

    private final class Transcoder implements SourceProvider {
        @Override
        public Set<String> schemes() {
            return Set.of(Variant.SCHEME);
        }

        @Override
        public boolean isPersonal(String scheme) {
            return false;
        }

        @Override
        public Executor opener(String uri) {
            return Runnable::run;
        }

        @Override
        public Optional<Refusal> whyUnavailable(String uri, String client) {
            return Optional.empty();
        }

        @Override
        public Hold open(String uri, Holder who) throws Refusal {
            asked.add(uri);
            if (disabled) {
                throw new Refusal(StatusText.TRANSCODING_REQUIRED_BUT_DISABLED, "it is disabled");
            }
            return made.hold(who).orElseThrow();
        }
    }

    /** What the viewer hears, in order. */
    private List<PlaybackEvent> play(boolean strictProfiles, UnaryOperator<String> offer) throws Exception {
        List<PlaybackEvent> events = new ArrayList<>();
        LightClient client = new LightClient(network, ClientOptions.light());
        new Playbacks(
                        streams,
                        new Viewers(
                                loopback.transport(),
                                new ReducedAudio.Means(Runnable::run, 128_000, 1),
                                Optional.empty(),
                                strictProfiles),
                        new Admission(Optional::empty))
                .play("film", Playback.HOLDER, offer.apply(client.offer()), UnaryOperator.identity(), events::add);
        return events;
    }

    private static String inMode0(String offer) {
        return offer.replace("packetization-mode=1", "packetization-mode=0");
    }

    private static String answer(List<PlaybackEvent> events) {
        return ((PlaybackEvent.Answered) events.get(0)).sdp();
    }

    @Test
    void viewerOfModeOne_getsTheFilmItself() throws Exception {
        assertTrue(answer(play(false, UnaryOperator.identity())).contains("packetization-mode=1"));
        assertEquals(List.of(), asked);
        assertEquals(1, film.holds().size());
    }

    @Test
    void viewerOfModeZero_getsOneMadeForIt_andLetsGoOfTheFilm() throws Exception {
        assertTrue(answer(play(false, BaselineViewerTest::inMode0)).contains("packetization-mode=0"));
        assertEquals(List.of(MADE), asked);
        assertEquals(1, made.holds().size());
        assertFalse(film.isHeld());
    }

    @Test
    void viewerWithoutTheProfile_getsOneMadeForIt_whereTheSettingSaysSo() throws Exception {
        play(false, UnaryOperator.identity());
        assertEquals(List.of(), asked, "browsers read more than they offer");
        play(true, offer -> offer.replace("42e01f", Integer.toHexString(HIGH)));
        play(true, offer -> offer.replace("42e01f", "640c1f"));
        assertEquals(List.of(), asked, "it is offered");
        play(true, offer -> offer.replace("42e01f", Integer.toHexString(MAIN_OFFERED)));
        assertEquals(List.of(MADE), asked);
    }

    @Test
    void whereTranscodingIsDisabled_viewerHearsSo_andNothingIsHeld() throws Exception {
        disabled = true;
        List<PlaybackEvent> events = play(false, BaselineViewerTest::inMode0);
        Refusal why = ((PlaybackEvent.Refused) events.get(0)).why();
        assertEquals(List.of(new PlaybackEvent.Refused(why), new PlaybackEvent.Ended(StreamEnd.failed(why))), events);
        assertEquals(StatusText.TRANSCODING_REQUIRED_BUT_DISABLED, why.status());
        assertFalse(film.isHeld());
    }
}
