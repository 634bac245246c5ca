package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class GcmSealerTest {
    private static final int MOST = 1500;

    private final Random random = new Random(7);
    private final SecretKeySpec key = new SecretKeySpec(bytes(16), "AES");
    private final GcmSealer inPlace = new InPlaceGcm(key);
    private final GcmSealer plain = new JceSealer(key);

    @Test
    void theOneWithoutGarbageIsTaken_whereTheProviderIsOpen() {
        assertInstanceOf(InPlaceGcm.class, GcmSealers.of(key));
    }

    /** Texts of no bytes at all, of whole blocks and not, behind headers of all lengths, anywhere in an array. */
    @Test
    void bothMakeTheSameBytes() {
        for (int length = 0; length < MOST; length += length < 300 ? 1 : 37) {
            int clear = random.nextInt(length + 1);
            assertSame(random.nextInt(40), clear, length, null);
            assertSame(0, clear, length, bytes(4));
        }
        assertSame(3, 700, 1200, null);
    }

    /** As often as it takes the JIT to put its own instructions in the place of both. */
    @Test
    void compiled_theyStillMakeTheSameBytes() {
        for (int i = 0; i < 30_000; i++) {
            int length = 12 + random.nextInt(MOST - 12);
            assertSame(i % 3 == 0 ? 0 : 32, 12, length, i % 64 == 0 ? bytes(4) : null);
        }
    }

    private void assertSame(int off, int clear, int length, byte[] more) {
        byte[] nonce = bytes(GcmSealer.NONCE);
        byte[] b = bytes(off + length + GcmSealer.TAG + 5);
        byte[] other = b.clone();
        assertEquals(length + GcmSealer.TAG, inPlace.seal(nonce, b, off, clear, length, more));
        assertEquals(length + GcmSealer.TAG, plain.seal(nonce, other, off, clear, length, more));
        assertArrayEquals(other, b, () -> clear + " of " + length + " clear at " + off);
    }

    @Test
    void aPacketThatIsSentAgain_isTheSameToTheByte() {
        for (GcmSealer sealer : new GcmSealer[] {inPlace, plain}) {
            byte[] nonce = bytes(GcmSealer.NONCE);
            byte[] first = bytes(116);
            byte[] again = first.clone();
            byte[] third = first.clone();
            sealer.seal(nonce, first, 0, 12, 100, null);
            sealer.seal(nonce, again, 0, 12, 100, null);
            sealer.seal(nonce, third, 0, 12, 100, null);
            assertArrayEquals(first, again);
            assertArrayEquals(first, third);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
