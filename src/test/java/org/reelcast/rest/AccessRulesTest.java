package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.Settings;
import org.reelcast.config.SettingsException;

class AccessRulesTest {
    private static final String JSON = "application/json;charset=UTF-8";

    private static AccessRules doors(String... settings) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new AccessRules(Settings.of(values), "Vod1");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** @return the status, 200 when it may */
    private static int rest(AccessRules doors, String from, String host, String origin, String type, boolean body) {
        return doors.rest(
                        new AccessRules.Call(doors.caller(address(from), ProxyHeaders.NONE), host, origin, type, body))
                .map(AccessRules.Refused::status)
                .orElse(200);
    }

    private static int filmList(String from, boolean proxied, String... settings) {
        AccessRules doors = doors(settings);
        return doors.filmList(
                        doors.caller(address(from), proxied ? by() : ProxyHeaders.NONE), "films.example.com", null)
                .map(AccessRules.Refused::status)
                .orElse(200);
    }

    @Test
    void filmList_isForWhomTheSettingSays() {
        String[] named = {"rest_allow_hosts", "films.example.com"};
        assertEquals(200, filmList("192.168.1.7", false, named));
        assertEquals(200, filmList("127.0.0.1", false, named));
        assertEquals(403, filmList("127.0.0.1", true, named), "whoever comes through a proxy may be anybody");
        assertEquals(403, filmList("203.0.113.7", false, named));
        assertEquals(403, filmList("203.0.113.7", false, "rest_allow_hosts", "*", "rest_allow_addresses", "0.0.0.0/0"));
        assertEquals(200, filmList("203.0.113.7", true, "vod_list", "always"));
        assertEquals(403, filmList("127.0.0.1", false, "vod_list", "never", "rest_allow_hosts", "films.example.com"));
    }

    private static int rest(AccessRules doors, String from) {
        return rest(doors, from, "localhost:8081", null, JSON, true);
    }

    /** As a proxy says of whom it was asked. */
    private static ProxyHeaders by(String... hops) {
        return ProxyHeaders.of(List.of(hops), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,200",
        "::1,200",
        "10.1.2.3,200",
        "172.16.0.1,200",
        "192.168.1.1,200",
        "fd00::2,200",
        "fe80::1,200",
        "203.0.113.7,403",
        "172.32.0.1,403",
        "2001:db8::1,403"
    })
    void restIsForThisMachineAndItsNetworks(String from, int status) {
        assertEquals(status, rest(doors(), from));
    }

