package org.reelcast.bitstream.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.CodecConfigException.Failure;

class AudioSpecificConfigTest {

    private static AudioSpecificConfig parse(String hex) {
        return AudioSpecificConfig.parse(HexFormat.of().parseHex(hex));
    }

    /** Plain, plain by FFmpeg's own account, SBR in an extension, PS in it, SBR up front, PS up front, ER LD. */
    @ParameterizedTest
    @CsvSource({
        "1210,2,2,44100,2,false,false,false", "139056e500,2,2,22050,2,false,false,true",
        "138856e5a0,2,2,22050,1,true,false,true", "138856e5a54880,2,2,22050,1,true,true,true",
        "128856e580,2,2,32000,1,true,false,true", "2b8a0800,5,2,22050,1,true,false,true",
        "eb8a0800,29,2,22050,1,true,true,true", "b98d,23,23,48000,1,false,false,false",
        "17801f4010,2,2,16000,2,false,false,true"
    })
    void signalling_isReadWhereverItStands(
            String hex, int objectType, int core, int rate, int channels, boolean sbr, boolean ps, boolean mayBeHe) {
        AudioSpecificConfig config = parse(hex);
        assertEquals(objectType, config.objectType());
        assertEquals(core, config.coreObjectType());
        assertEquals(rate, config.sampleRate());
        assertEquals(channels, config.channels());
        assertEquals(sbr, config.sbr());
        assertEquals(ps, config.ps());
        assertEquals(mayBeHe, config.mayBeHe());
        assertEquals(channels == 1 && mayBeHe && !ps, config.mayBeParametricStereo());
        assertTrue(config.isAac());
    }

    /** Plain, frameLengthFlag, SBR up front, ER LD with and without the flag, USAC. */
    @ParameterizedTest
    @CsvSource({"1210,1024", "1214,960", "2b8a0800,1024", "2b8a0a00,960", "b98d,480", "b989,512", "f9462040,1024"})
    void frameSamples_areThoseOfTheCoreCoder(String hex, int samples) {
        assertEquals(samples, parse(hex).frameSamples());
    }

    @Test
    void channels_areThoseOfTheTableOrSaidElsewhere() throws CodecConfigException {
        assertEquals(8, parse("11b8").channels());
        assertEquals(0, parse("1180").channels());
        assertEquals(0, parse("11e0").channels());
        assertEquals(6, parse("11b0").channelsOr(2));
        assertEquals(2, parse("1180").channelsOr(2));
        assertEquals(Failure.CHANNELS, failure(() -> parse("1180").channelsOr(0)));
        assertEquals(Failure.CHANNELS, failure(() -> parse("1180").channelsOr(65)));
    }

    @Test
    void sampleRateThatCannotBe_isNamedSo() throws CodecConfigException {
        parse("1210").checkSampleRate();
        assertEquals(Failure.SAMPLE_RATE, failure(parse("1690")::checkSampleRate));
        assertEquals(Failure.SAMPLE_RATE, failure(parse("17ffffff90")::checkSampleRate));
    }

    @Test
    void configOfRateAndChannels_isThatOfTheTables() throws CodecConfigException {
        assertEquals(parse("1210"), AudioSpecificConfig.of(2, 44_100, 2));
        assertEquals(
                parse("1210").hashCode(), AudioSpecificConfig.of(2, 44_100, 2).hashCode());
        assertNotEquals(parse("1210"), AudioSpecificConfig.of(2, 44_100, 8));
        assertEquals(Failure.SAMPLE_RATE, failure(() -> AudioSpecificConfig.of(2, 44_101, 2)));
        assertEquals(Failure.CHANNELS, failure(() -> AudioSpecificConfig.of(2, 44_100, 7)));
        assertEquals(Failure.CHANNELS, failure(() -> AudioSpecificConfig.of(2, 44_100, 0)));
    }

    @Test
    void otherCodecs_areNotAac() {
        assertTrue(!parse("f8480000").isAac());
        assertTrue(!parse("").isAac());
    }

    @Test
    void anyBytes_neverThrow() {
        Random random = new Random(14496);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            AudioSpecificConfig config = AudioSpecificConfig.parse(bytes);
            assertTrue(config.channels() >= 0 && config.channels() <= 8 && config.sampleRate() < 1 << 24);
            assertTrue(config.sbr() || !config.ps());
        }
    }

    private interface Check {
        void run() throws CodecConfigException;
    }

    private static Failure failure(Check check) {
        return assertThrows(CodecConfigException.class, check::run).failure();
    }
}
