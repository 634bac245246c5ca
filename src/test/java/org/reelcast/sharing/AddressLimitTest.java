package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private final AddressLimit limit = new AddressLimit(2);

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void eachAddressHasItsOwnLimit() throws UnknownHostException {
        assertTrue(limit.enter(address("192.0.2.1")));
        assertTrue(limit.enter(address("192.0.2.1")));
        assertFalse(limit.enter(address("192.0.2.1")));
        assertTrue(limit.enter(address("192.0.2.2")));
        assertEquals(3, limit.count());
        limit.leave(address("192.0.2.1"));
        assertTrue(limit.enter(address("192.0.2.1")));
        assertFalse(limit.enter(address("192.0.2.1")));
    }

    @Test
    void networkOfIpv6IsOneAddress() throws UnknownHostException {
        assertTrue(limit.enter(address("2001:db8:0:1::1")));
        assertTrue(limit.enter(address("2001:db8:0:1::2")));
        assertFalse(limit.enter(address("2001:db8:0:1:ffff::3")));
        assertTrue(limit.enter(address("2001:db8:0:2::1")));
    }

    @Test
    void nothingIsKeptOfThoseWhoLeft() throws UnknownHostException {
        for (int i = 0; i < 2; i++) {
            assertTrue(limit.enter(address("192.0.2.1")));
        }
        for (int i = 0; i < 2; i++) {
            limit.leave(address("192.0.2.1"));
        }
        assertEquals(0, limit.count());
        assertTrue(limit.enter(address("192.0.2.1")));
    }

    @Test
    void zeroIsNoLimit() throws UnknownHostException {
        AddressLimit none = new AddressLimit(0);
        for (int i = 0; i < 100; i++) {
            assertTrue(none.enter(address("192.0.2.1")));
        }
    }
}
