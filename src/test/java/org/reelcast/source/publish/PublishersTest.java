package org.reelcast.source.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.Admission;
import org.reelcast.loop.LoadLimits;
import org.reelcast.output.webrtc.PlaybackEvent;
import org.reelcast.output.webrtc.Viewer;
import org.reelcast.output.webrtc.Viewers;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.StreamStatusEvent;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;
import org.reelcast.webrtc.LoopbackTransport;
import org.reelcast.webrtc.PublisherStatistics;
import org.reelcast.webrtc.WebRtcTransport;
import org.reelcast.webrtc.client.ClientCamera;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.HeardAudio;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.client.Received;

/** Whole sessions over the loopback: light clients publish, subscribers and viewers take. */
class PublishersTest {
    private static final int SMALL = 900;

    private final Streams streams = new Streams(Runnable::run);
    private final ExecutorService tasks = Executors.newSingleThreadExecutor();
    private LoopbackTransport loopback;
    private WebRtcTransport transport;
    private ClientNetwork network;
    private Publishers publishers;
    private volatile Optional<String> shortage = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        loopback = LoopbackTransport.open(2, LoadLimits.NONE, 10_000, 4000, 10_000);
        transport = loopback.transport();
        network = new ClientNetwork(2, List.of(7, 1));
        publishers = publishers(60_000);
    }

    private Publishers publishers(long activityTimeoutMs) {
        return new Publishers(
                transport,
                streams,
                new Admission(() -> shortage),
                activityTimeoutMs,
                tasks,
                128_000,
                new OriginStreams(Cluster.alone("test"), Runnable::run));
    }

    @AfterEach
    void close() {
        network.close();
        loopback.close();
        tasks.shutdown();
    }

    @Test
    void whatIsPublished_comesWholeAndOnTheServersClock() throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(50);
        session.taken.check();
        assertEquals(0, session.taken.skipped);
        assertTrue(session.taken.sounds > 50, "sounds " + session.taken.sounds);
        assertEquals(1280, session.published.stream().video().orElseThrow().width());
        assertEquals(0x64001f, session.published.stream().video().orElseThrow().profileLevelId());
        session.published.unpublish(StatusText.STOPPED_BY_USER);
        assertEquals(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), session.ended.get(10, TimeUnit.SECONDS));
        assertEquals(
                StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP), session.taken.end.get(10, TimeUnit.SECONDS));
        session.camera.client().closedByServer().get(10, TimeUnit.SECONDS);
        assertReleased();
        session.camera.client().vanish();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void oneKindAlone_isPublished(boolean video, boolean audio) throws Exception {
        Session session = publish("a", video, audio, 0);
        assertEquals(video, session.published.stream().video().isPresent());
        assertEquals(audio, session.published.stream().audio().isPresent());
        session.taken.await(video ? 20 : 0, audio ? 40 : 0);
        session.camera.client().close();
        assertEquals(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), session.ended.get(10, TimeUnit.SECONDS));
        assertReleased();
    }

    @Test
    void soundThatIsNotBundled_comesByATransportOfItsOwn() throws Exception {
        ClientCamera microphone = new ClientCamera(network, false, true, 0, SMALL);
        Session session = publishApart(microphone, sections(microphone.client().offer())[1]);
        session.taken.await(40, 60);
        session.taken.check();
        assertEquals(2, transport.statistics().peers());
        assertTrue(
                session.statistics().audio().frames() >= 60,
                session.statistics().toString());
        assertEquals(Optional.empty(), session.published.stream().problem());
        session.camera.client().close();
        assertEquals(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), session.ended.get(10, TimeUnit.SECONDS));
        microphone.client().closedByServer().get(10, TimeUnit.SECONDS);
        assertReleased();
        microphone.client().vanish();
    }

    @Test
    void soundWhoseTransportFails_isMissed_andThePictureGoesOn() throws Exception {
        ClientCamera microphone = new ClientCamera(network, false, true, 0, SMALL);
        String section = sections(microphone.client().offer())[1];
        Session session = publishApart(
                microphone,
                section.replaceFirst(
                        "sha-256 ..:..", "sha-256 " + (section.contains("256 00:00") ? "11:11" : "00:00")));
        session.taken.awaitPictures(40);
        for (int i = 0; session.published.stream().problem().isEmpty(); i++) {
            assertTrue(i < 1000, "nobody says that the sound is missing");
            session.taken.awaitPictures(session.taken.pictures() + 1);
        }
        assertEquals(
                "There is no sound, as its connection failed: Failed by DTLS fingerprint error",
                session.published.stream().problem().get());
        session.taken.awaitPictures(session.taken.pictures() + 10);
        session.camera.client().close();
        session.ended.get(10, TimeUnit.SECONDS);
        assertReleased();
        microphone.client().vanish();
    }

    @Test
    void soundWhoseTransportIsRefused_isMissed_andThePictureGoesOn() throws Exception {
        ClientCamera microphone = new ClientCamera(network, false, true, 0, SMALL);
        Session session =
                publishPicture(sections(microphone.client().offer())[1].replace("a=setup:actpass", "a=setup:passive"));
        session.taken.awaitPictures(40);
        Stream stream = session.published.stream();
        String why = "There is no sound, as its connection is refused: The offer insists on setup:passive, but this "
                + "server is the passive side";
        assertEquals(Optional.of(why), stream.problem());
        String told = StreamStatusEvent.publishing(stream, false, "WebRTC");
        assertTrue(told.contains("\"hasAudio\":false") && told.contains("\"reason\":\"" + why + "\""), told);
        assertEquals(1, transport.statistics().peers());
        session.camera.client().close();
        session.ended.get(10, TimeUnit.SECONDS);
        assertReleased();
        microphone.client().vanish();
    }

    private static String[] sections(String sdp) {
        return sdp.split("(?m)^(?=m=)");
    }

    private Session publishApart(ClientCamera microphone, String sound) throws Refusal {
        Session session = publishPicture(sound);
        String[] answer = sections(session.published.answer());
        microphone.accept(answer[0] + answer[1]);
        return session;
    }

    /** A camera whose offer has the microphone's section besides, and bundles nothing. */
    private Session publishPicture(String sound) throws Refusal {
        Session session = new Session(new ClientCamera(network, true, false, 0, SMALL));
        String[] picture = sections(session.camera.client().offer());
        session.published = publishers.publish(
                "id-a", "a", picture[0].replaceFirst("a=group:.*\r\n", "") + sound + picture[1], session);
        session.watch();
        String[] answer = sections(session.published.answer());
        session.camera.accept(answer[0] + answer[2]);
        return session;
    }

    @Test
    void viewersWithTheSameLimits_shareSoundThatIsWithinThem() throws Exception {
        Session session = publish("a", true, true, 0);
        ReducedAudio.Means means = new ReducedAudio.Means(tasks, 128_000, 1);
        Viewers viewers = new Viewers(transport, means);
        List<LightClient> clients = new ArrayList<>();
        List<HeardAudio> all = new ArrayList<>();
        for (String limits :
                List.of("maxaveragebitrate=17000;stereo=0", "maxaveragebitrate=16000;stereo=0", "stereo=1")) {
            HeardAudio heard = new HeardAudio(50);
            LightClient client = new LightClient(network, ClientOptions.full(heard));
            Viewer viewer = viewers.join(
                    TestStreams.hold(session.published.stream()),
                    client.offer().replace("useinbandfec=1", "useinbandfec=1;" + limits),
                    session.viewing);
            clients.add(client.accept(viewer.answer()));
            all.add(heard);
        }
        for (HeardAudio heard : all) {
            heard.done().get(10, TimeUnit.SECONDS);
        }
        assertEquals(1, means.running(), "made once");
        assertEquals(48_000, all.get(2).bitsPerSecond(), 500, "as it comes");
        assertTrue(all.get(2).isStereo());
        for (HeardAudio heard : all.subList(0, 2)) {
            assertEquals(16_000, heard.bitsPerSecond(), 2_500);
            assertFalse(heard.isStereo());
        }
        clients.forEach(LightClient::vanish);
        session.camera.client().close();
        session.ended.get(10, TimeUnit.SECONDS);
        tasks.submit(() -> {}).get();
        assertEquals(0, means.running(), "given back");
    }

    @Test
    void tenPercentLost_isMendedOrGoesOnWithAKeyFrame() throws Exception {
        Session session = publish("a", true, true, 0.10);
        session.taken.awaitPictures(75);
        session.taken.check();
        PublisherStatistics came = session.statistics();
        assertTrue(came.video().recovered() > 3, came.toString());
        assertTrue(session.taken.skipped < 20, "frames that never came: " + session.taken.skipped);
        session.camera.client().close();
    }

    @Test
    void garbage_disturbsNothing() throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(10);
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            byte[] garbage = new byte[random.nextInt(1300) + 12];
            random.nextBytes(garbage);
            session.camera.client().sendRaw(garbage);
            session.camera.client().sendProtected(nonsense(garbage, i), i % 3 == 0);
        }
        int before = session.taken.pictures();
        session.taken.awaitPictures(before + 30);
        session.taken.check();
        assertEquals(0, session.taken.skipped);
        assertTrue(session.statistics().broken() > 100, session.statistics().toString());
        assertTrue(
                session.statistics().traffic().refused() > 100,
                session.statistics().toString());
        session.camera.client().close();
    }

    @Test
    void replayedPackets_areRefusedAndNothingComesTwice() throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(5);
        session.camera.client().replay();
        int before = session.taken.pictures();
        session.taken.awaitPictures(before + 30);
        session.taken.check();
        assertEquals(0, session.taken.skipped);
        PublisherStatistics came = session.statistics();
        assertTrue(came.traffic().refused() > 100, came.toString());
        assertEquals(0, came.video().lost() + came.video().gaps() + came.broken(), came.toString());
        assertTrue(session.taken.sounds <= session.camera.sounds(), session.taken.sounds + " sounds came");
        session.camera.client().close();
    }

    @ParameterizedTest
    @CsvSource({"3600000000", "-7200000000", "2000000"})
    void clockThatIsSet_leavesTheTimesInOrder(long jumpUs) throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(25);
        session.camera.setClock(jumpUs);
        session.taken.awaitPictures(60);
        session.taken.check();
        session.camera.client().close();
    }

    @Test
    void vanishedPublisher_failsAndItsViewersLearnOfIt() throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(5);
        session.camera.client().vanish();
        assertEquals(StreamEnd.failed(StatusText.FAILED_BY_ICE_KEEP_ALIVE), session.ended.get(10, TimeUnit.SECONDS));
        assertEquals(
                StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP), session.taken.end.get(10, TimeUnit.SECONDS));
        assertReleased();
    }

    @Test
    void silentPublisher_failsByRtpActivity() throws Exception {
        publishers = publishers(400);
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(25);
        assertFalse(session.ended.isDone(), "who sends is alive");
        session.camera.pause(true);
        assertEquals(StreamEnd.failed(StatusText.FAILED_BY_RTP_ACTIVITY), session.ended.get(10, TimeUnit.SECONDS));
        assertReleased();
        session.camera.client().vanish();
    }

    @Test
    void nameThatIsTaken_isRefusedAndTheFirstGoesOn() throws Exception {
        Session session = publish("a", true, true, 0);
        Refusal refused = assertThrows(Refusal.class, () -> publish("a", true, true, 0));
        assertEquals("Stream name is already in use", refused.info());
        Refusal broken = assertThrows(Refusal.class, () -> publishers.publish("id", "b", "v=0", session));
        assertEquals("Failed to add stream to proxy", broken.info());
        session.taken.awaitPictures(10);
        assertEquals(
                1,
                publishers.end(
                        published -> published.stream().name().equals("a"), StatusText.STOPPED_BY_REST_TERMINATE));
        assertEquals(
                StreamEnd.unpublished(StatusText.STOPPED_BY_REST_TERMINATE), session.ended.get(10, TimeUnit.SECONDS));
        assertEquals(
                StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE), session.taken.end.get(10, TimeUnit.SECONDS));
        assertReleased();
        session.camera.client().vanish();
    }

    @Test
    void fullMachine_takesNoOtherPublisher_andTheFirstGoesOn() throws Exception {
        Session session = publish("a", true, true, 0);
        shortage = Optional.of("the loops are busy");
        Refusal refused = assertThrows(Refusal.class, () -> publish("b", true, true, 0));
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused.status());
        session.taken.awaitPictures(10);
        session.published.unpublish(StatusText.STOPPED_BY_USER);
        assertEquals(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), session.ended.get(10, TimeUnit.SECONDS));
        session.taken.end.get(10, TimeUnit.SECONDS);
        session.camera.client().closedByServer().get(10, TimeUnit.SECONDS);
        assertReleased();
        session.camera.client().vanish();
    }

    @Test
    void viewerOfALongGroup_getsAKeyFrameFromTheCamera() throws Exception {
        Session session = publish("a", true, true, 0);
        session.taken.awaitPictures(90);
        // two where the transport stood a moment too late for the first
        int before = session.camera.keyFrames();
        CompletableFuture<Void> key = new CompletableFuture<>();
        LightClient watcher = new LightClient(network, ClientOptions.full(new Received() {
            @Override
            public void rtp(byte[] b, int length) {
                if ((b[1] & 0x7f) == 102 && (b[12] & 0x1f) == 24) {
                    key.complete(null);
                }
            }
        }));
        Viewer viewer = new Viewers(transport, new ReducedAudio.Means(tasks, 128_000, 1))
                .join(TestStreams.hold(session.published.stream()), watcher.offer(), session.viewing);
        watcher.accept(viewer.answer());
        key.get(10, TimeUnit.SECONDS);
        assertTrue(session.camera.keyFrames() > before, "the camera was asked for a key frame");
        session.camera.client().close();
        assertEquals(
                StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP), session.watched.get(10, TimeUnit.SECONDS));
        watcher.vanish();
    }

    @Test
    void thirtyPublishers_loseNothing() throws Exception {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sessions.add(publish("cam" + i, true, true, 0));
        }
        assertEquals(30, publishers.find(all -> true).size());
        for (Session session : sessions) {
            session.taken.awaitPictures(25);
        }
        for (Session session : sessions) {
            session.taken.check();
            assertEquals(0, session.taken.skipped);
            session.camera.client().close();
        }
        for (Session session : sessions) {
            assertEquals(StreamEnd.unpublished(StatusText.STOPPED_BY_USER), session.ended.get(10, TimeUnit.SECONDS));
        }
        assertReleased();
    }

    /**
     * What only the publisher itself can send: of another source under the codec's payload type, or a broken compound.
     */
    private static byte[] nonsense(byte[] garbage, int number) {
        boolean rtcp = number % 3 == 0;
        garbage[0] = (byte) 0x80;
        garbage[1] = (byte) (rtcp ? 0xc9 : 102);
        garbage[2] = (byte) (number >> 8);
        garbage[3] = (byte) number;
        System.arraycopy(new byte[] {0, 0, 0x77, 0x77}, 0, garbage, rtcp ? 4 : 8, 4);
        return garbage;
    }

    private void assertReleased() {
        assertTrue(publishers.find(all -> true).isEmpty());
        assertFalse(streams.isTaken("a"));
        assertEquals(0, transport.statistics().peers());
        assertEquals(0, transport.statistics().addresses());
        assertEquals(0, transport.statistics().timers());
    }

    private Session publish(String name, boolean video, boolean audio, double loss) throws Refusal {
        Session session = new Session(new ClientCamera(network, video, audio, loss, SMALL));
        try {
            session.published = publishers.publish(
                    "id-" + name, name, session.camera.client().offer(), session);
        } catch (Refusal e) {
            session.camera.client().vanish();
            throw e;
        }
        session.watch();
        session.camera.accept(session.published.answer());
        return session;
    }

    /** One camera and who takes what it sends. */
    private static final class Session implements PublishListener {
        @Override
        public String client() {
            return "127.0.0.1";
        }

        private final ClientCamera camera;
        private final CheckedSubscriber taken = new CheckedSubscriber();
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
        private final CompletableFuture<StreamEnd> watched = new CompletableFuture<>();
        private final Consumer<PlaybackEvent> viewing = event -> {
            if (event instanceof PlaybackEvent.Ended over) {
                watched.complete(over.end());
            }
        };
        private PublishedStream published;

        private Session(ClientCamera camera) {
            this.camera = camera;
        }

        private void watch() {
            Stream stream = published.stream();
            stream.loop().execute(() -> TestStreams.subscribe(stream, taken));
        }

        private PublisherStatistics statistics() {
            return CompletableFuture.supplyAsync(
                            published::statistics, published.stream().loop())
                    .join();
        }

        @Override
        public void onPublishing(Stream stream) {
            assertTrue(stream.loop().inLoop());
        }

        @Override
        public void onEnd(StreamEnd end) {
            ended.complete(end);
        }
    }
}
