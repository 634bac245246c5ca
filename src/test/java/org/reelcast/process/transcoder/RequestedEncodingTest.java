package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class RequestedEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "641,  360,  0,   0,    0, OPENH264, width is even",
        "640,  361,  0,   0,    0, OPENH264, height is even",
        "8,      8,  0,   0,    0, OPENH264, width is between 16 and 4096",
        "-2,     0,  0,   0,    0, OPENH264, width is between",
        "10000,  0,  0,   0,    0, OPENH264, width is between",
        "4096, 4096, 0,   0,    0, OPENH264, too large",
        "0,      0, -1,   0,    0, OPENH264, keyFrameInterval is between",
        "0,      0,  0,  -1,    0, OPENH264, fps is between 1 and 120",
        "0,      0,  0, 1000,   0, OPENH264, fps is between",
        "0,      0,  0,   0,    5, OPENH264, bitrate is between",
        "0,      0,  0,   0, 1000000, OPENH264, bitrate is between",
        "0,      0,  0,   0,    0, VP8, 'type is OPENH264, FF or auto'"
    })
    void whatNoEncoderCanDoIsRefused(
            int width, int height, int interval, int fps, int bitrate, String type, String sentence) {
        Refusal refusal = assertThrows(
                Refusal.class,
                () -> new RequestedEncoding(width, height, interval, fps, bitrate, type, Optional.empty()).checked());
        assertEquals(StatusText.WRONG_ENCODER_PARAMETERS, refusal.status());
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"640,360,60,30,800,OPENH264", "0,240,0,0,0,''", "16,16,1,1,10,ff", "4096,2304,1000,120,100000,auto"})
    void whatCanBeDoneIsTaken(int width, int height, int interval, int fps, int bitrate, String type) throws Refusal {
        RequestedEncoding wish = new RequestedEncoding(width, height, interval, fps, bitrate, type, Optional.empty());
        assertEquals(wish, wish.checked());
    }

    @Test
    void whatIsLeftOpenFollowsFromTheSource() {
        assertEquals(25, RequestedEncoding.NONE.framesPerSecond(24.98));
        assertEquals(30, RequestedEncoding.NONE.framesPerSecond(0));
        assertEquals(576_000, RequestedEncoding.NONE.bitsPerSecond(640, 360, 25));
        RequestedEncoding slower = new RequestedEncoding(0, 0, 0, 10, 300, "", Optional.empty());
        assertEquals(10, slower.framesPerSecond(25));
        assertEquals(300_000, slower.bitsPerSecond(1920, 1080, 60));
    }
}
