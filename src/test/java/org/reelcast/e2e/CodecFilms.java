package org.reelcast.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.reelcast.rendition.GeneratedMedia;

/** Films of test bars in all codecs and containers that are played, each 4 s of 25 pictures a second. */
final class CodecFilms {
    static final int SECONDS = 4;

    private static final String VP9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8";
    private static final String AV1 = "-c:v libaom-av1 -usage realtime -cpu-used 8";
    private static final String HEVC = "-c:v libx265 -x265-params log-level=none";
    private static final String HVC1 = HEVC + " -tag:v hvc1";
    /** Chromium takes pictures of WebRTC for those of high definition. */
    private static final String H264 = "-vf scale=out_color_matrix=bt709 -colorspace bt709 -c:v libx264";

    private static final String PLAIN_H264 = H264 + " -bf 0 -pix_fmt yuv420p";

    /** One that the default build plays, too. */
    static final Codec HEVC_AC3 = new Codec("hevc-ac3", "mp4", HVC1 + " -pix_fmt yuv420p10le -c:a ac3 -ac 6");
    /** As MediaRecorder writes it: without a length, without cues, its clusters of unknown size. */
    static final Codec RECORDED = new Codec("vp9-recorded", "webm", VP9 + " -c:a libopus -live 1");

    private CodecFilms() {}

    /** @param name says the codecs, the ending the container */
    record Codec(String name, String ending, String options) {
        Path file() {
            List<String> arguments = new ArrayList<>(List.of(
                    "-f",
                    "lavfi",
                    "-i",
                    "smptebars=size=320x240:rate=25:duration=" + SECONDS,
                    "-f",
                    "lavfi",
                    "-i",
                    "sine=frequency=440:sample_rate=48000:duration=" + SECONDS));
            arguments.addAll(List.of(options.split(" ")));
            return GeneratedMedia.make("codecs-" + name + "." + ending, arguments.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name + "." + ending;
        }

        /** That are shown: of 120 a second every second one. */
        int pictures() {
            return SECONDS * (options.contains("-r 120") ? 60 : 25);
        }

        boolean isSurround() {
            return options.contains("-ac 6");
        }

        String uri() {
            return "vod://codecs/" + this;
        }
    }

    static List<Codec> all() {
        return Stream.concat(pictures(), sounds()).toList();
    }

