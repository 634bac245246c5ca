package org.reelcast.bitstream.h264;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.CodecConfigException.Failure;

class AvcConfigTest {
    private static final String BASELINE_SPS = "6742c00bd902c4ec10400000fa40003a9803c50a92";
    private static final String HIGH_SPS = "67640028acd940780227e5c04400000fa40003a9803c60c658";
    /** High 4:4:4 Predictive. */
    private static final String COLOURFUL_SPS = "67f4000d919b282a33c7c5ffe01a0019e2000007d20001d4c01e28532c";

    private static final String PPS = "68ebe3cb22c0";

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        BASELINE_SPS + ",0142c00bffe10015" + BASELINE_SPS + "010006" + PPS,
        HIGH_SPS + ",01640028ffe10019" + HIGH_SPS + "010006" + PPS + "fdf8f800",
        COLOURFUL_SPS + ",01f4000dffe1001d" + COLOURFUL_SPS + "010006" + PPS + "fff8f800"
    })
    void record_isWrittenAndReadBack(String sps, String record) throws CodecConfigException {
        AvcConfig config = AvcConfig.of(List.of(hex(sps)), List.of(hex(PPS)));
        assertEquals(record, HexFormat.of().formatHex(config.toBytes()));
        AvcConfig read = AvcConfig.parse(hex(record));
        assertEquals(config, read);
        assertEquals(config.hashCode(), read.hashCode());
        assertEquals(4, read.nalLengthSize());
        assertArrayEquals(hex(sps), read.sps().get(0));
        assertArrayEquals(hex(PPS), read.pps().get(0));
    }

    @Test
    void differentSetsOrLengths_areAnotherConfiguration() {
        List<byte[]> sps = List.of(hex(HIGH_SPS));
        AvcConfig config = AvcConfig.of(sps, List.of(hex(PPS)));
        assertNotEquals(config, AvcConfig.of(sps, List.of(hex("68ebe3cb22c1"))));
        assertNotEquals(config, AvcConfig.of(sps, List.of()));
        assertNotEquals(config, new AvcConfig(100, 0, 40, 2, sps, config.pps()));
    }

    /** A set that cannot be read is passed on: 4:2:0 with 8 bits is what nearly all have. */
    @Test
    void highProfileWithoutReadableSet_isTakenForEightBits() {
        byte[] record = AvcConfig.of(List.of(hex("67640028")), List.of()).toBytes();
        assertEquals("01640028ffe100046764002800fdf8f800", HexFormat.of().formatHex(record));
    }

    @Test
    void emptySets_areLeftOut() throws CodecConfigException {
        AvcConfig config = AvcConfig.parse(hex("0142c00bfde2000000016701000168"));
        assertEquals(2, config.nalLengthSize());
        assertEquals(1, config.sps().size());
        assertEquals(1, config.pps().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fdf8f8010008ed5a", "00"})
    void whatFollowsTheSets_isKeptAsItStands(String extension) throws CodecConfigException {
        String record = "01640028fde10019" + HIGH_SPS + "010006" + PPS + extension;
        assertEquals(
                record, HexFormat.of().formatHex(AvcConfig.parse(hex(record)).toBytes()));
    }

    @Test
    void moreSetsThanARecordHolds_areLeftOut() throws CodecConfigException {
        AvcConfig config = AvcConfig.of(Collections.nCopies(40, hex(BASELINE_SPS)), Collections.nCopies(300, hex(PPS)));
        AvcConfig read = AvcConfig.parse(config.toBytes());
        assertEquals(31, read.sps().size());
        assertEquals(255, read.pps().size());
        assertEquals(config, read);
    }

    @Test
    void recordCutShort_isNamedSo() {
        byte[] whole = hex("0142c00bffe10015" + BASELINE_SPS + "010006" + PPS);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertEquals(
                    Failure.CUT_OFF,
                    assertThrows(CodecConfigException.class, () -> AvcConfig.parse(part))
                            .failure());
        }
    }

    @Test
    void lengthsOfThreeBytes_areRefused() {
        CodecConfigException e = assertThrows(CodecConfigException.class, () -> AvcConfig.parse(hex("0142c00bfee000")));
        assertEquals(Failure.NAL_LENGTH_SIZE, e.failure());
        assertEquals("has a NAL length size of 3", e.getMessage());
    }
}
