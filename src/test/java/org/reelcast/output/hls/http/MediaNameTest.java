package org.reelcast.output.hls.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaNameTest {
    @Test
    void names_areReadAsTheyAreWritten() {
        assertEquals(
                new MediaName("p-12.m4s", 12, -1, true),
                MediaName.parse("p", MediaName.segment("p", 12, true)).orElseThrow());
        assertEquals(
                new MediaName("p-12.ts", 12, -1, false),
                MediaName.parse("p", MediaName.segment("p", 12, false)).orElseThrow());
        assertEquals(
                new MediaName("p-12.3.m4s", 12, 3, true),
                MediaName.parse("p", MediaName.part("p", 12, 3)).orElseThrow());
        assertEquals(0, MediaName.parse("p", "p-0.0.m4s").orElseThrow().part());
        assertEquals("video/mp4", MediaName.parse("p", "p-1.m4s").orElseThrow().mediaType());
        assertEquals("video/mp2t", MediaName.parse("p", "p-1.ts").orElseThrow().mediaType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p",
                "p-",
                "p-.m4s",
                "p-1",
                "p-1.mp4",
                "q-1.m4s",
                "pp-1.m4s",
                "p--1.m4s",
                "p-1.2.ts",
                "p-1.-2.m4s",
                "p-1.99999.m4s",
                "p-01.m4s",
                "p-00.ts",
                "p-1.02.m4s",
                "p-1.2.3.m4s",
                "p-1234567890123456.m4s",
                "p-1.m4s/",
                "p-1.m4s\n",
                "p-٣.m4s",
                "p-init.mp4",
                "p-../1.m4s",
                "p- 1.m4s"
            })
    void anythingElse_isNoName(String resource) {
        assertFalse(MediaName.parse("p", resource).isPresent());
    }
}
