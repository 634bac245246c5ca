package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.config.Settings;

class PortRulesTest {
    private final PortRules rules = new PortRules(Settings.of(Map.of("ws.port", "9080")));

    @ParameterizedTest
    @CsvSource({
        "9080,true,200",
        "8443,true,200",
        "8081,false,200",
        "8444,false,200",
        "9080,false,426",
        "8443,false,426",
        "8081,true,404",
        "8444,true,404",
        "8082,false,200",
        "8445,false,200",
        "8082,true,404"
    })
    void eachPort_servesWhatItIsFor(int port, boolean upgrade, int status) {
        PortRules.Verdict verdict = rules.check(port, upgrade, "/");
        assertEquals(status, verdict.status());
        assertEquals(status != 200, verdict.refused());
    }

    @ParameterizedTest
    @CsvSource({"8080,false", "8080,true", "8181,false", "8181,true"})
    void portOfAnotherServersListener_servesAll(int port, boolean upgrade) {
        assertEquals(200, rules.check(port, upgrade, "/").status());
    }

    @ParameterizedTest
    @CsvSource({
        "8081,/ws,200",
        "8444,/ws,200",
        "8081,/wss,404",
        "8081,/ws/more,404",
        "8081,/,404",
        "9080,/ws,200",
        "8082,/ws,404"
    })
    void pagesPorts_takeWebSocketsAtOnePath(int port, String path, int status) {
        assertEquals(status, rules.check(port, true, path).status());
    }

    @Test
    void refusal_namesThePortToGoTo() {
        assertTrue(rules.check(9080, false, "/").sentence().contains("8081"));
        assertTrue(rules.check(8444, true, "/").sentence().contains("8443"));
    }
}
