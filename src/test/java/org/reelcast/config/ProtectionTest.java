package org.reelcast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What WCS protects and this server cannot is not ignored. */
class ProtectionTest {
    @TempDir
    Path home;

    private Settings load(String line) throws IOException {
        Path file = Files.createDirectories(home.resolve("conf")).resolve("flashphoner.properties");
        Files.writeString(file, line + "\n");
        return SettingsLoader.load(Map.of("REELCAST_HOME", home.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hls_auth_enabled=true",
                "hls_auth_enabled = TRUE",
                "http.address=127.0.0.1",
                "wss.address=10.0.0.1"
            })
    void settingThatProtects_stopsTheStart(String line) {
        String sentence =
                assertThrows(SettingsException.class, () -> load(line)).getMessage();
        assertTrue(sentence.contains(line.split(" ?=")[0]) && sentence.endsWith("leave it out."), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hls_auth_enabled=false", "http.address=0.0.0.0", "ws.address="})
    void settingThatProtectsNothing_isAWarning(String line) throws IOException {
        assertEquals(1, load(line).warnings().size());
    }

    @Test
    void file_isStillRead() throws IOException {
        assertEquals(9, load("hls_list_size=9").get(Keys.HLS_LIST_SIZE));
    }
}
