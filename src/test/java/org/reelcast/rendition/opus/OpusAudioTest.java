package org.reelcast.rendition.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.OpusListener;
import org.reelcast.rendition.film.Film;

/** What the sound is like: mixed down, over long films, after a jump, where the file is damaged. */
class OpusAudioTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    private static Path sine(int hertz, String seconds) {
        return GeneratedMedia.make(
                "sine.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='0.25*sin(2*PI*" + hertz + "*t)|" + "0.25*sin(2*PI*" + hertz * 3 / 2 + "*t)':d="
                        + seconds + ":s=44100",
                "-c:a",
                "aac",
                "-b:a",
                "160k");
    }

    @Test
    void surround_isMixedDownAsFfmpegDoes() throws Exception {
        // left, right, centre, effects, surround left, surround right: one tone each
        Path file = GeneratedMedia.make(
                "surround.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='0.3*sin(2*PI*300*t)|"
                        + "0.3*sin(2*PI*500*t)|0.3*sin(2*PI*700*t)|0.3*sin(2*PI*60*t)|0.3*sin(2*PI*900*t)|0.3*sin(2*PI*1100*t)'"
                        + ":c=5.1:d=4:s=48000",
                "-c:a",
                "aac",
                "-b:a",
                "384k");
        try (Film film = Film.open(file)) {
            assertEquals(2, film.audio().format().channels());
            float[] heard = OpusListener.hear(film.audio().reader(), 2, 200);
            float[] reference = GeneratedMedia.reference(file, 2);
            double peak = 0;
            for (int channel = 0; channel < 2; channel++) {
                float[] one = SampleMeasures.channel(heard, 2, channel);
                float[] wanted = SampleMeasures.channel(reference, 2, channel);
                assertTrue(
                        SampleMeasures.error(wanted, one, RATE, 3 * RATE) < -20,
                        SampleMeasures.error(wanted, one, RATE, 3 * RATE) + " dB of difference");
                for (float sample : one) {
                    peak = Math.max(peak, Math.abs(sample));
                }
            }
            assertTrue(peak < 1, "clips at " + peak);
        }
    }

    @Test
    void sound_doesNotDriftOverTenMinutes() throws Exception {
        Path file = GeneratedMedia.make(
                "long.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='0.4*(2*random(0)-1)*lt(mod(t\\,60)\\,0.05)':d=600:s=44100",
                "-ac",
                "1",
                "-c:a",
                "aac",
                "-b:a",
                "64k");
        try (Film film = Film.open(file, "opus_complexity", "0", "opus_bitrate", "96")) {
            float[] heard = OpusListener.hear(film.audio().reader(), 1, Integer.MAX_VALUE);
            float[] reference = GeneratedMedia.reference(file, 1);
            for (int minute : new int[] {1, 5, 9}) {
                int at = minute * 60 * RATE;
                int lag = SampleMeasures.lag(reference, heard, at - 500, at + RATE / 10, 480);
                assertTrue(Math.abs(lag) <= 48, "after " + minute + " minutes it lags " + lag + " samples");
            }
            assertEquals(600.0, heard.length / (double) RATE, 0.05);
            assertEquals(1, film.audio().encoderStarts(), "one encoder goes through the whole film");
        }
    }

    @Test
    void jump_soundsLikeGoingOnWithoutOne() throws Exception {
        Path file = sine(440, "8");
        float[] whole;
        try (Film film = Film.open(file)) {
            whole = SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 400), 2, 0);
        }
        try (Film film = Film.open(file);
                FrameReader reader = film.audio().reader()) {
            reader.seek(5_000_000);
            float[] jumped = SampleMeasures.channel(OpusListener.hear(reader, 2, 50), 2, 0);
            float[] wanted = java.util.Arrays.copyOfRange(whole, 5 * RATE, 6 * RATE);
            // the listener's own decoder starts anew there and needs a packet to settle
            assertTrue(
                    SampleMeasures.error(wanted, jumped, RATE / 25, RATE) < -20,
                    SampleMeasures.error(wanted, jumped, RATE / 25, RATE) + " dB of difference");
        }
    }

    @Test
    void seam_betweenTwoEncoders_isNotHeard() throws Exception {
        Path file = sine(1000, "8");
        float[] whole;
        try (Film film = Film.open(file)) {
            whole = SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 400), 2, 0);
        }
        try (Film film = Film.open(file);
                FrameReader late = film.audio().reader()) {
            late.seek(3_000_000);
            OpusListener.hear(late, 2, 100);
            // the first three seconds come from one encoder, the rest from another
            float[] patched =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 400), 2, 0);
            assertEquals(2, film.audio().encoderStarts() - 0, "one for 3 s on, one from the start");
            assertTrue(
                    SampleMeasures.error(whole, patched, 3 * RATE - RATE / 50, 3 * RATE + RATE / 50) < -20,
                    SampleMeasures.error(whole, patched, 3 * RATE - RATE / 50, 3 * RATE + RATE / 50)
                            + " dB at the seam");
        }
    }

    @Test
    void trackThatStartsLater_isSilentBefore() throws Exception {
        Path file = GeneratedMedia.make(
                "late.mp4",
                "-itsoffset",
                "1.5",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=500:sample_rate=48000:duration=3",
                "-f",
                "lavfi",
                "-i",
                "color=size=64x64:rate=25:duration=4",
                "-c:a",
                "aac",
                "-c:v",
                "libx264",
                "-bf",
                "0");
        try (Film film = Film.open(file)) {
            float[] heard =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 1, 300), 1, 0);
            assertTrue(SampleMeasures.level(heard, 0, 3 * RATE / 2 - RATE / 40) < 0.001);
            assertTrue(SampleMeasures.level(heard, 3 * RATE / 2 + RATE / 40, 2 * RATE) > 0.05);
            float[] reference = GeneratedMedia.reference(file, 1);
            assertEquals(0, SampleMeasures.lag(reference, heard, RATE * 3 / 2 - 2400, RATE * 3 / 2 + 2400, 40), 48);
        }
    }

    @Test
    void start_hasNoClick() throws Exception {
        Path file = sine(440, "2");
        try (Film film = Film.open(file)) {
            float[] heard =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 100), 2, 0);
            float steepest = 0;
            for (int i = 1; i < RATE / 10; i++) {
                steepest = Math.max(steepest, Math.abs(heard[i] - heard[i - 1]));
            }
            // a sine of 440 Hz at 0.25 never moves more than 0.0144 a sample
            assertTrue(steepest < 0.03, "it jumps by " + steepest);
        }
    }

    @Test
    void brokenFrames_areSilentCountedAndNotFatal() throws Exception {
        Path file = sine(440, "4");
        Path broken = folder.resolve("broken.mp4");
        byte[] bytes = Files.readAllBytes(file);
        try (Film film = Film.open(file)) {
            SampleTable samples = film.movie().audio().orElseThrow().samples();
            for (int i = 50; i < 60; i++) {
                java.util.Arrays.fill(
                        bytes, (int) samples.position(i), (int) samples.position(i) + samples.size(i), (byte) 0xff);
            }
        }
        Files.write(broken, bytes);
        try (Film film = Film.open(broken)) {
            float[] heard =
                    SampleMeasures.channel(OpusListener.hear(film.audio().reader(), 2, 200), 2, 0);
            assertEquals(4.0, heard.length / (double) RATE, 0.03);
            assertEquals(10, film.audio().droppedFrames());
            // frames 50 to 59 cover 1.14 to 1.37 s
            assertTrue(SampleMeasures.level(heard, RATE * 120 / 100, RATE * 134 / 100) < 0.01);
            assertTrue(SampleMeasures.level(heard, RATE * 150 / 100, RATE * 390 / 100) > 0.15);
        }
    }
}
