package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {
    private static final String GREEDY = "198.51.100.1";

    private final ConnectionLimit limit = new ConnectionLimit(64);
    private final S3Store own = store("own", true);
    private final S3Store other = store("other", true);
    private final List<String> started = new ArrayList<>();

    private static S3Store store(String host, boolean trusted) {
        return new S3Store(new S3Endpoint(true, host, 443), trusted, bucket -> null, null, null);
    }

    private int ask(S3Store store, int requests) {
        return ask(store, "", requests);
    }

    private int ask(S3Store store, String client, int requests) {
        int before = started.size();
        for (int i = 0; i < requests; i++) {
            limit.acquire(store, client, () -> started.add(store.endpoint().host()));
        }
        return started.size() - before;
    }

    @Test
    void storeGetsThreeQuartersAtMost() {
        assertEquals(48, ask(own, 100));
        assertEquals(12, ask(other, 100));
        assertEquals(3, ask(store("third", true), 100));
        assertEquals(1, ask(store("fourth", true), 100));
        assertEquals(0, ask(store("fifth", true), 100));
    }

    @Test
    void clientGetsHalfAtMost_ofAllStoresTogether() {
        assertEquals(32, ask(own, GREEDY, 100));
        assertEquals(16, ask(own, "198.51.100.2", 100));
        assertEquals(8, ask(other, "198.51.100.3", 100));
        assertEquals(0, ask(other, GREEDY, 100));
        limit.release(own, GREEDY);
        assertEquals("other", started.get(56), "of the third client");
        assertEquals(57, started.size());
    }

    @Test
    void networkOfIpv6IsOneClient() {
        int all = 0;
        for (int i = 0; i < 100; i++) {
            all += ask(own, "2001:db8::" + i, 1);
        }
        assertEquals(32, all);
    }

    @Test
    void storesThatAreNotTrustedGetHalfOfAllTogether() {
        for (int i = 0; i < 100; i++) {
            ask(store("stranger" + i, false), 10);
        }
        assertEquals(32, started.size());
        assertTrue(ask(own, 100) >= 16);
    }

    @Test
    void whoWaitsComesInTurn_storeAfterStore() {
        S3Store third = store("third", true);
        ask(own, 100);
        ask(other, 100);
        ask(third, 100);
        ask(store("fourth", true), 1);
        started.clear();
        for (int i = 0; i < 20; i++) {
            limit.release(own, "");
        }
        assertTrue(started.contains("other") && started.contains("third"), started.toString());
        assertTrue(started.size() >= 12 && !started.contains("own"), started.toString());
    }

    @Test
    void oneConnectionServesAllInTurn() {
        ConnectionLimit single = new ConnectionLimit(1);
        for (int i = 0; i < 3; i++) {
            single.acquire(own, "", () -> started.add("own"));
        }
        single.acquire(other, "", () -> started.add("other"));
        assertEquals(List.of("own"), started);
        single.release(own, "");
        single.release(own, "");
        single.release(other, "");
        assertEquals(List.of("own", "own", "other", "own"), started);
    }

    @Test
    void whoDoesNotWaitLongerTakesNothing() throws InterruptedException {
        ConnectionLimit single = new ConnectionLimit(1);
        assertTrue(single.acquire(own, "", 1_000));
        assertFalse(single.acquire(own, "", 1));
        single.release(own, "");
        assertTrue(single.acquire(other, "", 1_000));
        single.release(other, "");
        assertTrue(single.acquire(own, "", 1_000));
    }
}
