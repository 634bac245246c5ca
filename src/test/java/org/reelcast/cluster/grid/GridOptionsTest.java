package org.reelcast.cluster.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.AddressRanges;
import org.reelcast.config.Settings;

class GridOptionsTest {
    private static final int PORT = 7900;

    @Test
    void membersAreAListWithPortsOfTheirOwn() throws GridException {
        MemberPlaces places = MemberPlaces.parse(" 10.0.0.1:7901, node-b ,[2001:db8::1]:7902, 2001:db8::2 ", PORT);
        assertEquals(MemberPlaces.Way.LIST, places.way());
        assertEquals(
                List.of("10.0.0.1:7901", "node-b:7900", "[2001:db8::1]:7902", "[2001:db8::2]:7900"), places.where());
    }

    @Test
    void membersAreBehindAName() throws GridException {
        assertEquals(
                new MemberPlaces(MemberPlaces.Way.DNS, List.of("nodes.example"), PORT),
                MemberPlaces.parse("dns:nodes.example", PORT));
        assertEquals(
                new MemberPlaces(MemberPlaces.Way.DNS, List.of("nodes.example"), 7000),
                MemberPlaces.parse("dns:nodes.example:7000", PORT));
        assertEquals(
                new MemberPlaces(MemberPlaces.Way.KUBERNETES, List.of("reelcast.video"), PORT),
                MemberPlaces.parse("kubernetes:reelcast.video", PORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns:", "dns:a:b", "dns:a:1:2", "kubernetes: "})
    void placesThatAreNone_areRefused(String text) {
        GridException refused = assertThrows(GridException.class, () -> MemberPlaces.parse(text, PORT));
        assertTrue(refused.getMessage().startsWith("cluster_members"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "10.0.0.0/8, 10.1.2.3", "0.0.0.0/0, 127.0.0.1", "::/0, 0:0:0:0:0:0:0:1"})
    void addressIsOneOfTheMachine(String wanted, String expected) throws Exception {
        assertEquals(
                expected,
                GridOptions.address(AddressRanges.parse(wanted), own()).getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1"})
    void allAddressesAtOnce_orAnothers_areRefused(String wanted) {
        GridException refused =
                assertThrows(GridException.class, () -> GridOptions.address(AddressRanges.parse(wanted), own()));
        assertTrue(
                refused.getMessage().contains("never opened on all")
                        && refused.getMessage().contains("10.1.2.3"),
                refused.getMessage());
    }

    private static List<InetAddress> own() throws Exception {
        return List.of(
                InetAddress.getByName("::1"), InetAddress.getByName("127.0.0.1"), InetAddress.getByName("10.1.2.3"));
    }

    @Test
    void nodeIsCalledAsTheSettingsSay_elseByHostAndPort() {
        assertEquals("left", GridOptions.node(Settings.of(Map.of("node_id", "left"))));
        assertTrue(GridOptions.node(Settings.of(Map.of("cluster_port", "7911"))).matches("[\\w.-]+-7911"));
    }
}
