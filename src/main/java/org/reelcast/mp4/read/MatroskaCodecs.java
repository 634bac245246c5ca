package org.reelcast.mp4.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reelcast.bitstream.CodecConfigException;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.SourceCodec;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** From Matroska's names of codecs and their private data (the codec specifications of matroska.org) to sample entries. */
final class MatroskaCodecs {
    private static final Map<String, SourceCodec> PICTURES = Map.ofEntries(
            Map.entry("V_MPEGH/ISO/HEVC", SourceCodec.HEVC),
            Map.entry("V_MPEGI/ISO/VVC", SourceCodec.VVC),
            Map.entry("V_VP8", SourceCodec.VP8),
            Map.entry("V_VP9", SourceCodec.VP9),
            Map.entry("V_AV1", SourceCodec.AV1),
            Map.entry("V_MPEG4/ISO/SP", SourceCodec.MPEG4),
            Map.entry("V_MPEG4/ISO/ASP", SourceCodec.MPEG4),
            Map.entry("V_MPEG4/ISO/AP", SourceCodec.MPEG4),
            Map.entry("V_MPEG2", SourceCodec.MPEG2),
            Map.entry("V_MPEG1", SourceCodec.MPEG1),
            Map.entry("V_MJPEG", SourceCodec.MJPEG),
            Map.entry("V_FFV1", SourceCodec.FFV1));
    /** By the four-character code of a BITMAPINFOHEADER. */
    private static final Map<String, SourceCodec> WINDOWS = Map.of(
            "XVID", SourceCodec.MPEG4,
            "DIVX", SourceCodec.MPEG4,
            "DX50", SourceCodec.MPEG4,
            "FMP4", SourceCodec.MPEG4,
            "MP4V", SourceCodec.MPEG4,
            "MJPG", SourceCodec.MJPEG,
            "FFV1", SourceCodec.FFV1,
            "MPNG", SourceCodec.PNG);

    private static final Map<String, SourceCodec> SOUNDS = Map.of(
            "A_MPEG/L3", SourceCodec.MP3,
            "A_AC3", SourceCodec.AC3,
            "A_EAC3", SourceCodec.EAC3,
            "A_DTS", SourceCodec.DTS,
            "A_VORBIS", SourceCodec.VORBIS,
            "A_OPUS", SourceCodec.OPUS,
            "A_ALAC", SourceCodec.ALAC,
            "A_FLAC", SourceCodec.FLAC);
    private static final String AVC = "V_MPEG4/ISO/AVC";
    private static final String WINDOWS_VIDEO = "V_MS/VFW/FOURCC";
    private static final String AAC = "A_AAC";
    private static final int BITMAP_HEADER_BYTES = 40;
    /** {@code fLaC} and the head of its first block. */
    private static final int FLAC_HEAD_BYTES = 8;

    private static final int STREAM_INFO_BYTES = 34;
    private static final int AAC_LC = 2;

    private MatroskaCodecs() {}

    /**
     * What a track says of its pictures.
     *
     * @param aspect of its pixels; empty when square
     */
    record Pictures(
            int width,
            int height,
            Optional<Colour> colour,
            Optional<AspectRatio> aspect,
            Optional<CleanAperture> aperture) {}

    /** A {@link VisualEntry}, or an {@link Unplayable}. */
    static Object video(String codecId, byte[] config, Pictures pictures) throws Refusal {
        if (codecId.equals(AVC)) {
            return avc(codecId, config, pictures);
        }
        boolean isWindows = codecId.equals(WINDOWS_VIDEO) && config.length >= BITMAP_HEADER_BYTES;
        String format = isWindows ? new String(config, 16, 4, StandardCharsets.ISO_8859_1) : codecId;
        SourceCodec codec = isWindows ? WINDOWS.get(format.toUpperCase(Locale.ROOT)) : PICTURES.get(codecId);
        if (codec == null) {
            return Unplayable.codec("in an unknown format (" + format.trim() + ")");
        }
        return OtherCodecs.sized(new VideoEntry(
                format,
                codec,
                new DecoderConfig(isWindows ? Arrays.copyOfRange(config, BITMAP_HEADER_BYTES, config.length) : config),
                pictures.width(),
                pictures.height(),
                pictures.colour(),
                pictures.aspect(),
                pictures.aperture()));
    }

