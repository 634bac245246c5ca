package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;

class VodUriTest {
    @Test
    void personalAndLiveAreToldApart() throws Refusal {
        assertEquals(new VodUri("vod://a/b c.mp4", false, "a/b c.mp4"), VodUri.parse("vod://a/b c.mp4"));
        assertEquals(new VodUri("vod-live://x.mp4", true, "x.mp4"), VodUri.parse("vod-live://x.mp4"));
    }

    @Test
    void addressInS3KeepsItsOwnScheme() throws Refusal {
        assertEquals(
                "s3/https://h/b/k.mp4",
                VodUri.parse("vod://s3/https://h/b/k.mp4").location());
    }

    @Test
    void otherSchemesAndEmptyNamesAreRefusedByName() {
        assertEquals("Failed to get agent storage", info("dov://sample.mp4"));
        assertEquals("Failed to get agent storage", info("VOD://sample.mp4"));
        assertEquals("Bad URI", info("vod://"));
        assertEquals("Bad URI", info("vod-live:// "));
    }

    @Test
    void plainNameIsNoUri() {
        assertEquals("Failed to get agent storage", info("stream1"));
    }

    private static String info(String text) {
        return assertThrows(Refusal.class, () -> VodUri.parse(text)).info();
    }
}
