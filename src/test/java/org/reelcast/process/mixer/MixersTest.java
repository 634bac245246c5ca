package org.reelcast.process.mixer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.cluster.FakeGrids;
import org.reelcast.cluster.OriginStreams;
import org.reelcast.codec.NativeHeap;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.live.images.ImageFolder;
import org.reelcast.loop.Admission;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.process.mixer.layout.DesktopLayout;
import org.reelcast.process.mixer.layout.NamedLayout;
import org.reelcast.process.mixer.picture.TextStyle;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.SourceTraits;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamSource;
import org.reelcast.stream.StreamTrack;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TrackChoice;

class MixersTest {
    private static final String URI = "mixer://m";
    private static final MixerInput.Wish ALL = new MixerInput.Wish(true, true, Optional.empty(), null);

    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    private boolean busy;
    private final MixerContext means = new MixerContext(
            streams,
            () -> loop,
            new Decoders(Runnable::run),
            new EncoderContext(
                    streams,
                    VideoEncoders.ofProcess(),
                    new EncoderContext.SoundSettings(64_000, 5, 128_000),
                    Runnable::run),
            Runnable::run,
            Runnable::run,
            new ImageFolder(Path.of("target")));
    private final FakeGrids grids = new FakeGrids();
    private final Mixers mixers = new Mixers(
            means,
            new Admission(() -> busy ? Optional.of("too much to do") : Optional.empty()),
            new OriginStreams(grids.join("a"), Runnable::run),
            new Mixer.Listener() {
                @Override
                public void onInputs(Mixer mixer) {
                    fields = MixerFields.of(mixer);
                }

                @Override
                public void onEnd(Mixer mixer) {
                    over++;
                }
            });
    private final MixerParameters parameters = parameters(160, 90);
    private JsonObject fields;
    private int over;
    private double chargedBefore;
    private int picturesBefore;
    private String publisher = "198.51.100.1";

    private static Mixer.Plan plan(String uri, String name, MixerParameters parameters) {
        return new Mixer.Plan(uri, Stream.newMediaSessionId(), name, parameters, "");
    }

    private static MixerParameters parameters(int width, int height) {
        return new MixerParameters(
                true,
                true,
                width,
                height,
                10,
                200,
                new LayoutChoice(Optional.of(NamedLayout.GRID), DesktopLayout.Align.TOP),
                0,
                null,
                "",
                null,
                false,
                new TextStyle(20, 40, 0xffffff, 0, 255),
                "desktop",
                200_000);
    }

    @BeforeEach
    void count() {
        chargedBefore = CodecCapacity.ofProcess().chargedShare();
        picturesBefore = Picture.open();
    }

    @AfterEach
    void nothingIsLeft() {
        mixers.endAll();
        streams.end(any -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
        loop.run(2_000_000);
        assertTrue(mixers.all().isEmpty());
        assertEquals(0, means.decoders().running());
        assertEquals(chargedBefore, CodecCapacity.ofProcess().chargedShare(), 1e-9);
        assertEquals(picturesBefore, Picture.open());
        assertEquals(0, loop.pendingTimers());
    }

    /** What a browser publishes. */
    private Stream publish(String name) throws Refusal {
        Stream[] made = new Stream[1];
        made[0] = new Stream(
                name,
                loop,
                SourceTraits.CAMERA,
                List.of(
                        new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.video(Codec.H264, 0, 0, 0, 0)),
                        new Stream.Offer(StreamTrack.Form.REAL_TIME, Format.audio(Codec.OPUS, 2))),
                new StreamSource() {
                    @Override
                    public void end(StatusText why) {
                        streams.remove(made[0]);
                        made[0].end(StreamEnd.stopped(why));
                    }

                    @Override
                    public String client() {
                        return publisher;
                    }

                    @Override
                    public Optional<String> mediaProvider() {
                        return Optional.of("WebRTC");
                    }
                });
        streams.add(made[0]);
        return made[0];
    }

    private static void assertRefused(StatusText status, org.junit.jupiter.api.function.Executable call) {
        assertEquals(status, assertThrows(Refusal.class, call).status());
    }

    @Test
    void whoPublishesIntoARoomIsInIt_andLeavesWithTheStream() throws Exception {
        streams.onAdded(stream -> Mixers.room(stream).ifPresent(room -> mixers.join(room, stream, parameters)));
        Stream ann = publish("ann#party");
        Stream bob = publish("bob#party");
        publish("nobody");
        loop.run(100_000);
        Mixer mixer = mixers.mixer("mixer://party");
        assertEquals("party", mixer.stream().name());
        assertEquals(List.of(ann, bob), mixer.inputs());
        assertTrue(streams.isTaken("party"));
        ann.source().end(StatusText.STOPPED_BY_USER);
        loop.run(100_000);
        assertEquals(List.of(bob), mixer.inputs());
        assertEquals(1, mixers.all().size());
    }

