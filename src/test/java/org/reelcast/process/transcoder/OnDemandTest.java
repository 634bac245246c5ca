package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.ffmpeg.CountedEncoders;
import org.reelcast.live.decode.Decoders;
import org.reelcast.live.encode.EncoderContext;
import org.reelcast.loop.FakeLoop;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;
import org.reelcast.stream.Variant;

class OnDemandTest {
    private static final Holder VIEWER = Holder.viewer("test", TrackChoice.REAL_TIME);

    private final FakeLoop loop = new FakeLoop();
    private final FakeScheduler scheduler = new FakeScheduler(0);
    private final Streams streams = new Streams(Runnable::run);
    private final TranscoderContext means = new TranscoderContext(
            new Decoders(Runnable::run),
            new EncoderContext(
                    streams, new CountedEncoders(), new EncoderContext.SoundSettings(64_000, 1, 96_000), Runnable::run),
            Runnable::run,
            new TranscodingCosts(new CodecCapacity(64)));
    private final Stream film = TestStreams.film(
            "film",
            loop,
            Optional.of(Format.video(Codec.H264, 1280, 720, 0)),
            Optional.of(Format.audio(Codec.OPUS, 2)));

    @BeforeEach
    void register() throws Refusal {
        streams.add(film);
        streams.register(new OnDemand(streams, means, false, scheduler));
    }

    private Hold open(int width, int height, int bitrate) throws Refusal {
        Hold hold = streams.open(streams.nameOf(new Variant("film", width, height, bitrate)), VIEWER);
        loop.runTasks();
        return hold;
    }

    private static String size(Hold hold) {
        Format video = hold.stream().video().orElseThrow();
        return video.width() + "x" + video.height();
    }

    /** Who asks for every size keeps nobody else from one; what others have asked for can be shared all the same. */
    @Test
    void oneAddressHasAPartOfTheMachine() throws Refusal {
        Holder greedy = VIEWER.of("198.51.100.1");
        streams.register(new OnDemand(
                streams,
                new TranscoderContext(
                        means.decoders(),
                        means.encoder(),
                        means.encoding(),
                        new TranscodingCosts(new CodecCapacity(2))),
                false,
                scheduler));
        int[] count = new int[1];
        Refusal refusal = assertThrows(Refusal.class, () -> {
            while (true) {
                streams.open(streams.nameOf(new Variant("film", 640, 0, 300 + count[0])), greedy);
                count[0]++;
            }
        });
        assertEquals(StatusText.NO_AVAILABLE_TRANSCODERS, refusal.status());
        assertTrue(count[0] > 1, () -> count[0] + " were made");
        Hold other = streams.open(streams.nameOf(new Variant("film", 320, 0, 0)), VIEWER.of("198.51.100.2"));
        assertSame(other.stream(), streams.open(streams.nameOf(new Variant("film", 320, 0, 0)), greedy).stream());
    }

    @Test
    void whoeverWantsTheSameSharesOneStream() throws Refusal {
        Hold one = open(640, 360, 0);
        Hold two = open(640, 0, 0);
        Hold three = open(641, 480, 0);
        Hold other = open(640, 0, 300);
        assertSame(one.stream(), two.stream());
        assertSame(one.stream(), three.stream());
        assertNotSame(one.stream(), other.stream());
        assertEquals("640x360", size(one));
        assertFalse(one.stream().traits().live());
    }

    @Test
    void theSourceItselfIsGivenWhereItIsAsWanted() throws Refusal {
        assertSame(film, open(1280, 720, 0).stream());
        assertSame(film, open(1920, 0, 0).stream());
        assertSame(film, open(0, 1080, 0).stream());
        assertNotSame(film, open(1280, 720, 500).stream());
    }

    @Test
    void endsSomeSecondsAfterTheLastOne() throws Refusal {
        Hold one = open(640, 0, 0);
        Stream stream = one.stream();
        one.close();
        Hold back = open(640, 0, 0);
        assertSame(stream, back.stream());
        scheduler.run(10_000_000);
        loop.runTasks();
        assertFalse(stream.isRetired());
        back.close();
        scheduler.run(10_000_000);
        assertTrue(stream.isRetired());
        Hold next = open(640, 0, 0);
        assertNotSame(stream, next.stream());
        assertTrue(film.isHeld());
        next.close();
        scheduler.run(10_000_000);
        loop.runTasks();
        assertFalse(film.isHeld());
    }

    @Test
    void whoTakesBaselineAlone_sharesOneOfTheSourcesSize() throws Refusal {
        Hold one = streams.open(Variant.baseline("film").uri(), VIEWER);
        Hold two = streams.open(Variant.baseline("film").uri(), VIEWER);
        Hold small = streams.open(Variant.baseline("transcode://640x0@0/film").uri(), VIEWER);
        assertNotSame(film, one.stream());
        assertSame(one.stream(), two.stream());
        assertEquals("1280x720", size(one));
        assertEquals("640x360", size(small));
        assertEquals(0x42, one.stream().video().orElseThrow().profileLevelId() >> 16, "is expected to be");
        assertEquals("transcode://640x0@0-baseline/film", small.stream().name());
    }

    private void assertRefused(StatusText status, String uri) {
        assertEquals(
                status,
                assertThrows(Refusal.class, () -> streams.open(uri, VIEWER)).status());
        assertFalse(film.isHeld());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused(StatusText.STREAM_NOT_FOUND, "transcode://640x360@0/missing");
        assertRefused(StatusText.WRONG_ENCODER_PARAMETERS, "transcode://8x0@0/film");
        assertRefused(StatusText.WRONG_ENCODER_PARAMETERS, "transcode://0x0@5/film");
        assertRefused(StatusText.BAD_URI, "transcode://film");
        assertRefused(StatusText.BAD_URI, "transcode://640x360@0/transcode://320x0@0/film");
    }

    @Test
    void isRefusedWhereTranscodingIsDisabled() throws Refusal {
        Streams others = new Streams(Runnable::run);
        others.add(film);
        others.register(new OnDemand(others, means, true, scheduler));
        assertEquals(
                StatusText.TRANSCODING_REQUIRED_BUT_DISABLED,
                assertThrows(Refusal.class, () -> others.open("transcode://640x0@0/film", VIEWER))
                        .status());
        assertEquals(List.of(), film.holds());
    }
}
