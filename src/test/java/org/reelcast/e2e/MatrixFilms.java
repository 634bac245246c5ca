package org.reelcast.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The films of the matrix: what encoders and muxers make of H.264 and AAC, each in one short film. */
final class MatrixFilms {
    /** On two cores Chromium leaves out six to ten pictures of 4K while its decoder starts: too many for 4 s. */
    private static final String LARGE_SECONDS = "12";

    private final List<MatrixFilm> films = new ArrayList<>();
    private String group;

    private MatrixFilms() {}

    static List<MatrixFilm> all() {
        MatrixFilms made = new MatrixFilms();
        made.encoders();
        made.sizes();
        made.rates();
        made.sounds();
        made.fragments();
        made.structures();
        made.shapes();
        return List.copyOf(made.films);
    }

    private void encoders() {
        group = "Encoder";
        film("baseline", "baseline profile", r -> r.picture("-profile:v", "baseline"));
        film("main", "main profile, no B-frames", r -> r);
        film(
                "high",
                "high profile, no B-frames, three reference frames, four slices",
                r -> r.picture("-profile:v", "high", "-refs", "3", "-slices", "4"));
        film("key-frames-only", "every frame a key frame", r -> r.picture("-g", "1"));
        film("one-key-frame", "the only key frame is the first", r -> r.picture("-g", "1000"));
        film(
                "intra-refresh",
                "no key frames but a band of intra blocks that moves",
                r -> r.picture("-x264-params", "intra-refresh=1"));
        film("b-frames", "three B-frames, no pyramid", r -> r.bFrames("b-pyramid=none"));
        film("b-pyramid", "three B-frames, pyramid", r -> r.bFrames("b-pyramid=normal"));
        film("b-pyramid-strict", "three B-frames, strict pyramid", r -> r.bFrames("b-pyramid=strict"));
        film(
                "b-frames-8",
                "eight B-frames, weighted prediction",
                r -> r.bFrames("bframes=8:weightp=2:weightb=1:b-pyramid=normal"));
        film(
                "open-gop",
                "B-frames and open groups: one IDR picture in the film",
                r -> r.bFrames("open-gop=1:b-pyramid=normal"));
        film(
                "b-in-order",
                "B slices, shown in the order of decoding: 160x128, 25 frames a second, no sound",
                () -> MatrixGenerated.bInOrder());
        film(
                "ten-bits",
                "high 10 profile, B-frames",
                r -> r.bFrames("b-pyramid=normal").picture("-profile:v", "high10", "-pix_fmt", "yuv420p10le"));
    }

    private void sizes() {
        group = "Size";
        film("160x120", "the smallest", r -> r.size("160x120"));
        film("160x120-b", "B-frames", r -> r.size("160x120").bFrames("b-pyramid=normal"));
        film("176x144", "QCIF", r -> r.size("176x144"));
        film("322x242", "cropped: no multiple of 16", r -> r.size("322x242"));
        film("322x242-b", "cropped, B-frames", r -> r.size("322x242").bFrames("b-pyramid=normal"));
        film("360x640", "upright", r -> r.size("360x640"));
        film("854x480", "480p", r -> r.size("854x480"));
        film("1280x720", "720p", r -> r.size("1280x720"));
        film("1280x720-b", "720p, B-frames", r -> r.size("1280x720").bFrames("b-pyramid=normal"));
        film("1920x1080", "1080p", r -> r.size("1920x1080"));
        film("1920x1080-b", "1080p, B-frames", r -> r.size("1920x1080").bFrames("b-pyramid=normal"));
        film(
                "1920x1080-60",
                "1080p, 60 frames a second",
                r -> r.size("1920x1080").rate("60"));
        film(
                "1920x1080-60-b",
                "1080p, 60 frames a second, B-frames, 8 s",
                r -> r.size("1920x1080").rate("60").seconds("8").bFrames("b-pyramid=normal"));
        UnaryOperator<MatrixRecipe> large =
                r -> r.size("3840x2160").seconds(LARGE_SECONDS).picture("-preset", "veryfast");
        film("3840x2160", "4K", large);
        film("3840x2160-60", "4K, 60 frames a second", r -> large.apply(r).rate("60"));
        film("3840x2160-b", "4K, B-frames", r -> large.apply(r).bFrames("b-pyramid=normal"));
        film(
                "3840x2160-60-b",
                "4K, 60 frames a second, B-frames",
                r -> large.apply(r).rate("60").bFrames("b-pyramid=normal"));
    }