    @Test
    void otherAddressesMayBeListed() {
        AccessRules doors = doors("rest_allow_addresses", "203.0.113.7, 198.51.100.0/24,2001:db8::/32");
        assertEquals(200, rest(doors, "203.0.113.7"));
        assertEquals(200, rest(doors, "198.51.100.250"));
        assertEquals(200, rest(doors, "2001:db8:1::1"));
        assertEquals(403, rest(doors, "203.0.113.8"));
        assertEquals(200, rest(doors("rest_allow_addresses", "0.0.0.0/0,::/0"), "203.0.113.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "10.0.0.0/33", "10.0.0/8", "10.0.0.1/-1", "::1/x"})
    void whatIsNoAddress_stopsTheStart(String text) {
        assertThrows(SettingsException.class, () -> doors("rest_allow_addresses", text));
    }

    @Test
    void whoeverComesThroughAProxyThatNobodyTrusts_isAStranger() {
        AccessRules doors = doors();
        AccessRules.Caller caller = doors.caller(address("127.0.0.1"), by("10.0.0.1"));
        assertEquals(
                403,
                doors.rest(new AccessRules.Call(caller, "localhost", null, null, false))
                        .orElseThrow()
                        .status());
    }

    @Test
    void trustedProxiesTellTheClient_whomNobodyElseCanPretendToBe() {
        AccessRules doors = doors("trusted_proxies", "127.0.0.1,10.0.0.0/8");
        assertEquals(
                new AccessRules.Caller(address("203.0.113.7"), true),
                doors.caller(address("127.0.0.1"), by("192.168.0.1", "203.0.113.7", "10.2.2.2")));
        assertEquals(
                new AccessRules.Caller(address("192.168.0.1"), true),
                doors.caller(address("127.0.0.1"), by("192.168.0.1")));
        assertFalse(doors.caller(address("127.0.0.1"), by("unknown")).vouched());
        assertEquals(
                new AccessRules.Caller(address("203.0.113.9"), false),
                doors.caller(address("203.0.113.9"), by("10.0.0.1")));
        assertEquals(
                new AccessRules.Caller(address("127.0.0.1"), true),
                doors.caller(address("127.0.0.1"), ProxyHeaders.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.7                                     | 203.0.113.7 | true",
                "For=\"203.0.113.7:4711\";proto=http                 | 203.0.113.7 | true",
                "proto=https;for=\"[2001:db8::1]:4711\";by=10.0.0.1  | 2001:db8::1 | true",
                "for=192.168.0.1,for=203.0.113.7,for=10.2.2.2        | 203.0.113.7 | true",
                "for=192.168.0.1                                     | 192.168.0.1 | true",
                "for=unknown                                         | 127.0.0.1   | false",
                "for=_hidden                                         | 127.0.0.1   | false",
                "proto=https                                         | 127.0.0.1   | false",
            })
    void trustedProxiesMaySpeakByTheStandardHeader(String header, String client, boolean vouched) {
        AccessRules doors = doors("trusted_proxies", "127.0.0.1,10.0.0.0/8");
        assertEquals(
                new AccessRules.Caller(address(client), vouched),
                doors.caller(address("127.0.0.1"), ProxyHeaders.of(List.of(), List.of(header.split(",")))));
    }

    /** Of two accounts one is the client's own. */
    @Test
    void headersThatDisagreeOrNameNobody_makeAStranger() {
        AccessRules doors = doors("trusted_proxies", "127.0.0.1");
        assertFalse(doors.caller(address("127.0.0.1"), by()).vouched(), "Via alone");
        assertFalse(doors.caller(address("127.0.0.1"), ProxyHeaders.of(List.of("10.0.0.1"), List.of("for=203.0.113.7")))
                .vouched());
        assertEquals(
                new AccessRules.Caller(address("10.0.0.1"), true),
                doors.caller(address("127.0.0.1"), ProxyHeaders.of(List.of("10.0.0.1"), List.of("for=10.0.0.1"))));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200",
        "localhost:8081,200",
        "127.0.0.1:8081,200",
        "[::1]:8081,200",
        "vod1,200",
        "VOD1:8444,200",
        "evil.example,403",
        "127.0.0.1.evil.example:8081,403",
        "localhost.evil.example,403",
        "vod.example.com:8444,200",
        "example.com,403",
        "'',403"
    })
    void hostIsOneOfOurNames(String host, int status) {
        assertEquals(status, rest(doors("rest_allow_hosts", "*.example.com"), "127.0.0.1", host, null, null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example,403",
        "null,403",
        "http://localhost:8081,200",
        "http://localhost:8082,200",
        "http://localhost:3000,403",
        "http://localhost,403",
        "https://localhost:8444,200",
        "https://my.example.com,200",
        "https://example.com.evil.example,403",
        "https://shop.example,200",
        "http://shop.example,403"
    })
    void pagesOfOtherOriginsDoNotCall(String origin, int status) {
        AccessRules doors =
                doors("allow_domains", "*.example.com", "rest_access_control_allow_origin", "https://shop.example");
        assertEquals(status, rest(doors, "127.0.0.1", "localhost:8081", origin, JSON, true));
        assertEquals(status == 200, doors.mayCall(origin, "localhost:8081"));
    }

    @Test
    void pageBehindAProxyOfTheSameName_isOurs() {
        AccessRules doors = doors("rest_allow_hosts", "vod.example.org");
        assertEquals(200, rest(doors, "127.0.0.1", "vod.example.org", "https://vod.example.org", JSON, true));
    }

    @Test
    void starIsObeyed() {
        assertTrue(doors("rest_access_control_allow_origin", "*").isOpenToAllOrigins());
        assertEquals(
                200,
                rest(
                        doors("rest_access_control_allow_origin", "*"),
                        "127.0.0.1",
                        "localhost",
                        "https://evil.example",
                        JSON,
                        true));
        assertFalse(doors().isOpenToAllOrigins());
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,200",
        "'Application/JSON; charset=utf-8',200",
        "text/plain,415",
        "application/x-www-form-urlencoded,415",
        "multipart/form-data,415",
        ",415"
    })
    void bodyIsJson(String type, int status) {
        assertEquals(status, rest(doors(), "127.0.0.1", "localhost", null, type, true));
        assertEquals(200, rest(doors(), "127.0.0.1", "localhost", null, type, false));
    }

    @Test
    void webSocketsAreForAllPages_unlessDomainsAreListed() {
        String here = "films.example.org:8081";
        assertTrue(doors().webSocket(here, "https://evil.example").isEmpty());
        AccessRules listed = doors("allow_domains", "*.example.com");
        assertTrue(listed.webSocket(here, "https://my.example.com:8444").isEmpty());
        assertTrue(listed.webSocket(here, null).isEmpty(), "no page asks");
        for (String origin : List.of("https://example.com", "null", "http://films.example.org:8081")) {
            assertEquals(403, listed.webSocket(here, origin).orElseThrow().status(), origin);
        }
    }

    @Test
    void ownPages_openWebSockets_whateverDomainsAreListed_underNamesThatAreTheServers() {
        AccessRules listed = doors("allow_domains", "partner.example", "rest_allow_hosts", "films.example.org");
        assertTrue(listed.webSocket("localhost:8080", "http://localhost:8081").isEmpty());
        assertTrue(listed.webSocket("192.0.2.1:8081", "http://192.0.2.1:8081").isEmpty());
        assertTrue(listed.webSocket("films.example.org", "https://films.example.org")
                .isEmpty());
        // a name that somebody else has point here
        assertEquals(
                403,
                listed.webSocket("evil.example:8081", "http://evil.example:8081")
                        .orElseThrow()
                        .status());
    }
}
