package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Files of pages in memory. */
class PageFileTest {

    @Test
    void aFile_isTheSameCompressedAndHasATagOfItsContent() throws IOException {
        byte[] body = "export const a = 1;\n".repeat(50).getBytes(StandardCharsets.UTF_8);
        PageFile file = PageFile.of("/js/a.js", body);
        assertEquals("text/javascript; charset=utf-8", file.type());
        assertArrayEquals(body, new GZIPInputStream(new ByteArrayInputStream(file.gzip())).readAllBytes());
        assertEquals(file.tag(false), PageFile.of("/js/b.js", body).tag(false));
        assertNotEquals(file.tag(false), file.tag(true));
        assertNotEquals(file.tag(false), PageFile.of("/js/a.js", new byte[0]).tag(false));
    }
}
