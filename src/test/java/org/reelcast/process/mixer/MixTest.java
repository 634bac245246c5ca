package org.reelcast.process.mixer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.PicturePixels;
import org.reelcast.live.decode.AudioConsumer;
import org.reelcast.live.decode.Decoders;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.process.mixer.layout.DesktopLayout;
import org.reelcast.process.mixer.layout.NamedLayout;
import org.reelcast.process.mixer.picture.TextStyle;
import org.reelcast.stream.Holder;
import org.reelcast.stream.Stream;
import org.reelcast.stream.TestStreams;

class MixTest {
    private static final int BLACK = 0;
    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int DELAY_US = 200_000;
    private static final H264Format FORMAT = Format.video(Codec.H264, 64, 36, 0);

    private final FakeLoop loop = new FakeLoop();
    private final long zeroUs = loop.nowUs();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private boolean holding;
    private final List<MixerInput> ended = new ArrayList<>();
    /** Colours in the middle of the left and of the right half, by the time of the picture. */
    private final TreeMap<Long, int[]> shown = new TreeMap<>();
    /** Left samples by their number. */
    private final TreeMap<Long, Float> heard = new TreeMap<>();

    private int rests;
    private int openBefore;
    private final MixerContext means =
            new MixerContext(null, () -> loop, new Decoders(Runnable::run), null, this::execute, Runnable::run, null);
    private final MixerParameters parameters = new MixerParameters(
            true,
            true,
            640,
            360,
            25,
            500,
            new LayoutChoice(Optional.of(NamedLayout.CROP), DesktopLayout.Align.TOP),
            BLACK,
            null,
            "",
            null,
            false,
            new TextStyle(20, 40, 0xffffff, 0, 255),
            "desktop",
            DELAY_US);
    private final Mix mix = new Mix(parameters, loop, means, new Output() {
        @Override
        public void show(Picture picture) {
            shown.put(
                    picture.timeUs(),
                    new int[] {PicturePixels.rgb(picture, 160, 100), PicturePixels.rgb(picture, 480, 100)});
        }

        @Override
        public void play(float[] samples, int count, long at) {
            for (int i = 0; i < count; i++) {
                heard.put(at + i, samples[2 * i]);
            }
        }

        @Override
        public void rest() {
            rests++;
        }
    });

