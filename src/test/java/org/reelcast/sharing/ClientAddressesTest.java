package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
    private final ClientAddresses clients = new ClientAddresses(2);

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7", "2001:db8:0:0:0:0:0:7%eth0"})
    void clientsOfOneAddressAreLimited(String remote) {
        assertTrue(clients.enter(remote));
        assertTrue(clients.enter(remote));
        assertFalse(clients.enter(remote));
        assertTrue(clients.enter("198.51.100.1"), "others come in");
        clients.leave(remote);
        assertTrue(clients.enter(remote));
        assertEquals(3, clients.count());
    }

    /** A proxy on this machine, and containers that tell nothing. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0:0:0:0:0:0:0:1", "", "unknown", "proxy.invalid"})
    void whoIsNotKnownByAnAddressOfHisOwnIsNotCounted(String remote) {
        for (int i = 0; i < 100; i++) {
            assertTrue(clients.enter(remote));
        }
        assertEquals(0, clients.count());
        clients.leave(remote);
        assertEquals(0, clients.count());
    }

    @Test
    void zeroIsNoLimit() {
        ClientAddresses none = new ClientAddresses(0);
        for (int i = 0; i < 100; i++) {
            assertTrue(none.enter("192.0.2.7"));
        }
    }
}
