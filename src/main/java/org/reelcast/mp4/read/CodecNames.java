package org.reelcast.mp4.read;

import java.util.Map;
import java.util.Set;
import org.reelcast.media.SourceCodec;
import org.reelcast.mp4.box.BoxType;

/** What people call the codecs that are not played (the registry of mp4ra.org; ISO 14496-1 table 5). */
final class CodecNames {
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("hvc1", "HEVC"),
            Map.entry("hev1", "HEVC"),
            Map.entry("hvc2", "HEVC"),
            Map.entry("hev2", "HEVC"),
            Map.entry("dvh1", "Dolby Vision"),
            Map.entry("dvhe", "Dolby Vision"),
            Map.entry("dva1", "Dolby Vision"),
            Map.entry("dvav", "Dolby Vision"),
            Map.entry("dav1", "Dolby Vision"),
            Map.entry("vvc1", "VVC"),
            Map.entry("vvi1", "VVC"),
            Map.entry("av01", "AV1"),
            Map.entry("vp08", "VP8"),
            Map.entry("vp09", "VP9"),
            Map.entry("mp4v", "MPEG-4 Visual"),
            Map.entry("s263", "H.263"),
            Map.entry("h263", "H.263"),
            Map.entry("H263", "H.263"),
            Map.entry("jpeg", "JPEG"),
            Map.entry("mjpa", "Motion JPEG"),
            Map.entry("mjpb", "Motion JPEG"),
            Map.entry("png ", "PNG"),
            Map.entry("svc1", "SVC"),
            Map.entry("mvc1", "MVC"),
            Map.entry("mvc2", "MVC"),
            Map.entry("apcn", "ProRes"),
            Map.entry("apch", "ProRes"),
            Map.entry("apcs", "ProRes"),
            Map.entry("apco", "ProRes"),
            Map.entry("ap4h", "ProRes"),
            Map.entry("AVdn", "DNxHD"),
            Map.entry("SVQ3", "Sorenson Video 3"),
            Map.entry("SVQ1", "Sorenson Video"),
            Map.entry("rle ", "Animation"),
            Map.entry("ac-3", "AC-3"),
            Map.entry("ec-3", "E-AC-3"),
            Map.entry("ac-4", "AC-4"),
            Map.entry("Opus", "Opus"),
            Map.entry("fLaC", "FLAC"),
            Map.entry("alac", "Apple Lossless"),
            Map.entry(".mp3", "MP3"),
            Map.entry("samr", "AMR"),
            Map.entry("sawb", "AMR-WB"),
            Map.entry("dtsc", "DTS"),
            Map.entry("dtsh", "DTS-HD"),
            Map.entry("dtsl", "DTS-HD"),
            Map.entry("dtse", "DTS Express"),
            Map.entry("mlpa", "Dolby TrueHD"),
            Map.entry("lpcm", "PCM"),
            Map.entry("sowt", "PCM"),
            Map.entry("twos", "PCM"),
            Map.entry("in24", "PCM"),
            Map.entry("fl32", "PCM"),
            Map.entry("ipcm", "PCM"),
            Map.entry("ulaw", "G.711"),
            Map.entry("alaw", "G.711"));
    private static final Map<Integer, String> OBJECT_TYPES = Map.of(
            0x69, "MP3", 0x6B, "MP3", 0xA5, "AC-3", 0xA6, "E-AC-3", 0xA9, "DTS", 0xAD, "Opus", 0xDD, "Vorbis", 0xE1,
            "QCELP");
    private static final Map<Integer, String> AUDIO_OBJECT_TYPES = Map.of(
            32,
            "MPEG Layer-1",
            33,
            "MPEG Layer-2",
            34,
            "MP3",
            35,
            "DST",
            36,
            "MPEG-4 ALS",
            37,
            "MPEG-4 SLS",
            8,
            "CELP",
            9,
            "HVXC",
            12,
            "TTSI",
            13,
            "MIDI");
    private static final Set<String> STILLS = Set.of("jpeg", "png ");

    private CodecNames() {}

    /** A sample entry that is not played. */
    static Unplayable ofFormat(int code) {
        String format = BoxType.name(code);
        String name = FORMATS.getOrDefault(format, "in an unknown format");
        return new Unplayable(name + " (" + format.trim() + ")", false, STILLS.contains(format));
    }

    /** Pictures that would have to be decoded. */
    static Unplayable ofOther(VideoEntry entry) {
        return new Unplayable(
                entry.codec().label() + " (" + entry.format().trim() + ")",
                false,
                entry.codec().isStill());
    }

    /** Sound that would have to be. */
    static Unplayable ofOther(AudioEntry entry) {
        String channels = entry.codec() == SourceCodec.OPUS ? " in " + entry.channels() + " channels" : "";
        return Unplayable.codec(
                entry.codec().label() + channels + " (" + entry.format().trim() + ")");
    }

    /** {@code mp4a} with an {@code objectTypeIndication} that is not AAC's. */
    static Unplayable ofObjectType(int type) {
        return Unplayable.codec(
                OBJECT_TYPES.getOrDefault(type, "in an unknown format") + String.format(" (mp4a.%02X)", type));
    }

    /** {@code mp4a.40} with an audio object type that is not AAC's. */
    static Unplayable ofAudioObjectType(int type) {
        return Unplayable.codec(
                AUDIO_OBJECT_TYPES.getOrDefault(type, "in an unknown format") + " (mp4a.40." + type + ")");
    }

    /** An encrypted entry whose original format is {@code original}, or 0 when it does not say. */
    static Unplayable encrypted(int code, int original) {
        String of = original == 0 ? "" : ", " + BoxType.name(original).trim();
        return new Unplayable("encrypted (" + BoxType.name(code) + of + ")", true, false);
    }
}