    @Test
    void whoPublishesGoesOn_whenThereIsNoRoomForTheMixer() throws Exception {
        busy = true;
        mixers.join("party", publish("ann#party"), parameters);
        assertTrue(mixers.all().isEmpty());
        assertTrue(streams.isTaken("ann#party"));
        busy = false;
        publish("hall");
        mixers.join("hall", publish("ann#hall"), parameters);
        assertTrue(mixers.all().isEmpty());
    }

    @Test
    void roomIsOnOneNode_whoPublishesIntoItElsewhereGoesOn() throws Exception {
        OriginStreams elsewhere = new OriginStreams(grids.join("b"), Runnable::run);
        elsewhere.started(new Stream("party", loop, SourceTraits.CAMERA, List.of(), why -> fail("it is not to end")));
        grids.deliver();
        Stream ann = publish("ann#party");
        mixers.join("party", ann, parameters);
        assertTrue(mixers.all().isEmpty());
        assertFalse(ann.isRetired());
        Refusal refused = assertThrows(Refusal.class, () -> mixers.startup(plan("mixer://party", "party", parameters)));
        assertEquals(
                "A stream named 'party' is there already, on node b, at ws://b.example:8080", refused.getMessage());
    }

    @Test
    void roomsOfOneAddress_leaveOthersSome() throws Exception {
        MixerParameters hall = parameters(640, 360);
        int rooms = 0;
        while (mixers.all().size() == rooms) {
            mixers.join("room" + rooms, publish("ann#room" + rooms), hall);
            rooms++;
        }
        publisher = "198.51.100.2";
        mixers.join("party", publish("bob#party"), hall);
        assertEquals("party", mixers.mixer("mixer://party").stream().name());
    }

    @Test
    void roomsAreThoseOfPublishersAlone() throws Exception {
        assertEquals(Optional.of("b"), Mixers.room(publish("a#b")));
        assertEquals(Optional.of("b#c"), Mixers.room(publish("a#b#c")));
        assertEquals(Optional.empty(), Mixers.room(publish("a#")));
        assertEquals(Optional.empty(), Mixers.room(publish("#b")));
        mixers.startup(plan(URI, "x#y", parameters));
        assertEquals(Optional.empty(), Mixers.room(mixers.mixer(URI).stream()));
    }

