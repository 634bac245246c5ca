package org.reelcast.rendition.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.OpusListener;
import org.reelcast.rendition.film.Film;

/** HE-AAC v1 and v2, said up front, said in an appendix that old decoders skip, and said by the frames alone. */
class HeAacTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    /** AAC-LC at 22.05 kHz; the same and an SBR appendix; SBR with AAC-LC inside; parametric stereo with it inside. */
    @ParameterizedTest
    @CsvSource({"1388,true", "138856e5a0,false", "2b8a0800,false", "eb8a0800,true", "1388,false"})
    void decoder_doublesTheRateHoweverItIsSaid(String config, boolean parametricStereo) throws Exception {
        List<byte[]> frames = HeAac.frames(parametricStereo);
        try (AacDecoder decoder = AacDecoder.open(HexFormat.of().parseHex(config))) {
            int decoded = 0;
            for (byte[] frame : frames) {
                int code = decoder.decode(frame, 0, frame.length);
                assertTrue(code >= 0, "code " + code);
                decoded += code;
            }
            assertEquals(frames.size(), decoded);
            assertEquals(44_100, decoder.sampleRate());
            assertEquals(2048, decoder.samples());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void film_soundsWhereFfmpegPutsIt(boolean parametricStereo) throws Exception {
        Path file = HeAac.implicit(folder, parametricStereo);
        try (Film film = Film.open(file)) {
            assertEquals(2, film.audio().format().channels());
            float[] heard =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 1000), 2, 0);
            float[] reference = SampleMeasures.channel(GeneratedMedia.reference(file, 2), 2, 0);
            assertEquals(reference.length / (double) RATE, heard.length / (double) RATE, 0.05);
            for (int second = 1; second < 4; second++) {
                int from = second * RATE;
                int lag = SampleMeasures.lag(reference, heard, from - RATE / 20, from + RATE / 5, RATE / 50);
                assertTrue(Math.abs(lag) <= 48, "at " + second + " s it lags " + lag + " samples");
                double louder = SampleMeasures.decibel(SampleMeasures.level(heard, from, from + RATE / 5)
                        / SampleMeasures.level(reference, from, from + RATE / 5));
                assertEquals(0, louder, 1.5, "dB at " + second + " s");
            }
            assertEquals(0, film.audio().droppedFrames());
        }
    }

    @Test
    void configuration_saysWhatMayCome() {
        AudioSpecificConfig low = AudioSpecificConfig.parse(HexFormat.of().parseHex("1388"));
        assertEquals(2, low.objectType());
        assertEquals(22_050, low.sampleRate());
        assertEquals(1, low.channels());
        assertTrue(low.mayBeParametricStereo());
        AudioSpecificConfig stereo = AudioSpecificConfig.parse(HexFormat.of().parseHex("eb8a0800"));
        assertEquals(29, stereo.objectType());
        assertEquals(2, stereo.outputChannels());
        AudioSpecificConfig plain = AudioSpecificConfig.parse(HexFormat.of().parseHex("1188"));
        assertEquals(48_000, plain.sampleRate());
        assertEquals(1, plain.outputChannels());
        assertTrue(!plain.mayBeHe());
        AudioSpecificConfig rateSpelledOut =
                AudioSpecificConfig.parse(HexFormat.of().parseHex("17801f4010"));
        assertEquals(16_000, rateSpelledOut.sampleRate());
        assertEquals(0, AudioSpecificConfig.parse(new byte[0]).objectType());
    }
}
