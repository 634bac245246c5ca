package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    @Test
    void announcedAddress_comesFirstAndTheBoundOneAfterIt() throws UnknownHostException {
        List<Candidate> candidates = Candidates.gather(
                List.of(InetAddress.getByName("203.0.113.5")), InetAddress.getByName("10.0.0.3"), 31001, false);
        assertEquals(
                List.of("1 1 udp 2130706431 203.0.113.5 31001 typ host", "2 1 udp 2130706175 10.0.0.3 31001 typ host"),
                candidates.stream().map(Candidate::toSdp).toList());
    }

    @Test
    void sameAddressTwice_isOneCandidate() throws UnknownHostException {
        InetAddress one = InetAddress.getByName("203.0.113.5");
        assertEquals(1, Candidates.gather(List.of(one), one, 1, false).size());
    }

    @Test
    void ownAddresses_endWithTheLoopbackAndHaveNoZone() {
        List<Candidate> candidates = Candidates.gather(List.of(), null, 31001, true);
        assertTrue(candidates.get(candidates.size() - 1).address().isLoopbackAddress());
        for (int i = 0; i < candidates.size(); i++) {
            assertFalse(candidates.get(i).host().contains("%"));
            assertFalse(candidates.get(i).address().isLinkLocalAddress());
            assertTrue(i == 0
                    || candidates.get(i).priority() < candidates.get(i - 1).priority());
        }
    }
}
