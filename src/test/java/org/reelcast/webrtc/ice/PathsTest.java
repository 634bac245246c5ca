package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathsTest {
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress B = new InetSocketAddress("2001:db8::2", 2000);
    private static final long SECOND = 1_000_000;

    private final Paths paths = new Paths(new Random(1));

    private void prove(InetSocketAddress address, long nowUs) {
        paths.checked(address, false, nowUs);
        paths.answered(address, nowUs);
    }

    @Test
    void addressIsUsedOnceItHasAnswered() {
        paths.checked(A, true, SECOND);
        assertNull(paths.selected());
        assertFalse(paths.hasConsent(SECOND));
        assertFalse(paths.isProved(A));
        paths.answered(A, SECOND);
        assertEquals(A, paths.selected());
        assertTrue(paths.hasConsent(SECOND));
        assertTrue(paths.isProved(A));
    }

    @Test
    void answerFromAnAddressThatNobodyNamedCountsNothing() {
        paths.answered(B, SECOND);
        assertNull(paths.selected());
        assertEquals(Long.MAX_VALUE, paths.requestDueUs());
    }

    /** The voice hammer of RFC 5245 section 18.5.1: a check with another's address, which nominates it. */
    @Test
    void nominatedAddressThatDoesNotAnswerIsSentFewRequestsAndNothingElse() {
        prove(A, SECOND);
        paths.checked(B, true, 2 * SECOND);
        int requests = 0;
        for (long nowUs = 2 * SECOND; nowUs < 30 * SECOND; nowUs += 10_000) {
            paths.answered(A, nowUs);
            requests += B.equals(paths.nextRequest(nowUs)) ? 1 : 0;
            assertEquals(A, paths.selected());
        }
        assertEquals(5, requests);
        // each further check brings one at a time
        for (int i = 0; i < 100; i++) {
            paths.checked(B, true, 30 * SECOND + i);
            requests += B.equals(paths.nextRequest(30 * SECOND + i)) ? 1 : 0;
        }
        assertEquals(6, requests);
        assertEquals(A, paths.selected());
    }

    @Test
    void nominatedAddressTakesOverOnceItHasAnswered() {
        prove(A, SECOND);
        paths.checked(B, false, SECOND);
        paths.answered(B, SECOND);
        assertEquals(A, paths.selected(), "not nominated");
        paths.checked(B, true, 2 * SECOND);
        assertEquals(B, paths.selected());
        paths.checked(A, false, 3 * SECOND);
        assertEquals(B, paths.selected());
    }

    @Test
    void newAddressIsAskedAtOnceAndAgainWithGrowingPauses() {
        paths.checked(A, true, SECOND);
        long[] pausesUs = {0, 50_000, 100_000, 200_000, 400_000};
        long nowUs = SECOND;
        for (long pauseUs : pausesUs) {
            nowUs += pauseUs;
            assertEquals(nowUs, paths.requestDueUs());
            assertNull(paths.nextRequest(nowUs - 1));
            assertEquals(A, paths.nextRequest(nowUs));
        }
        assertEquals(Long.MAX_VALUE, paths.requestDueUs());
        paths.checked(A, true, 9 * SECOND);
        assertEquals(9 * SECOND, paths.requestDueUs());
    }

    @Test
    void addressInUseIsAskedEveryTwoToThreeSeconds() {
        prove(A, SECOND);
        long lastUs = SECOND;
        for (int i = 0; i < 100; i++) {
            long apartUs = paths.requestDueUs() - lastUs;
            assertTrue(apartUs >= Paths.MIN_INTERVAL_US && apartUs <= Paths.MAX_INTERVAL_US, apartUs + " us");
            lastUs = paths.requestDueUs();
            assertEquals(A, paths.nextRequest(lastUs));
            paths.answered(A, lastUs);
        }
    }

    @Test
    void lostRequestIsFollowedSoonByAnother() {
        prove(A, SECOND);
        long nowUs = paths.requestDueUs();
        paths.nextRequest(nowUs);
        assertEquals(nowUs + 500_000, paths.requestDueUs());
        for (int i = 0; i < 10; i++) {
            nowUs = paths.requestDueUs();
            paths.nextRequest(nowUs);
        }
        assertEquals(nowUs + Paths.MIN_INTERVAL_US, paths.requestDueUs(), "an address that is gone is asked less");
    }

    @Test
    void mediaPausesFiveSecondsAfterTheLastWordAndGoesOnWithTheNext() {
        prove(A, SECOND);
        assertTrue(paths.hasConsent(6 * SECOND));
        assertFalse(paths.hasConsent(6 * SECOND + 1));
        paths.answered(A, 20 * SECOND);
        assertTrue(paths.hasConsent(20 * SECOND));
        paths.checked(A, false, 24 * SECOND);
        assertTrue(paths.hasConsent(29 * SECOND));
        // a word from elsewhere is none of that address
        paths.checked(B, false, 29 * SECOND);
        assertFalse(paths.hasConsent(30 * SECOND));
    }

    @Test
    void silentAddressIsLeftForOneThatAnswers() {
        prove(A, SECOND);
        paths.checked(B, false, 5 * SECOND);
        paths.answered(B, 5 * SECOND);
        assertEquals(A, paths.selected());
        paths.checked(B, false, 7 * SECOND);
        assertEquals(B, paths.selected());
    }

    @Test
    void whoIsHeardIsToldByAddress() {
        prove(A, SECOND);
        assertTrue(paths.isHeard(A, 6 * SECOND));
        assertFalse(paths.isHeard(A, 7 * SECOND));
        assertFalse(paths.isHeard(B, SECOND));
    }

    @Test
    void manyAddressesAreBoundedAndThoseThatAnsweredStay() {
        prove(A, SECOND);
        prove(B, SECOND);
        for (int i = 0; i < 100; i++) {
            InetSocketAddress forged = new InetSocketAddress("192.0.2.9", 3000 + i);
            paths.checked(forged, true, 2 * SECOND + i);
            assertNotEquals(A, paths.dropped());
            assertNotEquals(B, paths.dropped());
        }
        assertEquals(Paths.MAX, paths.addresses().size());
        assertEquals(A, paths.selected());
        assertTrue(paths.isProved(B));
    }
}
