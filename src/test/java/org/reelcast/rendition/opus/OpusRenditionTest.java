package org.reelcast.rendition.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.OpusListener;
import org.reelcast.rendition.film.Film;

/** What comes out of the rendition, decoded again, against what ffmpeg makes of the same file. */
class OpusRenditionTest {
    private static final int RATE = 48_000;
    /** A noise burst of 50 ms at each full second: nothing is located more sharply. */
    private static final String BURSTS = "aevalsrc=exprs='0.4*(2*random(0)-1)*lt(mod(t\\,1)\\,0.05)':d=6:s=";

    @ParameterizedTest
    @CsvSource({"8000,1", "16000,1", "22050,2", "32000,2", "44100,2", "44100,1", "48000,2", "48000,1", "96000,2"})
    void sound_isWhereFfmpegPutsIt(int rate, int channels) throws Exception {
        Path file = GeneratedMedia.make(
                "bursts.mp4", "-f", "lavfi", "-i", BURSTS + rate, "-ac", "" + channels, "-c:a", "aac", "-b:a", "128k");
        try (Film film = Film.open(file)) {
            assertEquals(channels, film.audio().format().channels());
            float[] heard =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), channels, 10_000), channels, 0);
            float[] reference = SampleMeasures.channel(GeneratedMedia.reference(file, channels), channels, 0);

            assertEquals(6.0, heard.length / (double) RATE, 0.05);
            for (int second = 1; second < 6; second++) {
                int from = second * RATE - RATE / 20;
                int to = second * RATE + RATE / 10;
                int lag = SampleMeasures.lag(reference, heard, from, to, RATE / 100);
                assertTrue(Math.abs(lag) <= RATE / 4000, "at " + second + " s it lags " + lag + " samples");
                double louder = SampleMeasures.decibel(
                        SampleMeasures.level(heard, from, to) / SampleMeasures.level(reference, from, to));
                assertEquals(0, louder, 1.0, "dB at " + second + " s");
                assertTrue(
                        SampleMeasures.level(heard, second * RATE + RATE / 5, second * RATE + RATE * 9 / 10) < 0.002);
            }
        }
    }
}
