package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageHeadersTest {
    /** What the policy forbids within a page. */
    private static final Pattern INLINE =
            Pattern.compile("<script>|<style|\\s(style|on[a-z]+)=|javascript:", Pattern.CASE_INSENSITIVE);

    private final PageHeaders headers = new PageHeaders(0);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/, *, ()",
                "/embed, *, ()",
                "/hls.html, *, ()",
                "/recorder, 'none', (self)",
                "/recorder.html, 'none', (self)"
            })
    void framesAndDevices(String path, String ancestors, String devices) {
        Map<String, String> of = headers.of(path, true);
        assertTrue(of.get("Content-Security-Policy").endsWith("frame-ancestors " + ancestors), of::toString);
        assertTrue(
                of.get("Permissions-Policy").startsWith("camera=" + devices + ", microphone=" + devices + ","),
                of::toString);
    }

    @Test
    void scripts_areOursAlone() {
        String policy = headers.of("/", false).get("Content-Security-Policy");
        assertTrue(policy.contains("script-src 'self';") && policy.contains("object-src 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void https_isAskedForWhereSomebodySaysSo_andByHttpsAlone() {
        assertNull(headers.of("/", true).get("Strict-Transport-Security"));
        assertEquals("max-age=3600", new PageHeaders(3600).of("/", true).get("Strict-Transport-Security"));
        assertNull(new PageHeaders(3600).of("/", false).get("Strict-Transport-Security"));
    }

    @Test
    void sdk_isForAllSites() {
        assertEquals("*", headers.of("/sdk/index.js", false).get("Access-Control-Allow-Origin"));
        assertNull(headers.of("/js/player.js", false).get("Access-Control-Allow-Origin"));
    }

    /** A page with a script or a style within would not work. */
    @Test
    void pages_haveNothingInline() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("webapp"))) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertFalse(pages.isEmpty());
            for (Path page : pages) {
                assertFalse(INLINE.matcher(Files.readString(page)).find(), page::toString);
            }
        }
    }
}
