package org.reelcast.output.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.HostNames;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class PushRulesTest {
    private static final Path OWN = Path.of("own.pem");

    private static PushTarget to(String url) throws Exception {
        return PushTarget.of("test", url, false, "rtmp_");
    }

    private static Optional<Path> authorities(boolean verifies, Optional<Path> own, String url) throws Exception {
        return new PushRules("", any -> true, new HostNames(""), 1, verifies, own).authorities(to(url));
    }

    @Test
    void authorities_rtmps_areOnesOwnOrThoseOfJava() throws Exception {
        assertEquals(Optional.of(OWN), authorities(true, Optional.of(OWN), "RTMPS://host/live"));
        Path java = authorities(true, Optional.empty(), "rtmps://host/live").orElseThrow();
        try (InputStream in = Files.newInputStream(java)) {
            assertTrue(CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .size()
                    > 10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "[::1]",
                "10.1.2.3",
                "192.168.1.1",
                "169.254.169.254",
                "[fd00::1]",
                "0.0.0.0",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "2130706433",
                "no.such.host.invalid"
            })
    void place_ofWhatIsNotTheInternet_isRefused(String host) throws Exception {
        PushRules rules = PushRules.of(Settings.of(Map.of("rtmp_push_allowed_hosts", "!*")));
        assertEquals(
                StatusText.BAD_URI,
                assertThrows(Refusal.class, () -> rules.place(to("rtmp://" + host + "/live")))
                        .status());
    }

    @Test
    void place_listedOrOfTheInternet_isFound() throws Exception {
        PushRules rules =
                PushRules.of(Settings.of(Map.of("rtmp_push_allowed_hosts", "127.0.0.1, *.localhost,LOCALHOST")));
        assertEquals("127.0.0.1", rules.place(to("rtmp://127.0.0.1/live")).getHostAddress());
        assertTrue(rules.place(to("rtmp://localhost/live")).isLoopbackAddress());
        assertEquals("8.8.8.8", rules.place(to("rtmp://8.8.8.8/live")).getHostAddress());
        assertThrows(Refusal.class, () -> rules.place(to("rtmp://127.0.0.2/live")));
    }

    @Test
    void place_onThisMachine_isFoundWhereNothingIsSet() throws Exception {
        assertTrue(PushRules.of(Settings.of(Map.of()))
                .place(to("rtmp://localhost/live"))
                .isLoopbackAddress());
    }

    @Test
    void authorities_notWanted_areNone() throws Exception {
        assertEquals(Optional.empty(), authorities(true, Optional.of(OWN), "rtmp://host/live"));
        assertEquals(Optional.empty(), authorities(false, Optional.of(OWN), "rtmps://host/live"));
    }
}
