package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.sharing.OwnNetworks.Network;

class OwnNetworksTest {
    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "5.9.10.77, 24, 5.9.10.1, true",
        "5.9.10.77, 24, 5.9.11.1, false",
        "5.9.10.77, 32, 5.9.10.77, true",
        "5.9.10.77, 32, 5.9.10.78, false",
        "5.9.10.77, 27, 5.9.10.95, true",
        "5.9.10.77, 27, 5.9.10.96, false",
        "5.9.10.77, 0, 5.9.10.77, true",
        "5.9.10.77, 0, 8.8.8.8, false",
        "5.9.10.77, 24, 2a01::1, false",
        "2a01:4f8:1:2::3, 64, 2a01:4f8:1:2:ffff::, true",
        "2a01:4f8:1:2::3, 64, 2a01:4f8:1:3::, false",
        "2a01:4f8:1:2::3, 16, 2a01:4f8:9::, false",
        "2a01:4f8:1:2::3, 16, 2a01:4f8:1:2::3, true"
    })
    void networkIsAnAddressAndAPrefix(String own, int prefix, String other, boolean inside) throws IOException {
        assertEquals(inside, Network.of(address(own), prefix).contains(address(other)));
    }

    @Test
    void addressesOfThisMachineAreItsOwn_thoseOfOthersAreNot() throws IOException {
        OwnNetworks own = new OwnNetworks(null);
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            each.inetAddresses().forEach(address -> assertTrue(own.contains(address), address.toString()));
        }
        assertFalse(own.contains(address("8.8.8.8")));
        assertFalse(own.contains(address("2606:4700::1111")));
    }

    @Test
    void announcedAddressIsThisMachine_itsNeighboursAreNot() throws IOException {
        OwnNetworks own = new OwnNetworks(address("5.9.10.77"));
        assertTrue(own.contains(address("5.9.10.77")));
        assertFalse(own.contains(address("5.9.10.78")));
    }
}
