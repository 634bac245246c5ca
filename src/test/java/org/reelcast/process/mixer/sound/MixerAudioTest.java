package org.reelcast.process.mixer.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixerAudioTest {
    private static final long AT = 48_000_000_000L + 17;
    private static final int PACKET = 960;

    /** A ramp that tells each sample's place, right the negative of left. */
    private static float[] ramp(long from, int count) {
        float[] samples = new float[count * 2];
        for (int i = 0; i < count; i++) {
            samples[2 * i] = value(from + i);
            samples[2 * i + 1] = -value(from + i);
        }
        return samples;
    }

    private static float value(long at) {
        return (at - AT) % 10_000 / 10_000f;
    }

    private static AudioRing written(int packets) {
        AudioRing ring = new AudioRing();
        for (int i = 0; i < packets; i++) {
            ring.write(ramp(AT + i * PACKET, PACKET), PACKET, AT + i * PACKET);
        }
        return ring;
    }

    private static float[] read(AudioRing ring, long at, int count) {
        float[] sum = new float[count * 2];
        ring.addTo(sum, count, at, 1, 1);
        return sum;
    }

    @Test
    void samplesComeOutAtTheirPlaces_toTheSample() {
        AudioRing ring = written(3);
        assertArrayEquals(ramp(AT + 1000, 777), read(ring, AT + 1000, 777));
        assertEquals(3 * PACKET - 5, ring.ahead(AT + 5));
    }

    @Test
    void beforeAndBehindWhatHasComeIsSilence_andNothingClicks() {
        AudioRing ring = written(3);
        float[] sum = read(ring, AT + 3 * PACKET - 100, 200);
        assertEquals(value(AT + 3 * PACKET - 100), sum[0]);
        for (int i = 100; i < 200; i++) {
            assertEquals(0, sum[2 * i]);
        }
        assertTrue(Math.abs(sum[2 * 98]) < 0.02 * value(AT + 3 * PACKET - 2) + 0.01);
        assertArrayEquals(new float[200], read(ring, AT - 100, 100));
        assertFalse(ring.addTo(new float[200], 100, AT + 10 * PACKET, 1, 1));
    }

    @Test
    void aGapIsSilent_andWhatFollowsIsWhereItBelongs() {
        AudioRing ring = written(2);
        long later = AT + 4 * PACKET;
        ring.write(ramp(later, PACKET), PACKET, later);
        assertArrayEquals(new float[2 * PACKET], read(ring, AT + 3 * PACKET, PACKET));
        float[] sum = read(ring, later, PACKET);
        assertEquals(0, sum[0]);
        assertEquals(value(later + 500), sum[1000]);
    }

    @Test
    void whatComesASecondTimeReplacesTheFirst_andLateSoundIsTaken() {
        AudioRing ring = written(3);
        float[] ones = new float[200];
        Arrays.fill(ones, 0.5f);
        ring.write(ones, 100, AT + PACKET);
        float[] sum = read(ring, AT + PACKET, 200);
        assertEquals(0.5f, sum[2 * 50]);
        assertEquals(value(AT + PACKET + 100), sum[2 * 100]);
    }

    @Test
    void aRingForgetsWhatIsOld_andStartsAnewAfterAJump() {
        AudioRing ring = written(80);
        long end = AT + 80 * PACKET;
        assertArrayEquals(new float[200], read(ring, end - AudioRing.LENGTH - 100, 100));
        assertEquals(value(end - 10_000), read(ring, end - 10_000, 1)[0]);
        long far = end + 10L * AudioRing.LENGTH;
        ring.write(ramp(far, PACKET), PACKET, far);
        assertArrayEquals(new float[200], read(ring, far - 100, 100));
        assertEquals(value(far + 500), read(ring, far + 500, 1)[0]);
        ring.write(ramp(AT, PACKET), PACKET, AT);
        assertEquals(value(AT + 500), read(ring, AT + 500, 1)[0]);
    }

    @Test
    void soundsAreAddedWithTheirGains() {
        AudioRing ring = written(3);
        float[] sum = ramp(AT + 1000, PACKET);
        ring.addTo(sum, PACKET, AT + 1000, 0.5f, 0.5f);
        assertEquals(1.5f * value(AT + 1500), sum[2 * 500], 1e-6);
        float[] fading = new float[PACKET * 2];
        ring.addTo(fading, PACKET, AT + 1000, 1, 0);
        assertEquals(value(AT + 1000), fading[0]);
        assertEquals(0.5f * value(AT + 1480), fading[2 * 480], 1e-6);
    }

    @Test
    void withinFullScaleNothingIsChanged() {
        Limiter limiter = new Limiter();
        float[] samples = ramp(AT, PACKET);
        limiter.limit(samples, PACKET);
        assertArrayEquals(ramp(AT, PACKET), samples);
    }

    @Test
    void beyondFullScaleAllIsQuieter_andComesBackSlowly() {
        Limiter limiter = new Limiter();
        for (int packet = 0; packet < 5; packet++) {
            float[] loud = tone(2.5f);
            limiter.limit(loud, PACKET);
            float peak = 0;
            for (int i = 100; i < loud.length; i++) {
                peak = Math.max(peak, Math.abs(loud[i]));
            }
            assertTrue(peak <= 1 && peak > 0.95, "peak " + peak);
        }
        double pressed = limiter.gain();
        assertEquals(0.98 / 2.5, pressed, 1e-6);
        float[] soft = tone(0.1f);
        limiter.limit(soft, PACKET);
        assertTrue(limiter.gain() > pressed && limiter.gain() < 1.1 * pressed);
        for (int packet = 0; packet < 100; packet++) {
            limiter.limit(tone(0.1f), PACKET);
        }
        soft = tone(0.1f);
        limiter.limit(soft, PACKET);
        assertArrayEquals(tone(0.1f), soft);
    }

    private static float[] tone(float amplitude) {
        float[] samples = new float[PACKET * 2];
        for (int i = 0; i < PACKET; i++) {
            samples[2 * i] = (float) (amplitude * Math.sin(2 * Math.PI * 1000 * i / 48_000));
            samples[2 * i + 1] = samples[2 * i];
        }
        return samples;
    }
}
