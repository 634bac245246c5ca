package org.reelcast.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;

class OfferedH264Test {
    private static final String CHROMIUM = Sdps.read("chromium-offer");
    private static final String FIREFOX = Sdps.read("firefox-offer");
    private static final int BASELINE = 0x42E01F;
    private static final int MAIN = 0x4D0028;
    private static final int HIGH = 0x640028;

    private static String inMode0(String offer) {
        return offer.replace("packetization-mode=1", "packetization-mode=0");
    }

    @Test
    void packetizationMode0Alone_isSeen_alsoWhereItIsNotNamed() throws Refusal {
        assertFalse(OfferedH264.of(CHROMIUM).isSingleUnitsAlone());
        assertTrue(OfferedH264.of(inMode0(CHROMIUM)).isSingleUnitsAlone());
        assertTrue(OfferedH264.of(CHROMIUM.replace("packetization-mode=1;", "").replace("packetization-mode=1", ""))
                .isSingleUnitsAlone());
        assertFalse(OfferedH264.of(CHROMIUM.replace(" H264/", " VP9/")).isSingleUnitsAlone(), "no H.264 at all");
        assertThrows(Refusal.class, () -> OfferedH264.of("nothing"));
    }

    @Test
    void profileThatNoneOfferedReads_isLacking() throws Refusal {
        OfferedH264 firefox = OfferedH264.of(FIREFOX);
        assertFalse(firefox.lacksProfile(BASELINE));
        assertTrue(firefox.lacksProfile(MAIN));
        assertTrue(firefox.lacksProfile(HIGH));
        OfferedH264 chromium = OfferedH264.of(CHROMIUM);
        assertFalse(chromium.lacksProfile(BASELINE));
        assertFalse(chromium.lacksProfile(MAIN));
    }

    @Test
    void offerOfMode0_isAnsweredWhereUnitsAreShort_andRefusedElsewhere() throws Refusal {
        Offer read = Offer.read(inMode0(FIREFOX), new AnswerPreferences(true, BASELINE, true, 2, true), new Random(1));
        assertTrue(read.tracks().stream().anyMatch(track -> track.fmtp().contains("packetization-mode=0")));
        assertEquals(
                "No common codecs",
                assertThrows(
                                Refusal.class,
                                () -> Offer.read(
                                        inMode0(FIREFOX),
                                        new AnswerPreferences(true, BASELINE, true, 2),
                                        new Random(1)))
                        .status()
                        .text());
    }
}
