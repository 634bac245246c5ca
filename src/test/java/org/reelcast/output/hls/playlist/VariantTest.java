package org.reelcast.output.hls.playlist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.AacFormat;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Colour;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.segment.GeneratedTrack;

/** Complaint 31: what a multivariant playlist says of its variant is what its media are. */
class VariantTest {
    private static H264Format picture(int rotation, double rate) {
        return Format.video(Codec.H264, 1280, 720, rotation)
                .withConfig(new DecoderConfig(new byte[] {1, 0x64, 0, 0x28, -1, -31}), false)
                .withDisplay(Colour.UNSPECIFIED, AspectRatio.SQUARE, rate);
    }

    private static AacFormat sound(int... config) {
        byte[] bytes = new byte[config.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) config[i];
        }
        return new AacFormat(new DecoderConfig(bytes), 48_000, 2, 48_000, "und");
    }

    @Test
    void filmOfBoth_isWordForWordThis() {
        assertEquals(
                """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-STREAM-INF:BANDWIDTH=2000000,AVERAGE-BANDWIDTH=1500000,CODECS="avc1.640028,mp4a.40.2",\
                RESOLUTION=1280x720,FRAME-RATE=23.976
                live.m3u8?token=x
                """,
                new Variant(
                                2_000_000,
                                1_500_000,
                                Optional.of(picture(0, 24_000 / 1001.0)),
                                Optional.of(sound(0x11, 0x90)))
                        .playlist("live.m3u8", "?token=x"));
    }

    @Test
    void turnedPicture_hasTheSidesThatAreShown() {
        String turned = new Variant(2, 1, Optional.of(picture(90, 0)), Optional.empty()).playlist("a", "");
        assertEquals(
                "#EXT-X-STREAM-INF:BANDWIDTH=2,AVERAGE-BANDWIDTH=1,CODECS=\"avc1.640028\",RESOLUTION=720x1280",
                turned.lines().skip(2).findFirst().orElseThrow());
    }

    /** AAC-LC; HE-AAC and HE-AAC v2 by what is signalled. */
    @ParameterizedTest
    @CsvSource({"0x1190, mp4a.40.2", "0x2b118800, mp4a.40.5", "0xeb0a0800, mp4a.40.29"})
    void sound(String config, String codec) {
        long bits = Long.decode(config);
        int count = config.length() > 6 ? 4 : 2;
        int[] bytes = new int[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (int) (bits >> 8 * (count - 1 - i)) & 0xff;
        }
        assertEquals(codec, Variant.name(sound(bytes)));
    }

    @Test
    void setsInFrames_areSaid() {
        assertEquals("avc3.42001e", Variant.name(GeneratedTrack.H264.withConfig(GeneratedTrack.H264.config(), true)));
    }
}
