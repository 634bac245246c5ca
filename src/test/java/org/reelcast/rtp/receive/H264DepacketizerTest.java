package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Slice;
import org.reelcast.rtp.H264Packetizer;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.TestFrames;

/** Access units from payloads (RFC 6184). */
class H264DepacketizerTest {
    private final List<String> out = new ArrayList<>();
    private final List<Slice[]> units = new ArrayList<>();
    private final H264Depacketizer depacketizer = new H264Depacketizer(new H264Depacketizer.Target() {
        @Override
        public void accessUnit(long timestamp, boolean key, Slice[] nals, int notes) {
            units.add(nals);
            StringBuilder line = new StringBuilder().append(timestamp).append(key ? " key" : "");
            for (Slice nal : nals) {
                line.append(' ')
                        .append(HexFormat.of()
                                .formatHex(nal.array(), nal.offset(), nal.offset() + Math.min(nal.length(), 8)));
            }
            out.add(line.toString());
        }

        @Override
        public void damage() {
            out.add("damage");
        }
    });

    @Test
    void singleAggregatedAndFragmentedUnits_areRead() {
        give(1, false, "09f0");
        give(1, false, "78" + "000267aa" + "00020910" + "000168");
        give(1, false, "7c85" + "8801");
        give(1, false, "7c05" + "0203");
        give(1, true, "7c45" + "04");
        give(2, true, "419a00");
        assertEquals(List.of("1 key 67aa 68 658801020304", "2 419a00"), out);
    }

    @Test
    void aLostMarker_isMadeUpForByTheNextTimestamp() {
        give(1, false, "419a00");
        give(2, true, "419a01");
        assertEquals(List.of("1 419a00", "2 419a01"), out);
    }

    @Test
    void anAccessUnitWithAHole_isNotGivenOut() {
        give(1, false, "7c85" + "8801");
        depacketizer.gap();
        give(1, true, "7c45" + "04");
        give(2, true, "419a00");
        assertEquals(List.of("damage", "2 419a00"), out);
    }

    @Test
    void anAccessUnitWithoutItsBeginning_isNotGivenOut() {
        give(1, true, "419a00");
        depacketizer.gap();
        give(2, true, "6501ff");
        depacketizer.gap();
        give(3, true, "658801");
        assertEquals(List.of("1 419a00", "damage", "damage", "damage", "3 key 658801"), out);
    }

    @Test
    void paddingBetweenFrames_isOfNoConsequence() {
        give(1, true, "419a00");
        give(1, false, "");
        give(2, false, "419a01");
        give(2, true, "");
        assertEquals(List.of("1 419a00", "2 419a01"), out);
        assertEquals(0, depacketizer.malformed());
    }

    @Test
    void malformedPayloads_costTheirAccessUnitAndNothingElse() {
        String[] bad = {
            "00",
            "79000167",
            "7a000167",
            "7d8588",
            "7c",
            "7c85",
            "7c05aa",
            "7c80aa",
            "7c98aa",
            "78",
            "7800",
            "780000",
            "78000367",
            "7800016700",
            "7800027caa"
        };
        int timestamp = 0;
        for (String payload : bad) {
            out.clear();
            give(++timestamp, true, payload);
            assertEquals(List.of("damage"), out, payload);
            give(++timestamp, true, "419a00");
            assertEquals(List.of("damage", timestamp + " 419a00"), out, payload);
        }
        assertEquals(bad.length, depacketizer.malformed());
        out.clear();
        give(++timestamp, false, "7c85" + "88");
        give(timestamp, true, "419a00");
        assertEquals(List.of("damage"), out, "a unit amid fragments");
    }

    @Test
    void whatThePacketizerCuts_comesTogether() {
        Random random = new Random(1);
        for (int round = 0; round < 1_000; round++) {
            byte[][] nals = new byte[1 + random.nextInt(8)][];
            for (int i = 0; i < nals.length; i++) {
                nals[i] = TestFrames.nal(0x60 | 1 + random.nextInt(8), 1 + random.nextInt(3_000), random.nextLong());
            }
            RtpFrame cut = new H264Packetizer(300).packetize(TestFrames.video(TestFrames.VIDEO, true, 0, nals));
            units.clear();
            for (int i = 0; i < cut.packets(); i++) {
                byte[] payload = new byte[cut.payloadLength(i)];
                cut.copyPayload(i, payload, 0);
                depacketizer.packet(payload, 0, payload.length, round, i == cut.packets() - 1, 0);
            }
            assertEquals(1, units.size());
            Slice[] together = units.get(0);
            assertEquals(nals.length, together.length);
            for (int i = 0; i < nals.length; i++) {
                Slice nal = together[i];
                assertArrayEquals(nals[i], Arrays.copyOfRange(nal.array(), nal.offset(), nal.offset() + nal.length()));
            }
        }
    }

    @Test
    void anyPayloads_neverThrowAndStayWithinBounds() {
        Random random = new Random(2);
        int[] types = {1, 5, 7, 24, 28, 28, 28, 25, 0};
        for (int i = 0; i < 300_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            if (payload.length > 4) {
                payload[0] = (byte) (0x60 | types[random.nextInt(types.length)]);
                payload[1] &= 0xc7;
                payload[2] &= 0x1f;
            }
            if (random.nextInt(50) == 0) {
                depacketizer.gap();
            }
            depacketizer.packet(payload, 0, payload.length, i / 4, random.nextInt(4) == 0, 0);
        }
        assertTrue(units.size() > 1_000);
    }

    @Test
    void anEndlessAccessUnit_isCutOff() {
        byte[] start = new byte[1200];
        start[0] = 0x7c;
        start[1] = (byte) 0x85;
        byte[] more = start.clone();
        more[1] = 0x05;
        depacketizer.packet(start, 0, start.length, 1, false, 0);
        for (int i = 0; i < 20_000; i++) {
            depacketizer.packet(more, 0, more.length, 1, false, 0);
        }
        give(2, true, "658801");
        assertEquals(List.of("damage", "2 key 658801"), out);
    }

    private void give(long timestamp, boolean marker, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        depacketizer.packet(payload, 0, payload.length, timestamp, marker, 0);
    }
}