    private void execute(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @BeforeEach
    void start() {
        openBefore = Picture.open();
        mix.start();
        mix.show(true);
        mix.sound(true);
    }

    @AfterEach
    void allIsGivenBack() {
        mix.stop();
        loop.run(1_000_000);
        assertEquals(openBefore, Picture.open());
        assertEquals(0, loop.pendingTimers());
    }

    private MixerInput input(String name) {
        Stream stream = TestStreams.film(name, loop, Optional.of(FORMAT), Optional.of(Format.audio(Codec.OPUS, 2)));
        MixerInput input = new MixerInput(
                name,
                stream.hold(Holder.output("mixer", any -> List.of())).orElseThrow(),
                means.decoders(),
                new MixerInput.Wish(true, true, Optional.empty(), null),
                parameters,
                ended::add);
        mix.add(input);
        return input;
    }

    private void see(MixerInput input, int rgb, long timeUs) throws Exception {
        int[] pixels = new int[64 * 36];
        Arrays.fill(pixels, 0xff000000 | rgb);
        try (Picture picture = Picture.canvas(64, 36)) {
            Overlay.of(pixels, 64, 36).blend(picture, 0, 0);
            picture.timeUs(timeUs);
            input.onPicture(picture, FORMAT);
        }
    }

    private static void hear(MixerInput input, float value, long timeUs, int ms) {
        float[] samples = new float[48 * ms * 2];
        Arrays.fill(samples, value);
        input.onSound(samples, 48 * ms, AudioConsumer.sampleAt(timeUs));
    }

    private static void assertColour(int expected, int actual) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertEquals(expected >> shift & 0xff, actual >> shift & 0xff, 6, () -> Integer.toHexString(actual));
        }
    }

    /** Where sound is first louder than that, in µs. */
    private long firstLoudUs(double level) {
        return heard.entrySet().stream()
                        .filter(sample -> sample.getValue() > level)
                        .findFirst()
                        .orElseThrow()
                        .getKey()
                * 1000
                / 48;
    }

    @Test
    void pictureAndSoundOfAnInputStayTogether_howeverEarlyTheyCame() throws Exception {
        MixerInput input = input("a");
        long flashUs = zeroUs + 1_000_000;
        hear(input, 0.5f, flashUs, 100);
        see(input, GREEN, flashUs - 400_000);
        see(input, RED, flashUs);
        loop.run(2_000_000);
        long redUs = shown.entrySet().stream()
                .filter(picture -> picture.getValue()[0] >> 16 > 0xf0)
                .findFirst()
                .orElseThrow()
                .getKey();
        assertEquals(flashUs + DELAY_US, redUs, 40_000);
        assertEquals(flashUs + DELAY_US, firstLoudUs(0.4), 2_500);
    }

    @Test
    void soundsAreAddedToTheSample_andOneThatIsSilentHoldsUpNobody() throws Exception {
        MixerInput one = input("a");
        MixerInput other = input("b");
        input("silent");
        hear(one, 0.25f, zeroUs + 100_000, 500);
        hear(other, 0.5f, zeroUs + 300_000, 500);
        see(one, RED, zeroUs);
        loop.run(1_500_000);
        long at = AudioConsumer.sampleAt(zeroUs + 300_000 + DELAY_US);
        assertEquals(0.25f, heard.get(at - 1), 1e-6);
        assertEquals(0.75f, heard.get(at + 200), 1e-6);
        assertEquals(0.5f, heard.get(AudioConsumer.sampleAt(zeroUs + 700_000 + DELAY_US)), 1e-6);
        assertEquals(0f, heard.get(AudioConsumer.sampleAt(zeroUs + 900_000 + DELAY_US)));
        assertEquals(heard.lastKey() - heard.firstKey() + 1, heard.size(), "no sample is missing");
    }

    @Test
    void soundIsHandedOutAheadOfThePicture() {
        input("a");
        loop.run(1_000_000);
        assertEquals(zeroUs + 1_050_000, heard.lastKey() * 1000 / 48, 25_000);
        assertEquals(zeroUs + 1_000_000, shown.lastKey(), 40_000);
    }

    @Test
    void levelsChangeWithoutAStep_andMutedPicturesAreHidden() throws Exception {
        MixerInput input = input("a");
        hear(input, 0.5f, zeroUs, 1000);
        see(input, RED, zeroUs);
        loop.run(400_000);
        input.gain(0.5f);
        input.muteVideo(true);
        loop.run(400_000);
        assertEquals(0.25f, heard.get(AudioConsumer.sampleAt(zeroUs + 600_000)), 1e-6);
        float step = 0;
        for (long at = AudioConsumer.sampleAt(zeroUs + 300_000); at < AudioConsumer.sampleAt(zeroUs + 700_000); at++) {
            step = Math.max(step, Math.abs(heard.get(at) - heard.get(at - 1)));
        }
        assertTrue(step < 0.001, "step of " + step);
        assertColour(0x404040, shown.lastEntry().getValue()[0]);
    }

    @Test
    void anInputThatStopsShowsItsLastPictureForASecond() throws Exception {
        MixerInput input = input("a");
        MixerInput other = input("b");
        for (int i = 0; i < 25; i++) {
            see(input, RED, zeroUs + i * 40_000);
            see(other, GREEN, zeroUs + i * 40_000);
            loop.run(40_000);
        }
        for (int i = 25; i < 75; i++) {
            see(other, GREEN, zeroUs + i * 40_000);
            loop.run(40_000);
        }
        assertColour(
                RED, shown.floorEntry(zeroUs + 960_000 + DELAY_US + 990_000).getValue()[0]);
        assertColour(
                0x404040,
                shown.floorEntry(zeroUs + 960_000 + DELAY_US + 1_090_000).getValue()[0]);
        assertColour(GREEN, shown.lastEntry().getValue()[1]);
    }

    @Test
    void inputsComeAndGo_withoutAPictureLess() throws Exception {
        MixerInput input = input("a");
        MixerInput other = input("b");
        for (int i = 0; i < 50; i++) {
            see(input, RED, zeroUs + i * 40_000);
            see(other, GREEN, zeroUs + i * 40_000);
            loop.run(40_000);
            if (i == 25) {
                assertTrue(mix.remove(other));
            }
        }
        assertColour(GREEN, shown.floorEntry(zeroUs + 900_000).getValue()[1]);
        assertColour(RED, shown.lastEntry().getValue()[1]);
        assertEquals(51 - DELAY_US / 40_000, shown.size(), 1);
        assertEquals(0, mix.leftOut());
    }

    @Test
    void aMachineThatIsTooSlowMakesFewerPictures_andNoneWaits() throws Exception {
        see(input("a"), RED, zeroUs);
        loop.run(400_000);
        holding = true;
        loop.run(400_000);
        holding = false;
        assertEquals(1, held.size());
        held.remove().run();
        loop.run(400_000);
        assertEquals(10, mix.leftOut(), 1);
        assertEquals(16, shown.size(), 2);
    }

    @Test
    void theFirstPictureWaitsForThoseOfTheInputs_butNotForOneThatHasNone() throws Exception {
        MixerInput input = input("a");
        see(input, RED, zeroUs + 100_000);
        loop.run(200_000 + DELAY_US);
        assertColour(RED, shown.firstEntry().getValue()[0]);
        assertEquals(zeroUs + 100_000 + DELAY_US, shown.firstKey(), 40_000);
        mix.show(false);
        loop.run(1_200_000);
        shown.clear();
        long againUs = loop.nowUs();
        mix.show(true);
        loop.run(2_000_000);
        assertEquals(againUs + 800_000, shown.firstKey(), 60_000);
        assertColour(0x404040, shown.firstEntry().getValue()[0]);
    }

    @Test
    void whileNobodyTakesThePictureNoneIsMade() throws Exception {
        MixerInput input = input("a");
        see(input, RED, zeroUs);
        loop.run(400_000);
        mix.show(false);
        loop.run(400_000);
        int before = shown.size();
        loop.run(400_000);
        assertEquals(before, shown.size());
        assertEquals(1, rests);
        see(input, RED, loop.nowUs() - DELAY_US);
        mix.show(true);
        loop.run(400_000);
        assertEquals(before + 10, shown.size(), 1);
    }
}
