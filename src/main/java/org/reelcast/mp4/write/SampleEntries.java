package org.reelcast.mp4.write;

import org.reelcast.media.AacFormat;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;
import org.reelcast.media.H264Format;

/** Writes the boxes that say how samples are coded (ISO 14496-12 section 8.5.2). */
final class SampleEntries {
    private static final int MAX_SHORT = 0xffff;
    private static final int FULL_RANGE = 0x80;

    private SampleEntries() {}

    /** ISO 14496-15 section 5.4.2. */
    static void avc(BoxBuffer out, H264Format format) {
        out.open(format.setsInFrames() ? "avc3" : "avc1")
                .zeros(6)
                .u16(1)
                .zeros(16)
                .u16(format.width())
                .u16(format.height())
                .u32(0x0048_0000)
                .u32(0x0048_0000)
                .u32(0)
                .u16(1)
                .zeros(32)
                .u16(24)
                .u16(-1);
        out.open("avcC").bytes(format.config().bytes()).close();
        Colour colour = format.colour();
        if (!colour.equals(Colour.UNSPECIFIED)) {
            out.open("colr")
                    .ascii("nclx")
                    .u16(colour.primaries())
                    .u16(colour.transfer())
                    .u16(colour.matrix())
                    .u8(colour.fullRange() ? FULL_RANGE : 0)
                    .close();
        }
        AspectRatio aspect = format.pixelAspect();
        if (!aspect.equals(AspectRatio.SQUARE)) {
            out.open("pasp").u32(aspect.width()).u32(aspect.height()).close();
        }
        format.aperture()
                .ifPresent(shown -> out.open("clap")
                        .u32(shown.width())
                        .u32(1)
                        .u32(shown.height())
                        .u32(1)
                        .u32(2 * shown.left() + shown.width() - format.width())
                        .u32(2)
                        .u32(2 * shown.top() + shown.height() - format.height())
                        .u32(2)
                        .close());
        out.close();
    }

    /** ISO 14496-14 section 5.6; the descriptors are those of ISO 14496-1 section 7.2.6. */
    static void aac(BoxBuffer out, AudioTrack audio) {
        AacFormat format = audio.format();
        int rate = format.sampleRate() > MAX_SHORT ? 0 : format.sampleRate();
        out.open("mp4a")
                .zeros(6)
                .u16(1)
                .zeros(8)
                .u16(format.channels())
                .u16(16)
                .zeros(4)
                .u32(rate << 16);
        byte[] config = format.config().bytes();
        int info = config.length + descriptorHead(config.length);
        int decoder = 13 + info;
        int stream = 3 + decoder + descriptorHead(decoder) + 3;
        out.openFull("esds", 0, 0);
        descriptor(out, 3, stream).u16(0).u8(0);
        descriptor(out, 4, decoder)
                .u8(0x40)
                .u8(0x15)
                .u8(0)
                .u16(0)
                .u32(audio.bitrate())
                .u32(audio.bitrate());
        descriptor(out, 5, config.length).bytes(config);
        descriptor(out, 6, 1).u8(2);
        out.close().close();
    }

    /** Tag and length; a length has seven bits a byte, and more bytes follow where the eighth is set. */
    private static BoxBuffer descriptor(BoxBuffer out, int tag, int length) {
        out.u8(tag);
        for (int bytes = descriptorHead(length) - 1; bytes > 0; bytes--) {
            out.u8(length >> 7 * (bytes - 1) & 0x7f | (bytes > 1 ? 0x80 : 0));
        }
        return out;
    }

    private static int descriptorHead(int length) {
        return length < 1 << 7 ? 2 : length < 1 << 14 ? 3 : 4;
    }
}
