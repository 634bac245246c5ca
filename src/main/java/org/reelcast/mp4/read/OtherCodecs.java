package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.SourceCodec;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;

/**
 * Sample entries of codecs that are decoded here (the registry of mp4ra.org, QuickTime File Format): which codec it is,
 * and what its decoder has to know.
 */
final class OtherCodecs {
    private static final Map<String, SourceCodec> FORMATS = Map.ofEntries(
            Map.entry("hvc1", SourceCodec.HEVC),
            Map.entry("hev1", SourceCodec.HEVC),
            Map.entry("dvh1", SourceCodec.HEVC),
            Map.entry("dvhe", SourceCodec.HEVC),
            Map.entry("vvc1", SourceCodec.VVC),
            Map.entry("vvi1", SourceCodec.VVC),
            Map.entry("av01", SourceCodec.AV1),
            Map.entry("vp08", SourceCodec.VP8),
            Map.entry("vp09", SourceCodec.VP9),
            Map.entry("mp4v", SourceCodec.MPEG4),
            Map.entry("s263", SourceCodec.H263),
            Map.entry("h263", SourceCodec.H263),
            Map.entry("H263", SourceCodec.H263),
            Map.entry("m2v1", SourceCodec.MPEG2),
            Map.entry("m1v1", SourceCodec.MPEG1),
            Map.entry("jpeg", SourceCodec.MJPEG),
            Map.entry("mjpa", SourceCodec.MJPEG),
            Map.entry("png ", SourceCodec.PNG),
            Map.entry("AVdn", SourceCodec.DNXHD),
            Map.entry("AVdh", SourceCodec.DNXHD),
            Map.entry("apco", SourceCodec.PRORES),
            Map.entry("apcs", SourceCodec.PRORES),
            Map.entry("apcn", SourceCodec.PRORES),
            Map.entry("apch", SourceCodec.PRORES),
            Map.entry("ap4h", SourceCodec.PRORES),
            Map.entry("ap4x", SourceCodec.PRORES),
            Map.entry("dvc ", SourceCodec.DV),
            Map.entry("dvcp", SourceCodec.DV),
            Map.entry("dvpp", SourceCodec.DV),
            Map.entry("FFV1", SourceCodec.FFV1),
            Map.entry(".mp3", SourceCodec.MP3),
            Map.entry("ms\0U", SourceCodec.MP3),
            Map.entry("ac-3", SourceCodec.AC3),
            Map.entry("ec-3", SourceCodec.EAC3),
            Map.entry("dtsc", SourceCodec.DTS),
            Map.entry("dtse", SourceCodec.DTS),
            Map.entry("dtsh", SourceCodec.DTS),
            Map.entry("dtsl", SourceCodec.DTS),
            Map.entry("fLaC", SourceCodec.FLAC),
            Map.entry("alac", SourceCodec.ALAC),
            Map.entry("samr", SourceCodec.AMR),
            Map.entry("sawb", SourceCodec.AMR_WB),
            Map.entry("alaw", SourceCodec.ALAW),
            Map.entry("ulaw", SourceCodec.ULAW),
            Map.entry("sowt", SourceCodec.PCM_S16LE),
            Map.entry("twos", SourceCodec.PCM_S16BE),
            Map.entry("raw ", SourceCodec.PCM_U8),
            Map.entry("NONE", SourceCodec.PCM_U8),
            Map.entry("in24", SourceCodec.PCM_S24BE),
            Map.entry("in32", SourceCodec.PCM_S32BE),
            Map.entry("fl32", SourceCodec.PCM_F32BE),
            Map.entry("fl64", SourceCodec.PCM_F64BE));
    /** By objectTypeIndication (ISO 14496-1 table 5, and the registry). */
    private static final Map<Integer, SourceCodec> OBJECT_TYPES = Map.ofEntries(
            Map.entry(0x20, SourceCodec.MPEG4),
            Map.entry(0x60, SourceCodec.MPEG2),
            Map.entry(0x61, SourceCodec.MPEG2),
            Map.entry(0x62, SourceCodec.MPEG2),
            Map.entry(0x63, SourceCodec.MPEG2),
            Map.entry(0x64, SourceCodec.MPEG2),
            Map.entry(0x65, SourceCodec.MPEG2),
            Map.entry(0x6A, SourceCodec.MPEG1),
            Map.entry(0x6C, SourceCodec.MJPEG),
            Map.entry(0x6D, SourceCodec.PNG),
            Map.entry(0x69, SourceCodec.MP3),
            Map.entry(0x6B, SourceCodec.MP3),
            Map.entry(0xA5, SourceCodec.AC3),
            Map.entry(0xA6, SourceCodec.EAC3),
            Map.entry(0xA9, SourceCodec.DTS),
            Map.entry(0xDD, SourceCodec.VORBIS));
    /** Boxes of a decoder's configuration, which is all of them. */
    private static final List<Integer> CONFIGURATIONS =
            Stream.of("hvcC", "vvcC", "av1C").map(BoxType::of).toList();

    private static final List<Integer> DOLBY_VISION = List.of(BoxType.of("dvcC"), BoxType.of("dvvC"));
    private static final int DFLA = BoxType.of("dfLa");
    private static final int ALAC = BoxType.of("alac");
    private static final int STREAM_INFO_BYTES = 34;

    private OtherCodecs() {}

