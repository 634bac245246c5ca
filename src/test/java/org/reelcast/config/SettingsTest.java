package org.reelcast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    @TempDir
    private Path home;

    @Test
    void withoutFileAndEnvironmentTheDefaultsHold() {
        Settings settings = load(Map.of());
        assertEquals(8080, settings.get(Keys.WS_PORT));
        assertEquals(30_000, settings.get(Keys.VOD_STREAM_TIMEOUT));
        assertEquals(false, settings.get(Keys.VOD_LIVE_LOOP));
        assertEquals(home.resolve("media"), settings.get(Keys.MEDIA_DIR));
        assertTrue(settings.get(Keys.TLS_KEY_FILE).isEmpty());
        assertFalse(settings.isSet(Keys.WS_PORT));
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void fileUnderHomeIsRead() throws IOException {
        write("conf/flashphoner.properties", "vod_live_loop = true \nmedia_dir=films\nhttp.port=9091\n");
        Settings settings = load(Map.of());
        assertEquals(true, settings.get(Keys.VOD_LIVE_LOOP));
        assertEquals(home.resolve("films"), settings.get(Keys.MEDIA_DIR));
        assertEquals(9091, settings.get(Keys.HTTP_PORT));
        assertTrue(settings.isSet(Keys.HTTP_PORT));
    }

    @Test
    void environmentWinsOverTheFileThatReelcastConfigNames() throws IOException {
        write("conf/flashphoner.properties", "vod_stream_timeout=1\n");
        write("other.properties", "vod_stream_timeout=60000\nkeep_alive.probes=3\n");
        Settings settings = load(
                Map.of("REELCAST_CONFIG", "other.properties", "REELCAST_KEEP_ALIVE_PROBES", "5", "UNRELATED", "x"));
        assertEquals(60_000, settings.get(Keys.VOD_STREAM_TIMEOUT));
        assertEquals(5, settings.get(Keys.KEEP_ALIVE_PROBES));
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void absolutePathIsTakenAsItIs() {
        Path films = home.resolveSibling("films").toAbsolutePath();
        assertEquals(films, load(Map.of("REELCAST_MEDIA_DIR", films.toString())).get(Keys.MEDIA_DIR));
    }

    @Test
    void emptyValueIsNoValue() throws IOException {
        write("conf/flashphoner.properties", "ws.port=\nip=\n");
        Settings settings = load(Map.of());
        assertEquals(8080, settings.get(Keys.WS_PORT));
        assertFalse(settings.isSet(Keys.WS_PORT));
    }

    @Test
    void unknownKeyIsAWarningThatSuggestsTheNearest() throws IOException {
        write("conf/flashphoner.properties", "vod_live_lop=true\nrtmp.port=1935\n");
        List<String> warnings = load(Map.of("REELCAST_HTTP_PROT", "1")).warnings();
        Path file = home.resolve("conf/flashphoner.properties");
        assertEquals(
                List.of(
                        file + ": unknown setting rtmp.port is ignored; did you mean http.port?",
                        file + ": unknown setting vod_live_lop is ignored; did you mean vod_live_loop?",
                        "environment variable REELCAST_HTTP_PROT is no setting and is ignored; did you mean"
                                + " REELCAST_HTTP_PORT?"),
                warnings);
    }

    @Test
    void unknownKeyThatResemblesNothingGetsNoSuggestion() throws IOException {
        write("conf/flashphoner.properties", "sip_phone_greeting=x\n");
        assertEquals(
                List.of(home.resolve("conf/flashphoner.properties")
                        + ": unknown setting sip_phone_greeting is ignored."),
                load(Map.of()).warnings());
    }

    @Test
    void badValueNamesFileKeyValueAndWhatIsAllowed() throws IOException {
        write("conf/flashphoner.properties", "vod_stream_timeout=30s\n");
        assertEquals(
                home.resolve("conf/flashphoner.properties") + ": vod_stream_timeout=30s is not allowed; "
                        + "vod_stream_timeout takes a whole number of ms from 0 to 86400000.",
                refusal(Map.of()));
    }

    @Test
    void badValuesAreRefused() {
        assertEquals(
                "environment variable REELCAST_HTTP_PORT: http.port=65536 is not allowed; http.port takes "
                        + "a whole number from 0 to 65535.",
                refusal(Map.of("REELCAST_HTTP_PORT", "65536")));
        assertTrue(refusal(Map.of("REELCAST_VOD_LIVE_LOOP", "yes")).endsWith("takes true or false."));
        assertTrue(refusal(Map.of("REELCAST_IP", "my.host")).endsWith("takes an IP address, or nothing."));
        assertTrue(refusal(Map.of("REELCAST_IP", "1.2.3")).endsWith("takes an IP address, or nothing."));
        assertTrue(refusal(Map.of("REELCAST_IP", "1.2.3.400")).endsWith("takes an IP address, or nothing."));
        assertEquals("2001:db8::1", load(Map.of("REELCAST_IP", "2001:db8::1")).get(Keys.IP));
        assertTrue(refusal(Map.of("REELCAST_MEDIA_DIR", "a\0b")).contains("takes a path"));
    }

    @Test
    void secretIsNeverShown() {
        String refusal = refusal(Map.of("REELCAST_AWS_S3_CREDENTIALS", "eu-central-1;AKIAEXAMPLE"));
        assertEquals(
                "environment variable REELCAST_AWS_S3_CREDENTIALS: aws_s3_credentials=(hidden) is not allowed; "
                        + "aws_s3_credentials takes zone;login;hash, or nothing.",
                refusal);
        Secret secret = load(Map.of("REELCAST_AWS_S3_CREDENTIALS", "zone;login;topsecret"))
                .get(Keys.AWS_S3_CREDENTIALS);
        assertEquals("zone;login;topsecret", secret.reveal());
        assertFalse(secret.toString().contains("topsecret"));
    }

    @Test
    void valuesThatDoNotGoTogetherAreRefused() {
        assertTrue(refusal(Map.of("REELCAST_MEDIA_PORT_FROM", "32001")).contains("above media_port_to=32000"));
        assertTrue(refusal(Map.of("REELCAST_WS_PORT", "8081")).contains("ws.port and http.port are both 8081"));
        assertTrue(refusal(Map.of("REELCAST_TLS_KEY_FILE", "key.pem")).contains("tls_certificate_file is missing"));
        assertEquals(
                0,
                load(Map.of("REELCAST_WS_PORT", "0", "REELCAST_HLS_PORT", "0")).get(Keys.WS_PORT));
    }

    @Test
    void fileThatIsMissingOrBrokenIsRefused() throws IOException {
        assertEquals(
                "REELCAST_CONFIG names " + home.resolve("none.properties") + ", which is not there.",
                refusal(Map.of("REELCAST_CONFIG", "none.properties")));
        write("conf/flashphoner.properties", "media_dir=\\u00zz\n");
        assertTrue(refusal(Map.of()).contains("cannot be read"));
    }

    @Test
    void settingsOfRefusesAKeyThatDoesNotExist() {
        assertThrows(SettingsException.class, () -> Settings.of(Map.of("vod_live_lop", "true")));
    }

    /** Blocks in the docs that are lines of the file. */
    static List<String> blocksOfTheDocs() throws IOException {
        List<String> blocks = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            for (Path page :
                    pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                Pattern.compile("(?m)^```\\n((?:#.*\\n|[a-z][a-z0-9_.]*=.*\\n)+)```$")
                        .matcher(Files.readString(page))
                        .results()
                        .forEach(block -> blocks.add(block.group(1)));
            }
        }
        assertTrue(blocks.size() > 8, blocks::toString);
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocksOfTheDocs")
    void settingsInTheDocs_areTakenAsTheyStand(String block) throws IOException {
        write("conf/flashphoner.properties", block);
        assertEquals(List.of(), load(Map.of()).warnings());
    }

    private Settings load(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("REELCAST_HOME", home.toString());
        return SettingsLoader.load(all);
    }

    private String refusal(Map<String, String> environment) {
        return assertThrows(SettingsException.class, () -> load(environment)).getMessage();
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