    private void rates() {
        group = "Frame rate";
        film("15-fps", "15 frames a second", r -> r.rate("15"));
        film("24-fps", "24 frames a second", r -> r.rate("24"));
        film("25-fps", "25 frames a second", r -> r.rate("25"));
        film(
                "29.97-fps-b",
                "29.97 frames a second, B-frames",
                r -> r.rate("30000/1001").bFrames("b-pyramid=normal"));
        film("50-fps", "50 frames a second", r -> r.rate("50"));
        film("59.94-fps", "59.94 frames a second", r -> r.rate("60000/1001"));
        film("60-fps", "60 frames a second", r -> r.rate("60"));
        film("60-fps-b", "60 frames a second, B-frames", r -> r.rate("60").bFrames("b-pyramid=normal"));
        String uneven = "select='lt(mod(t,2),1)+not(mod(n,3))'";
        film(
                "variable",
                "60 and 20 frames a second by turns",
                r -> r.rate("60").filter(uneven).picture("-vsync", "vfr"));
        film(
                "variable-b",
                "60 and 20 frames a second by turns, B-frames",
                r -> r.rate("60").filter(uneven).picture("-vsync", "vfr").bFrames("b-pyramid=normal"));
    }

    private void sounds() {
        group = "Sound";
        film("lc-mono", "AAC-LC mono, 48 kHz", r -> r.sound("mono", 48_000));
        film("lc-44100", "AAC-LC stereo, 44.1 kHz", r -> r.sound("stereo", 44_100));
        film("lc-5.1", "AAC-LC 5.1, 48 kHz", r -> r.sound("5.1", 48_000));
        film("lc-8000", "AAC-LC mono, 8 kHz", r -> r.sound("mono", 8_000));
        for (int hertz : new int[] {11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 88_200}) {
            film("lc-" + hertz, "AAC-LC stereo, " + hertz / 1000. + " kHz", r -> r.sound("stereo", hertz));
        }
        film("lc-96000", "AAC-LC stereo, 96 kHz", r -> r.sound("stereo", 96_000));
        film("he-v1", "HE-AAC v1, said by its frames alone", () -> MatrixGenerated.heAac(false));
        film("he-v2", "HE-AAC v2, said by its frames alone", () -> MatrixGenerated.heAac(true));
        film("opus", "Opus, sent as it is", r -> r.container("-c:a", "libopus"));
        film("sound-only", "no picture", r -> r.blind());
        film("picture-only", "no sound", r -> r.silent());
        film("picture-only-b", "no sound, B-frames", r -> r.silent().bFrames("b-pyramid=normal"));
    }

