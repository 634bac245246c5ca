package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficStatisticsTest {

    /** RFC 5952 sections 4 and 6. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:53422",
        "fd77:0:0:0:0:0:0:2, [fd77::2]:53422",
        "2001:DB8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:53422",
        "0:0:0:0:0:0:0:1, [::1]:53422"
    })
    void addressIsWrittenInTheShortForm(String address, String text) throws Exception {
        assertEquals(text, TrafficStatistics.address(new InetSocketAddress(InetAddress.getByName(address), 53422)));
    }

    @ParameterizedTest
    @CsvSource({"fd77::2, 0, [fd77::2]:53422", "fe80::1, 3, [fe80::1]:53422"})
    void zoneIsLeftOut(String address, int zone, String text) throws Exception {
        Inet6Address zoned =
                Inet6Address.getByAddress("", InetAddress.getByName(address).getAddress(), zone);
        assertEquals(text, TrafficStatistics.address(new InetSocketAddress(zoned, 53422)));
    }
}
