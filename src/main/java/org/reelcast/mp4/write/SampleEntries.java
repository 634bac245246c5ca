package org.reelcast.mp4.write;

/** Writes the boxes that say how samples are coded (ISO 14496-12 section 8.5.2). */
final class SampleEntries {

    private SampleEntries() {
    }

    /** ISO 14496-15 section 5.4.2. */
    static void avc(BoxBuffer out, VideoTrack.Avc avc) {
        out.open("avc1").zeros(6).u16(1).zeros(16)
                .u16(avc.width()).u16(avc.height())
                .u32(0x0048_0000).u32(0x0048_0000).u32(0)
                .u16(1).zeros(32).u16(24).u16(-1);
        out.open("avcC").bytes(avc.config().toBytes()).close().close();
    }

    /** ISO 14496-14 section 5.6; the descriptors are those of ISO 14496-1 section 7.2.6. */
    static void aac(BoxBuffer out, AudioTrack audio) {
        out.open("mp4a").zeros(6).u16(1).zeros(8)
                .u16(audio.channels()).u16(16).zeros(4).u32(audio.sampleRate() << 16);
        int config = audio.config().length;
        out.openFull("esds", 0, 0)
                .u8(3).u8(3 + 2 + 13 + 2 + config + 3).u16(0).u8(0)
                .u8(4).u8(13 + 2 + config).u8(0x40).u8(0x15).u8(0).u16(0).u32(audio.bitrate()).u32(audio.bitrate())
                .u8(5).u8(config).bytes(audio.config())
                .u8(6).u8(1).u8(2);
        out.close().close();
    }
}