    /** The codec of a sample entry's four-character code; null when it is none of these. */
    static SourceCodec of(int type) {
        return FORMATS.get(new String(ByteBuffer.allocate(4).putInt(type).array(), StandardCharsets.ISO_8859_1));
    }

    /**
     * A video entry.
     *
     * @return a {@link VideoEntry}, an {@link Unplayable}, or null for a codec that is not known
     */
    static Object video(Window window, Box box, List<Box> children) throws IOException {
        SourceCodec codec = of(box.type());
        byte[] config = {};
        Box esds = Boxes.first(children, BoxType.ESDS);
        if (esds != null && codec == SourceCodec.MPEG4) {
            EsConfig described = EsConfig.read(ByteBuffer.wrap(Boxes.bytes(window, esds)));
            codec = OBJECT_TYPES.get(described.objectType());
            config = described.specific();
        }
        for (Box child : children) {
            if (CONFIGURATIONS.contains(child.type())) {
                config = Boxes.bytes(window, child);
            } else if (DOLBY_VISION.contains(child.type())
                    && child.length() > 4
                    && window.u8(child.payload() + 2) >> 1 == 5) {
                return Unplayable.codec("Dolby Vision of profile 5 (" + box.name() + ")");
            }
        }
        if (codec == null || !codec.isVideo()) {
            return null;
        }
        int width = window.u16(box.payload() + 24);
        int height = window.u16(box.payload() + 26);
        return sized(new VideoEntry(
                box.name(),
                codec,
                new DecoderConfig(config),
                width,
                height,
                VideoBoxes.colour(window, children),
                VideoBoxes.pixelAspect(window, children),
                VideoBoxes.aperture(window, children, width, height)));
    }

    /** The entry, or why pictures of its size cannot be decoded. */
    static Object sized(VideoEntry entry) {
        return entry.width() > 0 && entry.height() > 0 && entry.width() * (long) entry.height() <= Limits.PIXELS
                ? entry
                : new Unplayable(
                        entry.codec().label() + " of " + entry.width() + "x" + entry.height() + " pixels ("
                                + entry.format().trim() + ")",
                        false,
                        entry.codec().isStill());
    }

    /**
     * An audio entry.
     *
     * @param description what the entry says beside its boxes
     * @return an {@link AudioEntry}, an {@link Unplayable}, or null for a codec that is not known
     */
    static Object audio(Window window, Box box, List<Box> children, AudioSampleDescription description)
            throws IOException {
        SourceCodec codec = PcmCodecs.of(window, box, children, description, of(box.type()));
        return codec == null || codec.isVideo()
                ? null
                : entry(box.name(), codec, config(window, children, codec), description.channels(), description.rate());
    }

    /** An audio entry {@code mp4a} that is not AAC; likewise. */
    static Object audio(int objectType, byte[] specific, int channels, int rate) {
        SourceCodec codec = OBJECT_TYPES.get(objectType);
        return codec == null || codec.isVideo()
                ? null
                : entry(String.format("mp4a.%02X", objectType), codec, specific, channels, rate);
    }

    /** Opus of more channels than two. @param dops the configuration (Encapsulation of Opus in ISOBMFF, 4.3.2) */
    static Object opus(byte[] dops, int channels) {
        // the same as in Ogg (RFC 7845 section 5.1), where numbers are little-endian; what is to be skipped, the edit
        // list says
        ByteBuffer big = ByteBuffer.wrap(dops, 1, dops.length - 1);
        ByteBuffer head = ByteBuffer.allocate(dops.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put(big.get());
        big.getShort();
        head.putShort((short) 0).putInt(big.getInt()).putShort(big.getShort()).put(big);
        return entry(BoxType.name(BoxType.OPUS), SourceCodec.OPUS, head.array(), channels, 48_000);
    }

    /** The entry, or why such sound cannot be decoded. */
    static Object entry(String format, SourceCodec codec, byte[] config, int channels, int rate) {
        boolean saysItself = codec.sampleBytes() == 0;
        if (channels > Limits.CHANNELS || channels < (saysItself ? 0 : 1)) {
            return Unplayable.codec(codec.label() + " in " + channels + " channels (" + format.trim() + ")");
        }
        if ((rate < Limits.LEAST_RATE || rate > Limits.MOST_RATE) && !(rate == 0 && saysItself)) {
            return Unplayable.codec(codec.label() + " of " + rate + " Hz (" + format.trim() + ")");
        }
        return new AudioEntry(format, codec, new DecoderConfig(config), channels, rate);
    }

    private static byte[] config(Window window, List<Box> children, SourceCodec codec) throws IOException {
        Box wave = Boxes.first(children, BoxType.WAVE);
        List<Box> boxes = wave == null ? children : Boxes.children(window, wave);
        if (codec == SourceCodec.FLAC) {
            byte[] blocks = Boxes.bytes(window, Boxes.need(boxes, DFLA, "fLaC"));
            if (blocks.length < 8 + STREAM_INFO_BYTES) {
                throw Refusals.broken("Box 'dfLa' is cut off");
            }
            return Arrays.copyOfRange(blocks, 8, 8 + STREAM_INFO_BYTES);
        }
        if (codec == SourceCodec.ALAC) {
            // FFmpeg takes it with the box's header
            byte[] cookie = Boxes.bytes(window, Boxes.need(boxes, ALAC, "alac"));
            return ByteBuffer.allocate(cookie.length + 8)
                    .putInt(cookie.length + 8)
                    .putInt(ALAC)
                    .put(cookie)
                    .array();
        }
        return new byte[0];
    }
}