    private void fragments() {
        group = "Fragments";
        film(
                "fragments",
                "a fragment a group of pictures",
                r -> r.flags("+frag_keyframe+empty_moov+default_base_moof"));
        film(
                "fragments-b",
                "the same, B-frames",
                r -> r.bFrames("b-pyramid=normal").flags("+frag_keyframe+empty_moov+default_base_moof"));
        film(
                "fragments-by-time",
                "positions by tfhd, 300 ms each",
                r -> r.flags("+empty_moov").container("-frag_duration", "300000"));
        film(
                "fragments-of-one-track",
                "moof and mdat for each track by itself",
                r -> r.flags("+frag_keyframe+empty_moov+separate_moof"));
        film("fragments-of-one-frame", "a fragment each frame", r -> r.flags("+frag_every_frame+empty_moov"));
        film(
                "fragments-dash",
                "DASH: sidx in front, signed offsets, B-frames",
                r -> r.bFrames("b-pyramid=normal")
                        .flags("+dash+global_sidx+negative_cts_offsets+frag_keyframe+default_base_moof+skip_trailer"));
        film("fragments-cmaf", "CMAF", r -> r.flags("+cmaf+frag_keyframe"));
        film(
                "plain-then-fragments",
                "the first part in the index, the rest in fragments",
                r -> r.flags("+frag_keyframe"));
    }

    private void structures() {
        group = "Structure";
        film("index-last", "moov behind the data", r -> r.flags("-faststart"));
        film("quicktime", "QuickTime .mov, B-frames", r -> r.quickTime().bFrames("b-pyramid=normal"));
        film(
                "quicktime-fragments",
                "QuickTime .mov in fragments",
                r -> r.quickTime().flags("+frag_keyframe+empty_moov"));
        film("avc3", "avc3: parameter sets in the samples only", () -> MatrixGenerated.avc3());
        film("timescale-fine", "10 000 000 ticks a second", r -> r.container("-video_track_timescale", "10000000"));
        film("timescale-coarse", "30 ticks a second", r -> r.container("-video_track_timescale", "30"));
        film("sound-late", "edit list: sound starts 0.5 s late", r -> r.soundLate("0.5"));
        film(
                "picture-late",
                "edit list: the picture starts 0.5 s late",
                r -> r.pictureLate("0.5").picture("-vsync", "vfr"));
        film("cut-in", "edit list: starts between two key frames", () -> MatrixGenerated.cutIn(false));
        film("cut-in-b", "edit list: starts between two key frames, B-frames", () -> MatrixGenerated.cutIn(true));
        film(
                "cut-out",
                "edit list: goes on between two key frames after a part left out",
                () -> MatrixGenerated.cutOut());
        film("rotated-90", "rotation 90", () -> MatrixGenerated.rotated(90));
        film("rotated-180", "rotation 180", () -> MatrixGenerated.rotated(180));
        film("size-changes", "320x240, then 640x360", () -> MatrixGenerated.sizeChanges(false));
        film("size-changes-b", "320x240, then 640x360, B-frames", () -> MatrixGenerated.sizeChanges(true));
        film(
                "many-tracks",
                "two pictures, two sounds, subtitles, chapters, a cover",
                () -> MatrixGenerated.manyTracks());
    }

    private void shapes() {
        group = "Shape and samples";
        film(
                "anamorphic",
                "pixels of 64:45, PAL on a wide screen",
                r -> r.size("720x576").filter("setsar=64/45"));
        film("mirrored", "matrix that mirrors", () -> MatrixGenerated.mirrored());
        film("4-2-2", "4:2:2, no B-frames", r -> r.picture("-profile:v", "high422", "-pix_fmt", "yuv422p"));
        film("interlaced", "interlaced frames (MBAFF)", r -> r.picture("-flags", "+ilme+ildct"));
        film(
                "interlaced-b",
                "the same, B-frames",
                r -> r.bFrames("b-pyramid=normal").picture("-flags", "+ilme+ildct"));
        film(
                "fields-apart",
                "each field a sample of its own (PAFF): 160x128, 12.5 frames a second, no sound",
                () -> MatrixGenerated.fieldsApart());
        film(
                "byte-stream",
                "samples with start codes, no decoder configuration: 160x128, no sound",
                () -> MatrixGenerated.byteStream());
    }

    private void film(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        film(name, says, () -> recipe.apply(new MatrixRecipe()).make(name));
    }

    private void film(String name, String says, Supplier<Path> maker) {
        films.add(new MatrixFilm(group, name, says, maker));
    }
}
