package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Frame;
import org.reelcast.mpegts.ParsedStream.Clock;
import org.reelcast.mpegts.ParsedStream.Pes;

/** When frames are decoded and shown, and what the program's clock says meanwhile. */
class TimesTest {
    private static final TransportStreamWriter BOTH =
            new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.of(GeneratedFrames.AAC));
    private static final TransportStreamWriter AUDIO =
            new TransportStreamWriter(Optional.empty(), Optional.of(GeneratedFrames.AAC));
    private static final long EPOCH_US = 10_000_000;
    private static final long AHEAD = 45_000;
    private static final long INTERVAL = 9_000;
    private static final long MASK = (1L << 33) - 1;
    /** When pictures of a group with B-frames in a pyramid are shown, in the order of decoding. */
    private static final int[] PYRAMID = {2, 6, 4, 3, 5, 10, 8, 7, 9, 11};

    /** 25 pictures a second. */
    private static List<Frame> pyramid(long fromUs, long laterUs) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < PYRAMID.length; i++) {
            frames.add(GeneratedFrames.picture(
                    fromUs + i * 40_000L, fromUs + laterUs + PYRAMID[i] * 40_000L, i == 0, 2000));
        }
        return frames;
    }

    private static ParsedStream both(List<Frame> pictures, List<Frame> sounds) {
        return new ParsedStream(BOTH.segment(pictures, sounds));
    }

    private static void assertClockRuns(ParsedStream stream) {
        for (int i = 1; i < stream.clocks.size(); i++) {
            long step = stream.clocks.get(i).value() - stream.clocks.get(i - 1).value() & MASK;
            assertTrue(step <= INTERVAL, "a step of " + step + " at " + i);
        }
    }

    @Test
    void timesOfPictures_areThoseOfTheFrames() {
        List<Frame> frames = pyramid(EPOCH_US + 7, 0);
        List<Pes> found = both(frames, List.of()).pes(ParsedStream.VIDEO);
        for (int i = 0; i < frames.size(); i++) {
            long pts = GeneratedFrames.ticks(frames.get(i).presentationTimeUs());
            long dts = GeneratedFrames.ticks(frames.get(i).decodeTimeUs());
            assertEquals(pts, found.get(i).pts());
            assertEquals(pts == dts ? -1 : dts, found.get(i).dts());
            assertEquals(dts - AHEAD, found.get(i).clock());
            assertEquals(i == 0, found.get(i).entry());
        }
    }

    /** A tick is 11.1 µs: steps of 1024 samples at 44.1 kHz, rounded one by one, would drift within the hour. */
    @Test
    void timesOfSound_areRoundedOnceEach() {
        List<Frame> frames = new ArrayList<>();
        long first = 10L * 3600 * 44_100 / 1024;
        for (long i = first; i < first + 200; i++) {
            frames.add(GeneratedFrames.sound(Math.round(i * 1024 * 1e6 / 44_100), 300));
        }
        int at = 0;
        for (Pes pes : both(List.of(), frames).pes(ParsedStream.AUDIO)) {
            assertEquals(Math.round((first + at) * 1024 * 90_000.0 / 44_100), pes.pts(), 0.51);
            assertEquals(-1, pes.dts());
            at += pes.payload().length / 307;
        }
        assertEquals(200, at);
    }

    @Test
    void clock_runsAheadOfAllAndNeverStops() {
        byte[][] segments = new byte[6][];
        for (int i = 0; i < segments.length; i++) {
            long us = EPOCH_US + i * 400_000L;
            // what is shown in this segment, from its first picture on
            segments[i] = BOTH.segment(pyramid(us, 0), GeneratedFrames.sounds(us + 80_000, 18, 200 + i));
        }
        ParsedStream stream = new ParsedStream(GeneratedFrames.join(segments));
        assertClockRuns(stream);
        for (int pid : List.of(ParsedStream.VIDEO, ParsedStream.AUDIO)) {
            int clock = 0;
            for (Pes pes : stream.pes(pid)) {
                while (clock + 1 < stream.clocks.size()
                        && stream.clocks.get(clock + 1).packet() <= pes.packet()) {
                    clock++;
                }
                long ahead = decoded(pes) - stream.clocks.get(clock).value();
                assertTrue(ahead >= AHEAD - INTERVAL && ahead < 90_000, ahead + " ticks ahead");
            }
        }
    }

    /** Sound goes on until the last picture is shown, by when pictures of the next segment are decoded. */
    @Test
    void clock_doesNotGoBackWhereSegmentsMeet_howeverLatePicturesAreShown() {
        byte[][] segments = new byte[4][];
        for (int i = 0; i < segments.length; i++) {
            long us = EPOCH_US + i * 400_000L;
            segments[i] = BOTH.segment(pyramid(us, 520_000), GeneratedFrames.sounds(us + 600_000, 19, 300));
        }
        assertClockRuns(new ParsedStream(GeneratedFrames.join(segments)));
    }

    @Test
    void picturesThatStandForSeconds_haveClocksBetween() {
        List<Frame> slides = List.of(
                GeneratedFrames.picture(EPOCH_US, EPOCH_US, true, 9000),
                GeneratedFrames.picture(EPOCH_US + 3_000_000, EPOCH_US + 3_000_000, false, 9000));
        ParsedStream alone = both(slides, List.of());
        assertClockRuns(alone);
        assertEquals(31, alone.clocks.size());
        ParsedStream stream = both(slides, GeneratedFrames.sounds(EPOCH_US, 280, 200));
        assertClockRuns(stream);
        assertTrue(
                stream.clocks.get(stream.clocks.size() - 1).value()
                        > GeneratedFrames.ticks(EPOCH_US + 5_700_000) - AHEAD,
                "it goes on with the sound");
    }

    @Test
    void soundAlone_carriesTheClock() {
        ParsedStream stream = new ParsedStream(AUDIO.segment(List.of(), GeneratedFrames.sounds(EPOCH_US, 300, 150)));
        assertClockRuns(stream);
        for (Pes pes : stream.pes(ParsedStream.AUDIO)) {
            assertEquals(pes.pts() - AHEAD, pes.clock());
            assertTrue(pes.entry());
        }
        assertEquals(stream.pes(ParsedStream.AUDIO).size(), stream.clocks.size());
    }

    /** Of hours between two frames, as broken films have them, no clock is made. */
    @Test
    void holeOfHours_isNotFilled() {
        List<Frame> frames = List.of(
                GeneratedFrames.picture(0, 0, true, 100),
                GeneratedFrames.picture(80_000_000_000L, 80_000_000_000L, false, 100));
        assertEquals(2, both(frames, List.of()).clocks.size());
        assertEquals(
                2,
                both(frames.subList(0, 1), List.of(GeneratedFrames.sound(80_000_000_000L, 100)))
                        .clocks
                        .size());
    }

    @Test
    void everyTime_wrapsAt33Bits() {
        long wrapUs = (1L << 33) * 100 / 9;
        List<Frame> pictures = pyramid(wrapUs - 200_000, 0);
        ParsedStream stream = both(pictures, GeneratedFrames.sounds(wrapUs - 200_000, 18, 200));
        List<Pes> found = stream.pes(ParsedStream.VIDEO);
        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(
                    GeneratedFrames.ticks(pictures.get(i).presentationTimeUs()) & MASK,
                    found.get(i).pts());
            assertEquals(GeneratedFrames.ticks(pictures.get(i).decodeTimeUs()) & MASK, decoded(found.get(i)));
        }
        assertTrue(found.get(0).pts() > found.get(9).pts());
        assertTrue(stream.pes(ParsedStream.AUDIO).get(0).pts()
                > stream.pes(ParsedStream.AUDIO).get(2).pts());
        assertClockRuns(stream);
        ParsedStream start = both(GeneratedFrames.pictures(0, 20, 100), List.of());
        assertEquals(MASK + 1 - AHEAD, start.clocks.get(0).value());
        assertClockRuns(start);
        // one tick before it wraps, the clock is all ones
        assertEquals(
                MASK,
                both(GeneratedFrames.pictures(499_989, 1, 100), List.of())
                        .clocks
                        .get(0)
                        .value());
    }

    /** Negative composition offsets: times of decoding count from the first picture shown, B-frames come too late. */
    @Test
    void picturesShownBeforeTheirTimeOfDecoding_areDecodedEarlier() {
        List<Frame> frames = pyramid(EPOCH_US, -80_000);
        List<Frame> next = pyramid(EPOCH_US + 400_000, -80_000);
        ParsedStream stream =
                new ParsedStream(GeneratedFrames.join(BOTH.segment(frames, List.of()), BOTH.segment(next, List.of())));
        long last = -1;
        List<Pes> found = stream.pes(ParsedStream.VIDEO);
        for (int i = 0; i < found.size(); i++) {
            Frame frame = i < 10 ? frames.get(i) : next.get(i - 10);
            Pes pes = found.get(i);
            long dts = decoded(pes);
            assertEquals(GeneratedFrames.ticks(frame.presentationTimeUs()), pes.pts());
            assertTrue(dts <= pes.pts(), i + ": " + dts + ", " + pes.pts());
            assertTrue(i == 0 || dts - last >= 3600 / 3, i + ": " + last + ", " + dts + " all but at once");
            assertTrue(dts >= GeneratedFrames.ticks(frame.decodeTimeUs() - 80_000) - 10, i + " is decoded too early");
            last = dts;
        }
        assertClockRuns(stream);
    }

    /** Frames a microsecond apart, as they come from where an edit cuts. */
    @Test
    void picturesThatShareATick_areDecodedOneByOne() {
        List<Frame> frames = List.of(
                GeneratedFrames.picture(EPOCH_US, EPOCH_US + 40_000, true, 100),
                GeneratedFrames.picture(EPOCH_US + 1, EPOCH_US + 80_000, false, 100),
                GeneratedFrames.picture(EPOCH_US + 2, EPOCH_US + 120_000, false, 100));
        List<Long> decoded = both(frames, List.of()).pes(ParsedStream.VIDEO).stream()
                .map(Pes::dts)
                .toList();
        assertEquals(List.of(899_998L, 899_999L, 900_000L), decoded);
    }

    /** Whatever a film says: nothing fails, neither decoding nor the clock goes back, and the segment stays bounded. */
    @Test
    void timesWithoutSense_makeAStreamEvenSo() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            long rangeUs = 1L << random.nextInt(35);
            List<Frame> pictures = new ArrayList<>();
            List<Frame> sounds = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                pictures.add(GeneratedFrames.picture(
                        random.nextLong(-1, rangeUs),
                        random.nextLong(-rangeUs, rangeUs),
                        random.nextBoolean(),
                        1 + random.nextInt(600)));
                sounds.add(GeneratedFrames.sound(random.nextLong(-1, rangeUs), 1 + random.nextInt(600)));
            }
            ParsedStream stream = both(pictures, sounds);
            assertTrue(stream.packets < 32 + 62 * (16 + 100), stream.packets + " packets");
            List<Pes> found = stream.pes(ParsedStream.VIDEO);
            for (int i = 1; i < found.size(); i++) {
                assertTrue((decoded(found.get(i)) - decoded(found.get(i - 1)) & MASK) < MASK / 2);
                assertTrue((found.get(i).clock() - found.get(i - 1).clock() & MASK) < MASK / 2);
            }
            assertEquals(pictures.size(), found.size());
            new ParsedStream(AUDIO.segment(List.of(), sounds));
        }
    }

    private static long decoded(Pes pes) {
        return pes.dts() < 0 ? pes.pts() : pes.dts();
    }

    @Test
    void soundAndPictureOfAMoment_lieTogether() {
        ParsedStream stream =
                both(GeneratedFrames.pictures(EPOCH_US, 250, 4000), GeneratedFrames.sounds(EPOCH_US, 469, 170));
        List<Pes> pictures = stream.pes(ParsedStream.VIDEO);
        int at = 0;
        for (Pes sound : stream.pes(ParsedStream.AUDIO)) {
            while (at + 1 < pictures.size() && pictures.get(at + 1).packet() < sound.packet()) {
                at++;
            }
            long before = sound.pts() - pictures.get(at).pts();
            assertTrue(Math.abs(before) <= INTERVAL, "its first frame: " + before);
            long frames = sound.payload().length / 177;
            long last = before + (frames - 1) * 1920;
            assertTrue(Math.abs(last) <= INTERVAL + 3600, "its last frame: " + last);
        }
        List<Clock> clocks = stream.clocks;
        assertEquals(pictures.size(), clocks.size(), "none but those of the pictures");
    }
}
