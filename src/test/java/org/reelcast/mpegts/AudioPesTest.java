package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.mpegts.ParsedStream.Pes;

/** Sound in PES packets. */
class AudioPesTest {
    private static final TransportStreamWriter BOTH =
            new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.of(GeneratedFrames.AAC));
    private static final int HEADER = 7;

    private static List<Pes> written(List<Frame> frames) {
        return new ParsedStream(BOTH.segment(List.of(), frames)).pes(ParsedStream.AUDIO);
    }

    private static List<Integer> bytes(List<Pes> found) {
        return found.stream().map(pes -> pes.payload().length).toList();
    }

    @Test
    void severalFrames_shareAPacket() {
        List<Frame> frames = GeneratedFrames.sounds(0, 20, 100);
        List<Pes> found = written(frames);
        assertEquals(List.of(8 * 107, 8 * 107, 4 * 107), bytes(found));
        assertArrayEquals(
                GeneratedFrames.adts(frames.subList(0, 8)), found.get(0).payload());
        assertArrayEquals(
                GeneratedFrames.adts(frames.subList(8, 16)), found.get(1).payload());
        assertEquals(
                GeneratedFrames.ticks(frames.get(8).presentationTimeUs()),
                found.get(1).pts());
    }

    @Test
    void packets_areShortInBytesAndInTime() {
        assertEquals(List.of(2 * 1007, 2 * 1007, 1007), bytes(written(GeneratedFrames.sounds(0, 5, 1000))));
        assertEquals(List.of(2930, 1465), bytes(written(GeneratedFrames.sounds(0, 3, 1465 - HEADER))));
        List<Frame> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            // 1024 samples at 16 kHz
            slow.add(GeneratedFrames.sound(i * 64_000L, 30));
        }
        assertEquals(List.of(3 * 37, 3 * 37, 2 * 37), bytes(written(slow)));
    }

    @Test
    void frameThatNoHeaderCanSay_isLeftOut() {
        AacFormat other = GeneratedFrames.aac(0x12, 0x10);
        AacFormat lowDelay = GeneratedFrames.aac(0xb9, 0x8d);
        List<Frame> frames = List.of(
                GeneratedFrames.sound(0, 10),
                GeneratedFrames.sound(21_333, 8185),
                GeneratedFrames.sound(42_667, 8184),
                GeneratedFrames.sound(lowDelay, 64_000, 10),
                GeneratedFrames.sound(other, 85_333, 10));
        List<Pes> found = written(frames);
        assertEquals(List.of(17, 8191, 17), bytes(found));
        assertEquals(0x4c, found.get(0).payload()[2] & 0xfc, "48 kHz");
        assertEquals(0x50, found.get(2).payload()[2] & 0xfc, "44.1 kHz");
    }

    @Test
    void soundThatCannotBeCarried_isToldWithAReason() {
        assertEquals(Optional.empty(), TransportStreamWriter.whyNot(GeneratedFrames.AAC));
        AacFormat lowDelay = GeneratedFrames.aac(0xb9, 0x8d);
        assertEquals(
                Optional.of("is of audio object type 23, and ADTS knows 1 to 4"),
                TransportStreamWriter.whyNot(lowDelay));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new TransportStreamWriter(Optional.empty(), Optional.of(lowDelay)))
                .getMessage();
        assertTrue(message.endsWith("the sound is of audio object type 23, and ADTS knows 1 to 4"), message);
    }
}
