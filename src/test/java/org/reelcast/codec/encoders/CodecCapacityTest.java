package org.reelcast.codec.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.EncodingSpeed;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class CodecCapacityTest {
    private static final double DECODED = 30 * EncoderSettings.macroblocks(1280, 720);
    private static final double ENCODED = 30 * EncoderSettings.macroblocks(640, 360);

    private final CodecCapacity capacity = new CodecCapacity(2);
    private final List<CodecCapacity.Charge> charges = new ArrayList<>();

    private int transcodersThatFit() {
        int count = 0;
        try {
            while (true) {
                charges.add(capacity.charge(DECODED, ENCODED));
                count++;
            }
        } catch (Refusal full) {
            assertEquals(StatusText.NO_AVAILABLE_TRANSCODERS, full.status());
            assertEquals(503, full.status().httpStatus());
        }
        return count;
    }

    /** By measurement two cores carry eight of them in real time, thirteen with an OpenH264 that has assembler. */
    @Test
    void charge_untilTwoCoresAreFull_refusesTheNext() {
        assertEquals(8, transcodersThatFit());
    }

    @Test
    void charge_aFasterEncoder_takesMore() {
        capacity.measured(new EncodingSpeed.Cost(0.37, 0.6));
        assertEquals(13, transcodersThatFit());
    }

    @Test
    void close_givesBackOnce() throws Exception {
        int before = transcodersThatFit();
        charges.get(0).close();
        charges.get(0).close();
        charges.add(capacity.charge(DECODED, ENCODED));
        assertThrows(Refusal.class, () -> capacity.charge(DECODED, ENCODED));
        charges.forEach(CodecCapacity.Charge::close);
        assertEquals(0, capacity.chargedShare(), 1e-9);
        assertEquals(before, transcodersThatFit());
    }

    /** Three quarters of what there is, however many addresses of one network it asks from. */
    @Test
    void charge_oneAddressAsksForMuch_leavesOthersAQuarter() throws Exception {
        int count = 0;
        try {
            while (true) {
                charges.add(capacity.charge("2001:db8::" + count, DECODED, ENCODED));
                count++;
            }
        } catch (Refusal enough) {
            assertEquals(StatusText.NO_AVAILABLE_TRANSCODERS, enough.status());
        }
        assertEquals(6, count);
        charges.add(capacity.charge("198.51.100.1", DECODED, ENCODED));
        charges.get(0).close();
        charges.set(0, capacity.charge("2001:db8::9", DECODED, ENCODED));
        assertThrows(Refusal.class, () -> capacity.charge("2001:db8::9", DECODED, ENCODED));
    }

    @Test
    void charge_oneLargeJobOfAnAddress_isTaken() throws Exception {
        charges.add(capacity.charge("198.51.100.1", 0, 11 * ENCODED));
        assertThrows(Refusal.class, () -> capacity.charge("198.51.100.1", 0, ENCODED));
        charges.get(0).close();
        charges.add(capacity.charge("198.51.100.1", 0, ENCODED));
    }

    @Test
    void charge_othersAreBusy_countsThem() {
        capacity.alsoBusy(() -> 0.85 / 2);
        assertEquals(4, transcodersThatFit());
    }
}