    @Test
    void sixteenAreTheMost_andWhoIsRefusedHoldsNothing() throws Exception {
        mixers.startup(plan(URI, "m", parameters));
        List<Stream> published = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            published.add(publish("s" + i));
        }
        assertRefused(StatusText.STREAM_WOULD_FEED_ITSELF, () -> mixers.add(URI, "m", ALL));
        for (int i = 0; i < 16; i++) {
            mixers.add(URI, "s" + i, ALL);
        }
        assertRefused(StatusText.MIXER_IS_FULL, () -> mixers.add(URI, "s16", ALL));
        assertRefused(StatusText.STREAM_ALREADY_IN_MIXER, () -> mixers.add(URI, "s3", ALL));
        assertRefused(StatusText.STREAM_NOT_FOUND, () -> mixers.add(URI, "s17", ALL));
        assertRefused(StatusText.MIXER_NOT_FOUND, () -> mixers.add("mixer://n", "s16", ALL));
        assertTrue(published.get(16).holds().isEmpty());
        assertEquals(1, published.get(3).holds().size());
        mixers.remove(URI, "s3");
        mixers.add(URI, "s16", ALL);
        assertTrue(published.get(3).holds().isEmpty());
    }

    @Test
    void aMachineThatIsFullRefusesMore_andGoesOnWithWhatItHas() throws Exception {
        mixers.startup(plan(URI, "m", parameters));
        assertRefused(StatusText.NO_AVAILABLE_TRANSCODERS, () -> {
            for (int i = 0; i < 100; i++) {
                mixers.startup(plan("mixer://large" + i, "large" + i, parameters(4096, 2304)));
            }
        });
        assertEquals("m", mixers.mixer(URI).stream().name());
    }

    @Test
    void sizesThatCannotBeAreRefusedBeforeAnythingIsMade() {
        for (int[] size : new int[][] {{641, 360}, {640, 361}, {2, 2}, {0, 0}, {-640, 360}, {20_000, 20_000}}) {
            assertRefused(
                    StatusText.WRONG_MIXER_PARAMETERS,
                    () -> parameters(size[0], size[1]).checked());
        }
    }

    @Test
    void inputsAreDecodedWhileSomebodyTakesTheMix_andItIsEncodedThen() throws Exception {
        mixers.startup(plan(URI, "m", parameters));
        Stream mixed = mixers.mixer(URI).stream();
        publish("s");
        mixers.add(URI, "s", ALL);
        loop.run(500_000);
        assertEquals(0, means.decoders().running());
        List<Frame> pictures = new ArrayList<>();
        List<Frame> sounds = new ArrayList<>();
        Hold viewer = mixed.hold(Holder.viewer("test", TrackChoice.REAL_TIME)).orElseThrow();
        mixed.subscribe(
                new Subscriber() {
                    @Override
                    public void onStart(List<Frame> groupOfPictures) {
                        pictures.addAll(groupOfPictures);
                    }

                    @Override
                    public void onFrame(Frame frame) {
                        (frame.isVideo() ? pictures : sounds).add(frame);
                    }

                    @Override
                    public void onEnd(StreamEnd end) {
                        // as the test says
                    }
                },
                viewer.tracks());
        // the published stream shows nothing, which is not waited for any longer
        loop.run(1_800_000);
        assertEquals(2, means.decoders().running());
        assertEquals(10, pictures.size(), 2);
        assertEquals(90, sounds.size(), 3);
        assertTrue(pictures.get(0).isKey());
        assertEquals(160, pictures.get(0).format().width());
        viewer.close();
        loop.run(100_000);
        assertEquals(0, means.decoders().running());
        int before = pictures.size();
        loop.run(1_000_000);
        assertEquals(before, pictures.size());
    }

    @Test
    void anotherNodeGoesOnWithAMixerAsItWas() throws Exception {
        mixers.startup(plan(URI, "m", parameters));
        publish("s");
        publish("t");
        mixers.add(URI, "s", new MixerInput.Wish(true, false, Optional.of("Sam"), null));
        mixers.add(URI, "t", ALL);
        Mixer before = mixers.mixer(URI);
        before.input("s").orElseThrow().gain(0.5f);
        before.input("s").orElseThrow().muteVideo(true);
        JsonObject shared = MixerFields.of(before);
        assertEquals(
                shared.getJsonArray(MixerFields.INPUTS).size(),
                fields.getJsonArray(MixerFields.INPUTS).size());
        mixers.terminate(URI, StatusText.REQUESTED_STREAM_SHUTDOWN);
        loop.runTasks();
        assertEquals(1, over);

        ImageFolder images = means.images();
        mixers.startup(MixerFields.plan(URI, shared, parameters(320, 180), images));
        for (JsonObject input : shared.getJsonArray(MixerFields.INPUTS).getValuesAs(JsonObject.class)) {
            MixerFields.add(mixers, URI, input, images);
        }
        assertEquals(
                before.stream().mediaSessionId(), mixers.mixer(URI).stream().mediaSessionId());
        assertEquals(parameters, mixers.mixer(URI).parameters());
        assertEquals(shared, MixerFields.of(mixers.mixer(URI)));
    }

    @Test
    void aMixOfSoundAloneHasNoPicture_andDecodesNone() throws Exception {
        MixerParameters sound = new MixerParameters(
                        false,
                        true,
                        641,
                        0,
                        10,
                        200,
                        parameters.layout(),
                        0,
                        null,
                        "",
                        null,
                        false,
                        parameters.style(),
                        "",
                        200_000)
                .checked();
        mixers.startup(plan(URI, "m", sound));
        Stream mixed = mixers.mixer(URI).stream();
        publish("s");
        mixers.add(URI, "s", ALL);
        assertTrue(mixed.video().isEmpty());
        Hold viewer = mixed.hold(Holder.viewer("test", TrackChoice.REAL_TIME)).orElseThrow();
        loop.run(500_000);
        assertEquals(1, means.decoders().running());
        viewer.close();
    }

    @Test
    void fiveHundredStartsAndStopsLeaveNothing() throws Exception {
        long halfway = 0;
        for (int i = 0; i < 500; i++) {
            halfway = i == 250 ? NativeHeap.bytes() : halfway;
            mixers.startup(plan(URI, "m", parameters));
            Stream input = publish("s");
            mixers.add(URI, "s", ALL);
            Hold viewer = mixers.mixer(URI).stream()
                    .hold(Holder.viewer("test", TrackChoice.REAL_TIME))
                    .orElseThrow();
            loop.run(300_000);
            if (i % 2 == 0) {
                input.source().end(StatusText.STOPPED_BY_USER);
            }
            mixers.terminate(URI, StatusText.STOPPED_BY_REST_TERMINATE);
            viewer.close();
            loop.run(200_000);
            assertEquals(picturesBefore, Picture.open());
            assertEquals(chargedBefore, CodecCapacity.ofProcess().chargedShare(), 1e-9);
            streams.end(any -> true, StatusText.STOPPED_BY_USER);
        }
        NativeHeap.assertNoMoreThan(halfway);
    }

    @Test
    void aMixerWithNothingInItEndsAfterAWhile() throws Exception {
        mixers.startup(plan(URI, "m", parameters));
        Stream input = publish("s");
        mixers.add(URI, "s", ALL);
        loop.run(5_000_000);
        mixers.endIdle(1_000_000);
        loop.runTasks();
        assertFalse(mixers.all().isEmpty());
        input.source().end(StatusText.STOPPED_BY_USER);
        loop.run(2_000_000);
        mixers.endIdle(1_000_000);
        loop.runTasks();
        assertTrue(mixers.all().isEmpty());
        assertFalse(streams.isTaken("m"));
    }
}