    private static Stream<Codec> pictures() {
        return Stream.of(
                HEVC_AC3,
                new Codec("hevc-aac", "mp4", HVC1 + " -c:a aac"),
                new Codec("hevc-aac", "mov", HVC1 + " -c:a aac"),
                new Codec("hevc-hev1-aac", "mp4", HEVC + " -tag:v hev1 -c:a aac"),
                new Codec("hevc-flac", "mkv", HEVC + " -c:a flac"),
                new Codec("hevc-10-opus", "mkv", HEVC + " -pix_fmt yuv420p10le -c:a libopus"),
                new Codec("av1-flac", "mp4", AV1 + " -c:a flac -strict -2"),
                new Codec("av1-opus", "webm", AV1 + " -c:a libopus"),
                new Codec("av1-aac", "mkv", AV1 + " -c:a aac"),
                new Codec("av1-10-opus", "webm", AV1 + " -pix_fmt yuv420p10le -c:a libopus"),
                new Codec("vp9-hdr", "mp4", hdr("smpte2084", 203) + " " + VP9 + " -profile:v 2 -c:a aac"),
                new Codec("vp9-bright", "mp4", hdr("smpte2084", 800) + " " + VP9 + " -profile:v 2 -c:a aac"),
                new Codec("vp9-hlg", "mp4", hdr("arib-std-b67", 1000) + " " + VP9 + " -profile:v 2 -c:a aac"),
                new Codec("vp9-opus", "mp4", VP9 + " -c:a libopus"),
                RECORDED,
                new Codec("vp9-vorbis", "webm", VP9 + " -c:a libvorbis"),
                new Codec("vp9-444-opus", "webm", VP9 + " -profile:v 1 -pix_fmt yuv444p -c:a libopus"),
                new Codec("vp9-opus", "mkv", VP9 + " -c:a libopus"),
                new Codec("vp8-vorbis", "webm", "-c:v libvpx -deadline realtime -b:v 2M -c:a libvorbis"),
                new Codec("vp8-opus", "webm", "-c:v libvpx -deadline realtime -b:v 2M -c:a libopus"),
                new Codec("mpeg4-vorbis", "mp4", "-c:v mpeg4 -bf 2 -q:v 2 -c:a libvorbis"),
                new Codec("mpeg4-aac", "mov", "-c:v mpeg4 -q:v 2 -c:a aac"),
                new Codec("mpeg4-ac3", "mkv", "-c:v mpeg4 -bf 2 -q:v 2 -c:a ac3"),
                new Codec("mpeg2-eac3", "mp4", "-c:v mpeg2video -bf 2 -q:v 2 -c:a eac3"),
                new Codec("mpeg2-ac3", "mkv", "-c:v mpeg2video -bf 2 -q:v 2 -c:a ac3"),
                new Codec("mjpeg-pcm", "mov", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p -c:a pcm_s16le -ac 2"),
                new Codec("mjpeg-422-pcm", "mov", "-c:v mjpeg -q:v 2 -pix_fmt yuvj422p -c:a pcm_s16le"),
                new Codec("mjpeg-444-aac", "mov", "-c:v mjpeg -q:v 2 -pix_fmt yuvj444p -c:a aac"),
                new Codec("mjpeg-pcm", "mkv", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p -c:a pcm_s16le"),
                new Codec("prores-pcm24", "mov", "-c:v prores_ks -profile:v 2 -c:a pcm_s24le"),
                new Codec("prores-4444-pcm", "mov", "-c:v prores_ks -profile:v 4 -pix_fmt yuv444p10le -c:a pcm_s16le"),
                new Codec("png-aac", "mov", "-c:v png -c:a aac"),
                new Codec("ffv1-flac", "mkv", "-c:v ffv1 -c:a flac"),
                new Codec("h263-aac", "3gp", "-c:v h263 -s 352x288 -c:a aac"),
                new Codec("h264-b-aac", "mkv", H264 + " -bf 3 -pix_fmt yuv420p -c:a aac"),
                new Codec("h264-10-aac", "mp4", H264 + " -bf 0 -pix_fmt yuv420p10le -c:a aac"),
                new Codec("h264-422-aac", "mp4", H264 + " -bf 0 -pix_fmt yuv422p -c:a aac"),
                new Codec("h264-444-aac", "mp4", H264 + " -bf 0 -pix_fmt yuv444p -c:a aac"),
                new Codec("h264-120-aac", "mp4", PLAIN_H264 + " -r 120 -c:a aac"));
    }

    private static Stream<Codec> sounds() {
        Stream<String> mp4 = Stream.of(
                "mp3:libmp3lame",
                "ac3:ac3",
                "eac3:eac3",
                "flac:flac -strict -2",
                "alac:alac",
                "vorbis:libvorbis",
                "opus:libopus",
                "opus51:libopus -mapping_family 1 -ac 6",
                "aac51:aac -ac 6");
        Stream<String> mov =
                Stream.of("pcm16:pcm_s16le", "pcm24:pcm_s24be", "pcmf:pcm_f32le", "ulaw:pcm_mulaw -ar 8000");
        Stream<String> mkv = Stream.of(
                "aac:aac",
                "opus:libopus",
                "vorbis:libvorbis",
                "flac:flac",
                "mp3:libmp3lame",
                "ac3:ac3 -ac 6",
                "pcm16:pcm_s16le",
                "alac:alac");
        return Stream.of(
                        mp4.map(sound -> of(sound, "mp4")),
                        mov.map(sound -> of(sound, "mov")),
                        mkv.map(sound -> of(sound, "mkv")))
                .flatMap(films -> films);
    }

    /** @param sound its name and how ffmpeg makes it */
    private static Codec of(String sound, String ending) {
        int colon = sound.indexOf(':');
        return new Codec(
                "h264-" + sound.substring(0, colon), ending, PLAIN_H264 + " -c:a " + sound.substring(colon + 1));
    }

    /** Colours of BT.709 as of high dynamic range, with a white of so many cd/m². */
    private static String hdr(String transfer, int white) {
        return "-vf zscale=min=170m:tin=bt709:pin=bt709:m=2020_ncl:p=2020:t=" + transfer + ":npl=" + white
                + ",format=yuv420p10le -color_primaries bt2020 -colorspace bt2020nc -color_range tv -color_trc "
                + transfer;
    }
}
