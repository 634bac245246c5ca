package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Coverage-guided fuzzing of protected packets with {@code mvn test -Pfuzz}: strangers' are refused, ours come through. */
class SrtpFuzzTest {
    private static final int MARGIN = 64;

    @FuzzTest(maxDuration = "1m")
    void anyPacket_isRefused_andWhatWeProtectComesBack(byte[] packet) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpKeys keys = SrtpKeys.fromDtls(profile, new byte[profile.materialLength()], true);
            SrtpReceiver receiver = new SrtpReceiver(keys);
            assertTrue(receiver.unprotectRtp(buffer(packet), MARGIN, packet.length) < 0, "forged RTP");
            assertTrue(receiver.unprotectRtcp(buffer(packet), MARGIN, packet.length) < 0, "forged RTCP");
            byte[] plain = buffer(packet);
            int length = RtpHeader.length(plain, MARGIN, packet.length) < 0
                    ? -1
                    : new SrtpSender(keys).protectRtp(plain, MARGIN, packet.length);
            if (length > 0) {
                int back = receiver.unprotectRtp(plain, MARGIN, length);
                assertArrayEquals(packet, Arrays.copyOfRange(plain, MARGIN, MARGIN + back));
            }
        }
    }

    private static byte[] buffer(byte[] packet) {
        byte[] all = new byte[packet.length + 2 * MARGIN];
        System.arraycopy(packet, 0, all, MARGIN, packet.length);
        return all;
    }
}