    private static AvcEntry avc(String codecId, byte[] config, Pictures pictures) throws Refusal {
        try {
            return new AvcEntry(
                    config.length == 0 ? BoxType.name(BoxType.AVC3) : BoxType.name(BoxType.AVC1),
                    config.length == 0 ? AvcConfig.NONE : AvcConfig.parse(config),
                    pictures.width(),
                    pictures.height(),
                    pictures.colour(),
                    pictures.aspect(),
                    pictures.aperture());
        } catch (CodecConfigException e) {
            throw wrong(codecId, e);
        }
    }

    /** An {@link AacEntry}, {@link OpusEntry} or {@link AudioEntry}, or an {@link Unplayable}. @param bits of a sample */
    static Object audio(String codecId, byte[] config, int channels, int rate, int bits) throws Refusal {
        if (codecId.equals(AAC) || codecId.startsWith(AAC + "/")) {
            return aac(codecId, config, channels, rate);
        }
        SourceCodec codec = SOUNDS.containsKey(codecId) ? SOUNDS.get(codecId) : pcm(codecId, bits);
        if (codec == null) {
            return Unplayable.codec("in an unknown format (" + codecId + ")");
        }
        if (codec == SourceCodec.OPUS && channels <= 2) {
            // OpusHead (RFC 7845 section 5.1)
            int preSkip = config.length < 12 ? 0 : config[10] & 0xff | (config[11] & 0xff) << 8;
            return new OpusEntry(codecId, Math.max(1, channels), preSkip);
        }
        return OtherCodecs.entry(codecId, codec, decoderConfig(codec, config), channels, rate);
    }

    private static Object aac(String codecId, byte[] config, int channels, int rate) throws Refusal {
        try {
            AudioSpecificConfig parsed = config.length >= 2
                    ? AudioSpecificConfig.parse(config)
                    : AudioSpecificConfig.of(AAC_LC, rate, channels);
            if (!parsed.isAac()) {
                return CodecNames.ofAudioObjectType(parsed.coreObjectType());
            }
            parsed.checkSampleRate();
            return new AacEntry(codecId, parsed, parsed.channelsOr(channels));
        } catch (CodecConfigException e) {
            throw wrong(codecId, e);
        }
    }

    private static Refusal wrong(String codecId, CodecConfigException e) {
        return new Refusal(StatusText.FAILED_TO_READ_FILE, "The configuration of " + codecId + " " + e.getMessage(), e);
    }

    /** Null when it is none. */
    private static SourceCodec pcm(String codecId, int bits) {
        return switch (codecId + " " + bits) {
            case "A_PCM/INT/LIT 8", "A_PCM/INT/BIG 8" -> SourceCodec.PCM_U8;
            case "A_PCM/INT/LIT 16" -> SourceCodec.PCM_S16LE;
            case "A_PCM/INT/LIT 24" -> SourceCodec.PCM_S24LE;
            case "A_PCM/INT/LIT 32" -> SourceCodec.PCM_S32LE;
            case "A_PCM/INT/BIG 16" -> SourceCodec.PCM_S16BE;
            case "A_PCM/INT/BIG 24" -> SourceCodec.PCM_S24BE;
            case "A_PCM/INT/BIG 32" -> SourceCodec.PCM_S32BE;
            case "A_PCM/FLOAT/IEEE 32" -> SourceCodec.PCM_F32LE;
            case "A_PCM/FLOAT/IEEE 64" -> SourceCodec.PCM_F64LE;
            default -> null;
        };
    }

    /** As FFmpeg's decoders take it. */
    private static byte[] decoderConfig(SourceCodec codec, byte[] config) {
        if (codec == SourceCodec.FLAC && config.length >= FLAC_HEAD_BYTES + STREAM_INFO_BYTES) {
            return Arrays.copyOfRange(config, FLAC_HEAD_BYTES, FLAC_HEAD_BYTES + STREAM_INFO_BYTES);
        }
        if (codec == SourceCodec.ALAC) {
            // with the head of the box in which MP4 has it, and its version and flags
            return ByteBuffer.allocate(config.length + 12)
                    .order(ByteOrder.BIG_ENDIAN)
                    .putInt(config.length + 12)
                    .put("alac".getBytes(StandardCharsets.US_ASCII))
                    .putInt(0)
                    .put(config)
                    .array();
        }
        return config;
    }
}
