package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Frame;
import org.reelcast.mpegts.ParsedStream.Pes;

/** Packets, tables and counters; the parser itself fails at whatever is out of step. */
class TransportStreamWriterTest {
    private static final TransportStreamWriter BOTH =
            new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.of(GeneratedFrames.AAC));
    private static final TransportStreamWriter VIDEO =
            new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.empty());
    private static final TransportStreamWriter AUDIO =
            new TransportStreamWriter(Optional.empty(), Optional.of(GeneratedFrames.AAC));
    private static final long EPOCH_US = 10_000_000;

    private static byte[] second(int number, int pictureSize, int soundSize) {
        long fromUs = EPOCH_US + number * 1_000_000L;
        return BOTH.segment(
                GeneratedFrames.pictures(fromUs, 25, pictureSize), GeneratedFrames.sounds(fromUs, 47, soundSize));
    }

    private static void assertWholeRounds(ParsedStream stream) {
        stream.counters.forEach((pid, counters) -> {
            assertEquals(0, counters.get(0), "PID " + pid);
            assertEquals(15, counters.get(counters.size() - 1), "PID " + pid);
        });
    }

    @Test
    void tables_nameTheTracksAndTheClock() {
        byte[] association = HexFormat.of().parseHex("00b00d0001c100000001f0002ab104b2");
        ParsedStream both = new ParsedStream(second(0, 1000, 200));
        assertArrayEquals(association, both.sections.get(ParsedStream.PAT).get(0));
        assertEquals("02b0170001c10000e100f0001be100f0000fe101f000", map(both));
        assertEquals(
                "02b0120001c10000e100f0001be100f000",
                map(new ParsedStream(VIDEO.segment(GeneratedFrames.pictures(EPOCH_US, 5, 100), List.of()))));
        assertEquals(
                "02b0120001c10000e101f0000fe101f000",
                map(new ParsedStream(AUDIO.segment(List.of(), GeneratedFrames.sounds(EPOCH_US, 5, 100)))));
    }

    private static String map(ParsedStream stream) {
        List<byte[]> sections = stream.sections.get(ParsedStream.PMT);
        sections.forEach(section -> assertArrayEquals(sections.get(0), section));
        byte[] section = sections.get(0);
        return HexFormat.of().formatHex(section, 0, section.length - 4);
    }

    @Test
    void tables_comeFirstAndEvenlyOverTheSegment() {
        byte[] segment = second(0, 5000, 200);
        int before = 0;
        int longest = 0;
        for (int i = 0; i < segment.length / 188; i++) {
            if (segment[i * 188 + 1] == 0x40 && segment[i * 188 + 2] == 0) {
                longest = Math.max(longest, i - before);
                before = i;
            }
        }
        assertEquals(0x40, segment[1], "the first packet is the association table");
        assertEquals(0x50, segment[188 + 1], "the second is the map table");
        assertTrue(longest < segment.length / 188 / 3, longest + " packets without tables");
    }

    @Test
    void segmentsJoined_inAnyOrder_areOneStream() {
        byte[][] segments = {second(0, 1000, 200), second(1, 777, 1), second(2, 1, 600), second(3, 30_000, 200)};
        for (byte[] segment : segments) {
            assertWholeRounds(new ParsedStream(segment));
        }
        ParsedStream stream = new ParsedStream(GeneratedFrames.join(segments));
        assertEquals(100, stream.pes(ParsedStream.VIDEO).size());
        new ParsedStream(GeneratedFrames.join(segments[3], segments[1], segments[1], segments[0]));
        assertArrayEquals(segments[1], second(1, 777, 1));
    }

    @Test
    void framesOfEverySize_comeThrough() {
        for (int size = 1; size < 800; size++) {
            Frame picture = GeneratedFrames.picture(EPOCH_US, EPOCH_US + 80_000, true, size);
            Frame sound = GeneratedFrames.sound(EPOCH_US, size);
            ParsedStream stream = new ParsedStream(BOTH.segment(List.of(picture), List.of(sound)));
            assertWholeRounds(stream);
            assertArrayEquals(
                    GeneratedFrames.annexB(GeneratedFrames.SPS, GeneratedFrames.PPS, GeneratedFrames.units(picture)[0]),
                    stream.pes(ParsedStream.VIDEO).get(0).payload());
            assertArrayEquals(
                    GeneratedFrames.adts(List.of(sound)),
                    stream.pes(ParsedStream.AUDIO).get(0).payload());
            ParsedStream alone = new ParsedStream(AUDIO.segment(List.of(), List.of(sound)));
            assertWholeRounds(alone);
            assertArrayEquals(
                    GeneratedFrames.adts(List.of(sound)),
                    alone.pes(ParsedStream.AUDIO).get(0).payload());
        }
    }

    /** Sixteen packets that are full to the last byte: 8 bytes of each first one are the clock's, 14 the PES header. */
    @Test
    void payloadThatFitsExactly_takesNoPacketMore() {
        int nal = 16 * 184
                - 8
                - 14
                - GeneratedFrames.annexB(GeneratedFrames.SPS, GeneratedFrames.PPS, new byte[0]).length;
        assertEquals(32 + 16, packets(nal));
        assertEquals(32 + 32, packets(nal + 1));
        assertEquals(32 + 16, packets(nal - 1));
    }

    private static int packets(int nal) {
        return new ParsedStream(
                        VIDEO.segment(List.of(GeneratedFrames.picture(EPOCH_US, EPOCH_US, true, nal)), List.of()))
                .packets;
    }

    /** What makes the rounds whole is taken from the longest unit: headers are not torn, however short the last one. */
    @Test
    void headers_stayInOnePacket() {
        for (int size = 1; size < 40; size++) {
            ParsedStream stream = new ParsedStream(BOTH.segment(
                    GeneratedFrames.pictures(EPOCH_US, 25, size), GeneratedFrames.sounds(EPOCH_US, 41, size)));
            for (int pid : List.of(ParsedStream.VIDEO, ParsedStream.AUDIO)) {
                assertTrue(stream.pes(pid).stream().allMatch(pes -> pes.first() > 14), "torn with " + size);
            }
        }
    }

    @Test
    void pictureOfMoreThan64k_hasNoLength() {
        List<Frame> pictures = List.of(
                GeneratedFrames.picture(EPOCH_US, EPOCH_US, true, 65_505),
                GeneratedFrames.picture(EPOCH_US + 40_000, EPOCH_US + 40_000, false, 65_518),
                GeneratedFrames.picture(EPOCH_US + 80_000, EPOCH_US + 80_000, false, 65_517),
                GeneratedFrames.picture(EPOCH_US + 120_000, EPOCH_US + 120_000, false, 3_000_000));
        List<Pes> found = new ParsedStream(VIDEO.segment(pictures, List.of())).pes(ParsedStream.VIDEO);
        assertEquals(List.of(0, 0, 65_535, 0), found.stream().map(Pes::length).toList());
        for (int i = 1; i < 4; i++) {
            assertArrayEquals(
                    GeneratedFrames.annexB(GeneratedFrames.units(pictures.get(i))),
                    found.get(i).payload());
        }
    }

    @Test
    void segmentWithoutFramesOfATrack_hasTheClockAndTheTablesOfBoth() {
        ParsedStream sound = new ParsedStream(BOTH.segment(List.of(), GeneratedFrames.sounds(EPOCH_US, 94, 200)));
        assertTrue(sound.clocks.size() >= 19);
        assertTrue(sound.clocks.stream().allMatch(clock -> clock.pid() == ParsedStream.VIDEO));
        assertEquals(16, sound.sections.get(ParsedStream.PMT).size());
        ParsedStream picture = new ParsedStream(BOTH.segment(GeneratedFrames.pictures(EPOCH_US, 25, 200), List.of()));
        assertEquals(25, picture.pes(ParsedStream.VIDEO).size());
        ParsedStream none = new ParsedStream(BOTH.segment(List.of(), List.of()));
        assertEquals(32, none.packets);
        assertWholeRounds(none);
    }

    @Test
    void streamWithoutTracks_andFramesWithoutTrack_areRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new TransportStreamWriter(Optional.empty(), Optional.empty()));
        List<Frame> sounds = GeneratedFrames.sounds(0, 1, 10);
        assertThrows(IllegalArgumentException.class, () -> VIDEO.segment(List.of(), sounds));
        List<Frame> pictures = GeneratedFrames.pictures(0, 1, 10);
        assertThrows(IllegalArgumentException.class, () -> AUDIO.segment(pictures, List.of()));
    }

    @Test
    void framesWithoutPayload_areLeftOut() {
        Frame empty = new Frame(GeneratedFrames.H264, EPOCH_US, EPOCH_US, true);
        Frame hollow = GeneratedFrames.picture(GeneratedFrames.H264, EPOCH_US, EPOCH_US, true, new byte[0]);
        Frame full = GeneratedFrames.picture(
                GeneratedFrames.H264,
                EPOCH_US + 40_000,
                EPOCH_US + 40_000,
                true,
                new byte[0],
                GeneratedFrames.nal(0x65, 5),
                new byte[0]);
        ParsedStream stream = new ParsedStream(
                BOTH.segment(List.of(empty, hollow, full), List.of(GeneratedFrames.sound(EPOCH_US, 0))));
        assertEquals(1, stream.pes(ParsedStream.VIDEO).size());
        assertArrayEquals(
                GeneratedFrames.annexB(GeneratedFrames.SPS, GeneratedFrames.PPS, GeneratedFrames.nal(0x65, 5)),
                stream.pes(ParsedStream.VIDEO).get(0).payload());
        assertEquals(List.of(), stream.pes(ParsedStream.AUDIO));
    }

    /** Beside the result nothing grows with the bytes: only with the frames, and by little. */
    @ParameterizedTest
    @CsvSource({"100, 60", "20000, 600"})
    void whatIsAllocated_isTheSegmentAndALittleForEachFrame(int pictureSize, int soundSize) {
        List<Frame> pictures = GeneratedFrames.pictures(EPOCH_US, 250, pictureSize);
        List<Frame> sounds = GeneratedFrames.sounds(EPOCH_US, 470, soundSize);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        BOTH.segment(pictures, sounds);
        long before = threads.getThreadAllocatedBytes(thread);
        byte[] segment = BOTH.segment(pictures, sounds);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertTrue(
                allocated - segment.length < 720 * 64 + 8192,
                allocated - segment.length + " bytes beside the segment's " + segment.length);
    }
}
