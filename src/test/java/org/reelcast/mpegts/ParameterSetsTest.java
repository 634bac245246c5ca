package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.mpegts.ParsedStream.Pes;

/** Parameter sets and delimiters: a decoder finds all it needs at each picture that it may start with. */
class ParameterSetsTest {
    private static final byte[] IDR = GeneratedFrames.nal(0x65, 50);
    private static final byte[] SLICE = GeneratedFrames.nal(0x41, 20);
    private static final byte[] SEI = {6, 1, 2};
    /** Of the number 1, while that of the format is 0. */
    private static final byte[] PPS_1 = {0x68, 0x4e, 2};
    /** Like the format's, of the same number, but for the level. */
    private static final byte[] OTHER_SPS = {0x67, 66, 0, 31, (byte) 0xab, 1};

    private static final byte[] SPS = GeneratedFrames.SPS;
    private static final byte[] PPS = GeneratedFrames.PPS;

    private static List<Pes> written(Frame... frames) {
        return new ParsedStream(new TransportStreamWriter(Optional.of(GeneratedFrames.H264), Optional.empty())
                        .segment(List.of(frames), List.of()))
                .pes(ParsedStream.VIDEO);
    }

    private static Frame picture(int number, boolean key, byte[]... units) {
        return picture(GeneratedFrames.H264, number, key, units);
    }

    private static Frame picture(H264Format format, int number, boolean key, byte[]... units) {
        return GeneratedFrames.picture(format, number * 40_000L, number * 40_000L, key, units);
    }

    private static void assertUnits(Pes pes, byte[]... units) {
        assertArrayEquals(GeneratedFrames.annexB(units), pes.payload());
    }

    @Test
    void eachKeyFrameAndEachIdr_hasThem() {
        byte[] recovery = GeneratedFrames.nal(0x61, 30);
        List<Pes> found = written(
                picture(0, true, IDR),
                picture(1, false, SLICE),
                picture(2, true, SEI, recovery),
                picture(3, false, SEI, IDR),
                picture(4, false, SLICE, SLICE));
        assertUnits(found.get(0), SPS, PPS, IDR);
        assertUnits(found.get(1), SLICE);
        assertUnits(found.get(2), SPS, PPS, SEI, recovery);
        assertUnits(found.get(3), SPS, PPS, SEI, IDR);
        assertUnits(found.get(4), SLICE, SLICE);
        assertEquals(
                List.of(true, false, true, true, false),
                found.stream().map(Pes::entry).toList());
    }

    /** A film with few key frames: who takes this segment first knows at least what the pictures are. */
    @Test
    void segmentThatStartsWithNoKeyFrame_hasThemEvenSo() {
        List<Pes> found = written(picture(0, false, SLICE), picture(1, false, SLICE));
        assertUnits(found.get(0), SPS, PPS, SLICE);
        assertEquals(false, found.get(0).entry());
        assertUnits(found.get(1), SLICE);
    }

    @Test
    void thoseThatTheFrameBrings_areNotWrittenTwice() {
        assertUnits(written(picture(0, true, OTHER_SPS, PPS, IDR)).get(0), OTHER_SPS, PPS, IDR);
        assertUnits(written(picture(0, true, SEI, OTHER_SPS, IDR)).get(0), SEI, OTHER_SPS, PPS, IDR);
        assertUnits(written(picture(0, true, PPS, IDR)).get(0), SPS, PPS, IDR);
        assertUnits(written(picture(0, true, PPS_1, IDR)).get(0), SPS, PPS, PPS_1, IDR);
        assertUnits(written(picture(0, true, SPS, PPS_1, IDR)).get(0), SPS, PPS, PPS_1, IDR);
    }

    @Test
    void delimiterOfTheFrame_isNotWrittenTwice() {
        assertUnits(written(picture(0, true, new byte[] {9, 0x10}, SEI, IDR)).get(0), SPS, PPS, SEI, IDR);
        assertUnits(
                written(picture(0, true, IDR), picture(1, false, new byte[] {9, 0x30}, SLICE))
                        .get(1),
                SLICE);
        // as x264 and ffmpeg together begin a film
        assertUnits(
                written(picture(0, true, SEI, new byte[] {9, 0x10}, SEI, IDR)).get(0), SPS, PPS, SEI, SEI, IDR);
    }

    /** Each field of a frame is an access unit of its own, and has a delimiter if the film has any. */
    @Test
    void delimiterOfTheSecondField_stays() {
        byte[] delimiter = {9, 0x30};
        List<Pes> found = written(
                picture(0, true, delimiter, IDR, delimiter, SLICE),
                picture(1, false, delimiter, SLICE, delimiter, SLICE));
        assertUnits(found.get(0), SPS, PPS, IDR, delimiter, SLICE);
        assertUnits(found.get(1), SLICE, delimiter, SLICE);
    }

    @Test
    void formatThatChangesAtAKeyFrame_bringsItsOwn() {
        H264Format other = GeneratedFrames.H264.withConfig(
                new DecoderConfig(
                        AvcConfig.of(List.of(OTHER_SPS), List.of(PPS_1, PPS)).toBytes()),
                false);
        List<Pes> found = written(
                picture(0, true, IDR),
                picture(other, 1, true, IDR),
                picture(other, 2, false, SLICE),
                picture(3, true, IDR));
        assertUnits(found.get(0), SPS, PPS, IDR);
        assertUnits(found.get(1), OTHER_SPS, PPS_1, PPS, IDR);
        assertUnits(found.get(2), SLICE);
        assertUnits(found.get(3), SPS, PPS, IDR);
    }

    @Test
    void formatWithoutAny_leavesItToTheFrames() {
        H264Format none = GeneratedFrames.H264.withConfig(DecoderConfig.NONE, true);
        List<Pes> found = written(picture(none, 0, true, SPS, PPS, IDR), picture(none, 1, true, IDR));
        assertUnits(found.get(0), SPS, PPS, IDR);
        assertUnits(found.get(1), IDR);
    }

    @Test
    void configurationThatIsCutOff_isRefused() {
        H264Format broken = GeneratedFrames.H264.withConfig(new DecoderConfig(new byte[] {1, 66, 0}), false);
        Frame frame = picture(broken, 0, true, IDR);
        assertEquals(
                "An H.264 configuration is cut off",
                assertThrows(IllegalArgumentException.class, () -> written(frame))
                        .getMessage());
    }
}
