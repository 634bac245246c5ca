package org.reelcast.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Slice;

/** Units named by letters, at 48 kHz: 21 333 µs each. */
class UnbrokenAudioTest {
    private final List<String> units = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();

    private UnbrokenAudio<String> line(AacFormat format, long startUs) {
        return new UnbrokenAudio<>(format, startUs, new UnbrokenAudio.Output<>() {
            @Override
            public void unit(String unit, long timeUs) {
                units.add(unit);
                times.add(timeUs);
            }

            @Override
            public void silence(Slice unit, long timeUs) {
                assertEquals(SilentUnit.of(2).length, unit.length());
                unit("-", timeUs);
            }
        });
    }

    private static long place(int number) {
        return Math.round(number * 1024e6 / 48_000);
    }

    private void assertPlaces(long firstUs) {
        for (int i = 0; i < times.size(); i++) {
            assertEquals(firstUs + place(i), times.get(i), 1);
        }
    }

    @Test
    void holesAreSilence_whatIsInTheWayIsLeftOut() {
        UnbrokenAudio<String> line = line(GeneratedTrack.aac(48_000), 0);
        line.take("a", 0);
        line.take("b", 23_000);
        line.take("c", 30_000);
        line.take("d", 150_000);
        line.take("e", 165_000);
        line.fill(240_000);
        assertEquals("a b - - - - - d e - - -", String.join(" ", units));
        assertPlaces(0);
        assertEquals(place(12), line.endUs());
    }

    @Test
    void firstUnit_isExactlyWhereItBelongs_behindSilence() {
        UnbrokenAudio<String> line = line(GeneratedTrack.aac(48_000), 1_000_000);
        assertEquals(1_000_000, line.endUs());
        line.take("a", 1_090_000);
        assertEquals("- - - - a", String.join(" ", units));
        assertEquals(1_090_000, times.get(4));
        assertEquals(1_000_000, times.get(0), place(1) / 2.0);
    }

    @Test
    void withoutAny_isSilentFromTheStart() {
        UnbrokenAudio<String> line = line(GeneratedTrack.aac(48_000), 500_000);
        line.fill(600_000);
        assertEquals("- - - - -", String.join(" ", units));
        assertPlaces(500_000);
    }

    /** HE-AAC's silence is another one. */
    @Test
    void codingWhoseSilenceIsNotKnown_keepsItsHoles() {
        byte[] fivePointOne = {0x11, (byte) 0xb0};
        UnbrokenAudio<String> line = line(new AacFormat(new DecoderConfig(fivePointOne), 48_000, 6, 48_000, "und"), 0);
        line.take("a", 0);
        line.take("b", 100_000);
        assertEquals(List.of("a", "b"), units);
        assertTrue(Math.abs(times.get(1) - 100_000) <= place(1) / 2);
    }
}
