package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.Slice;

/** No test of what comes out: that is the machine's. */
class EncodingSpeedTest {
    @Test
    void measure_twice_isWithinWhatIsBelieved() throws Exception {
        for (int i = 0; i < 2; i++) {
            double speed = EncodingSpeed.measure(FfmpegEncoderKind.OPENH264).speed();
            assertTrue(speed >= 1 && speed <= 4, "speed " + speed);
        }
    }

    @Test
    void film_startsWithItsOnlyKeyFrame() throws Exception {
        Slice[][] film = EncodingSpeed.film();
        assertTrue(film.length > 1);
        for (int i = 0; i < film.length; i++) {
            boolean key = false;
            for (Slice unit : film[i]) {
                key |= NalType.of(unit.array()[unit.offset()]) == NalType.IDR;
            }
            assertEquals(i == 0, key, "picture " + i);
        }
    }
}
