package org.reelcast.bitstream.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdtsHeaderTest {

    private static AudioSpecificConfig config(String hex) {
        return AudioSpecificConfig.parse(HexFormat.of().parseHex(hex));
    }

    private static String header(String config, int payload) {
        byte[] bytes = new byte[2 + AdtsHeader.LENGTH];
        AdtsHeader.of(config(config)).orElseThrow().put(bytes, 2, payload);
        return HexFormat.of().formatHex(bytes, 2, bytes.length);
    }

    /**
     * Worked out by hand: LC of 48 kHz stereo, and 44.1 kHz 5.1 and 7.1; Main of 32 kHz; by their cores HE-AAC up front
     * and in an extension, and HE-AAC v2; a rate spelled out that has an index.
     */
    @ParameterizedTest
    @CsvSource({
        "1190,   1,    fff14c80011ffc",
        "1190,   8184, fff14c83fffffc",
        "1230,   100,  fff151800d7ffc",
        "1238,   100,  fff151c00d7ffc",
        "0a90,   100,  fff114800d7ffc",
        "2b8a0800, 100, fff15c400d7ffc",
        "138856e5a0, 100, fff15c400d7ffc",
        "eb8a0800, 100, fff15c400d7ffc",
        "17801f4010, 100, fff160800d7ffc"
    })
    void header_saysWhatTheConfigurationSays(String config, int payload, String expected) {
        assertEquals(expected, header(config, payload));
    }

    /** ER AAC LD, USAC, nothing; 47 999 Hz; a program config element, 7.1 of configuration 12; 960 samples. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b98d | is of audio object type 23, and ADTS knows 1 to 4",
                "f9462800 | is of audio object type 42, and ADTS knows 1 to 4",
                "'' | is of audio object type 0, and ADTS knows 1 to 4",
                "17805dbf90 | has a sample rate of 47999 Hz, for which ADTS has no index",
                "1180 | has a layout of channels for which ADTS has no number",
                "11e0 | has a layout of channels for which ADTS has no number",
                "1194 | has 960 samples in a frame, where ADTS has 1024"
            })
    void whatNoHeaderCanSay_isToldWithAReason(String config, String why) {
        assertEquals(Optional.of(why), AdtsHeader.whyNot(config(config)));
        assertEquals(Optional.empty(), AdtsHeader.of(config(config)));
    }

    @Test
    void whatAHeaderCanSay_hasNoReasonAgainstIt() {
        assertEquals(Optional.empty(), AdtsHeader.whyNot(config("1210")));
    }
}
