package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.codec.ffmpeg.Resampler;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.media.Slice;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;

/** Sound that not all players of AAC take, as AAC that they do. */
class AacOfOpusTest {
    /** A tone of 100 ms at each second. */
    private static final String BEEP = "aevalsrc='0.4*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':d=5:s=48000";

    private static Path film(String options) {
        List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", BEEP));
        arguments.addAll(Arrays.asList(options.split(" ")));
        return GeneratedMedia.make("beep.mp4", arguments.toArray(String[]::new));
    }

    private static List<Double> tones(List<Frame> frames) throws IOException {
        AacFormat format = (AacFormat) frames.get(0).format();
        List<Double> tones = new ArrayList<>();
        double quietSince = -1;
        try (AacDecoder decoder = AacDecoder.open(format.config().bytes());
                Resampler resampler = Resampler.open(format.channels())) {
            float[] samples = new float[8192];
            for (Frame frame : frames) {
                Slice slice = frame.slice(0);
                if (decoder.decode(slice.array(), slice.offset(), slice.length()) > 0) {
                    int count = resampler.convert(decoder);
                    resampler.copy(samples, count);
                    for (int i = 0; i < count; i++) {
                        if (Math.abs(samples[i * format.channels()]) > 0.05) {
                            double at = frame.presentationTimeUs() / 1e6 + i / 48_000.0;
                            if (at - quietSince > 0.2) {
                                tones.add(at);
                            }
                            quietSince = at;
                        }
                    }
                }
            }
        }
        return tones;
    }

    private static List<Frame> rest(FrameReader reader) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
            frames.add(frame);
        }
        return frames;
    }

    @ParameterizedTest
    @CsvSource({
        "-c:a aac -ar 8000 -ac 1, 1",
        "-c:a aac -ac 6, 2",
        "-c:a libopus -strict -2, 1",
        "-c:a aac -ar 22050 -ac 2, 2",
        "-c:a aac -ar 96000 -ac 1, 1"
    })
    void isPlain_andSoundsWhenTheFilmDoes(String options, int channels) throws IOException {
        try (Film film = Film.open(film(options))) {
            Rendition aac = film.renditions().aac().orElseThrow();
            AacFormat format = (AacFormat) aac.format();
            assertTrue(AudioSpecificConfig.parse(format.config().bytes()).isPlain());
            assertEquals(channels, format.channels());
            try (FrameReader reader = aac.reader()) {
                List<Frame> frames = rest(reader);
                for (int i = 1; i < frames.size(); i++) {
                    assertEquals(
                            21_333,
                            frames.get(i).presentationTimeUs()
                                    - frames.get(i - 1).presentationTimeUs(),
                            1,
                            "unit " + i);
                }
                assertTrue(frames.get(0).presentationTimeUs() <= 0);
                assertEquals(5_000_000, frames.get(frames.size() - 1).presentationTimeUs(), 60_000);
                assertTones(List.of(0.0, 1.0, 2.0, 3.0, 4.0), tones(frames));
            }
        }
    }

    private static void assertTones(List<Double> expected, List<Double> heard) {
        assertEquals(expected.size(), heard.size(), heard::toString);
        for (int i = 0; i < heard.size(); i++) {
            assertEquals(expected.get(i), heard.get(i), 0.012, heard::toString);
        }
    }

    @Test
    void seeksToTheUnitOfATime_andBackToTheStart() throws IOException {
        try (Film film = Film.open(film("-c:a aac -ar 8000 -ac 1"));
                FrameReader reader = film.renditions().aac().orElseThrow().reader()) {
            reader.next();
            reader.seek(2_500_000);
            List<Frame> frames = rest(reader);
            assertEquals(2_490_000, frames.get(0).presentationTimeUs(), 11_000);
            assertTones(List.of(3.0, 4.0), tones(frames));
            reader.seek(0);
            assertTones(List.of(0.0, 1.0, 2.0, 3.0, 4.0), tones(rest(reader)));
            reader.seek(100_000_000);
            assertEquals(null, reader.next());
        }
    }

    /** As segments are read, each by a reader of its own. */
    @Test
    void stretchesReadApart_sound_asIfReadInOne() throws IOException {
        Path tone = GeneratedMedia.make(
                "tone.mp4",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=1000:duration=5:sample_rate=48000",
                "-af",
                "volume=10dB",
                "-c:a",
                "libopus",
                "-strict",
                "-2");
        try (Film film = Film.open(tone)) {
            SeekableTrack aac = film.renditions().aac().orElseThrow().seekable().orElseThrow();
            List<Frame> whole;
            try (FrameReader reader = aac.reader()) {
                whole = rest(reader);
            }
            List<Frame> joined = new ArrayList<>();
            long[] bounds = {Long.MIN_VALUE, 1_300_000, 2_900_000, Long.MAX_VALUE};
            for (int i = 0; i + 1 < bounds.length; i++) {
                long startUs = bounds[i];
                long endUs = bounds[i + 1];
                try (FrameReader reader = aac.reader()) {
                    if (i > 0) {
                        reader.seek(startUs);
                    }
                    rest(reader).stream()
                            .filter(frame ->
                                    frame.presentationTimeUs() >= startUs && frame.presentationTimeUs() < endUs)
                            .forEach(joined::add);
                }
            }
            assertEquals(times(whole), times(joined));
            assertTrue(largestStep(joined) < 1.3 * largestStep(whole), () -> steps(joined, whole));
            FrameIndex index = aac.index();
            index.seek(1_300_000);
            assertTrue(index.next());
            assertTrue(times(whole).contains(index.presentationTimeUs()), "" + index.presentationTimeUs());
        }
    }

    private static List<Long> times(List<Frame> frames) {
        return frames.stream().map(Frame::presentationTimeUs).toList();
    }

    private static String steps(List<Frame> joined, List<Frame> whole) {
        try {
            return largestStep(joined) + " instead of " + largestStep(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From one sample to the next, but for the first and last tenth of a second: a seam that is heard is one. */
    private static double largestStep(List<Frame> frames) throws IOException {
        AacFormat format = (AacFormat) frames.get(0).format();
        double largest = 0;
        double last = Double.NaN;
        try (AacDecoder decoder = AacDecoder.open(format.config().bytes());
                Resampler resampler = Resampler.open(format.channels())) {
            float[] samples = new float[8192];
            for (int n = 0; n < frames.size() - 6; n++) {
                Slice slice = frames.get(n).slice(0);
                if (decoder.decode(slice.array(), slice.offset(), slice.length()) > 0) {
                    int count = resampler.convert(decoder);
                    resampler.copy(samples, count);
                    for (int i = 0; i < count; i++) {
                        double value = samples[i * format.channels()];
                        largest = n > 5 && !Double.isNaN(last) ? Math.max(largest, Math.abs(value - last)) : largest;
                        last = value;
                    }
                }
            }
        }
        return largest;
    }

    @Test
    void filmWhoseSoundIsPlain_hasNone() throws IOException {
        try (Film film = Film.open(film("-c:a aac -ar 44100 -ac 2"))) {
            assertTrue(film.renditions().aac().isEmpty());
        }
    }
}
