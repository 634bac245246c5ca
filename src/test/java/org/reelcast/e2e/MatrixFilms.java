package org.reelcast.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The films of the matrix: what encoders and muxers make of H.264 and AAC, each in one short film. */
final class MatrixFilms {
    /** Chromium leaves out six to ten pictures of 4K while its decoder starts, on two cores: too many for a film of 4 s. */
    private static final String LARGE_SECONDS = "12";

    private final List<MatrixFilm> films = new ArrayList<>();
    private String group;

    private MatrixFilms() {
    }

    static List<MatrixFilm> all() {
        MatrixFilms made = new MatrixFilms();
        made.encoders();
        made.sizes();
        made.rates();
        made.sounds();
        made.fragments();
        made.structures();
        return List.copyOf(made.films);
    }

    private void encoders() {
        group = "Encoder";
        often("baseline", "baseline profile", r -> r.picture("-profile:v", "baseline"));
        rarely("main", "main profile, no B-frames", r -> r);
        often("high", "high profile, no B-frames, three reference frames, four slices",
                r -> r.picture("-profile:v", "high", "-refs", "3", "-slices", "4"));
        rarely("key-frames-only", "every frame a key frame", r -> r.picture("-g", "1"));
        rarely("one-key-frame", "the only key frame is the first", r -> r.picture("-g", "1000"));
        rarely("intra-refresh", "no key frames but a band of intra blocks that moves",
                r -> r.picture("-x264-params", "intra-refresh=1"));
        often("b-frames", "three B-frames, no pyramid", r -> r.bFrames("b-pyramid=none"));
        often("b-pyramid", "three B-frames, pyramid", r -> r.bFrames("b-pyramid=normal"));
        rarely("b-pyramid-strict", "three B-frames, strict pyramid", r -> r.bFrames("b-pyramid=strict"));
        rarely("b-frames-8", "eight B-frames, weighted prediction",
                r -> r.bFrames("bframes=8:weightp=2:weightb=1:b-pyramid=normal"));
        often("open-gop", "B-frames and open groups: one IDR picture in the film",
                r -> r.bFrames("open-gop=1:b-pyramid=normal"));
        rarely("ten-bits", "high 10 profile, B-frames",
                r -> r.bFrames("b-pyramid=normal").picture("-profile:v", "high10", "-pix_fmt", "yuv420p10le"));
    }

    private void sizes() {
        group = "Size";
        often("160x120", "the smallest", r -> r.size("160x120"));
        often("160x120-b", "B-frames", r -> r.size("160x120").bFrames("b-pyramid=normal"));
        rarely("176x144", "QCIF", r -> r.size("176x144"));
        often("322x242", "cropped: no multiple of 16", r -> r.size("322x242"));
        rarely("322x242-b", "cropped, B-frames", r -> r.size("322x242").bFrames("b-pyramid=normal"));
        rarely("360x640", "upright", r -> r.size("360x640"));
        rarely("854x480", "480p", r -> r.size("854x480"));
        rarely("1280x720", "720p", r -> r.size("1280x720"));
        often("1280x720-b", "720p, B-frames", r -> r.size("1280x720").bFrames("b-pyramid=normal"));
        heavy("1920x1080", "1080p", true, r -> r.size("1920x1080"));
        heavy("1920x1080-b", "1080p, B-frames", true, r -> r.size("1920x1080").bFrames("b-pyramid=normal"));
        heavy("1920x1080-60", "1080p, 60 frames a second", false, r -> r.size("1920x1080").rate("60"));
        heavy("1920x1080-60-b", "1080p, 60 frames a second, B-frames", false,
                r -> r.size("1920x1080").rate("60").bFrames("b-pyramid=normal"));
        UnaryOperator<MatrixRecipe> large = r -> r.size("3840x2160").seconds(LARGE_SECONDS).picture("-preset", "veryfast");
        heavy("3840x2160", "4K", false, large);
        heavy("3840x2160-60", "4K, 60 frames a second", false, r -> large.apply(r).rate("60"));
        heavy("3840x2160-b", "4K, B-frames", false, r -> large.apply(r).bFrames("b-pyramid=normal"));
        heavy("3840x2160-60-b", "4K, 60 frames a second, B-frames", false,
                r -> large.apply(r).rate("60").bFrames("b-pyramid=normal"));
    }

    private void rates() {
        group = "Frame rate";
        often("15-fps", "15 frames a second", r -> r.rate("15"));
        rarely("24-fps", "24 frames a second", r -> r.rate("24"));
        rarely("25-fps", "25 frames a second", r -> r.rate("25"));
        often("29.97-fps-b", "29.97 frames a second, B-frames", r -> r.rate("30000/1001").bFrames("b-pyramid=normal"));
        rarely("50-fps", "50 frames a second", r -> r.rate("50"));
        rarely("59.94-fps", "59.94 frames a second", r -> r.rate("60000/1001"));
        often("60-fps", "60 frames a second", r -> r.rate("60"));
        often("60-fps-b", "60 frames a second, B-frames", r -> r.rate("60").bFrames("b-pyramid=normal"));
        String uneven = "select='lt(mod(t,2),1)+not(mod(n,3))'";
        often("variable", "60 and 20 frames a second by turns", r -> r.rate("60").filter(uneven).picture("-vsync", "vfr"));
        rarely("variable-b", "60 and 20 frames a second by turns, B-frames",
                r -> r.rate("60").filter(uneven).picture("-vsync", "vfr").bFrames("b-pyramid=normal"));
    }

    private void sounds() {
        group = "Sound";
        often("lc-mono", "AAC-LC mono, 48 kHz", r -> r.sound("mono", 48_000));
        often("lc-44100", "AAC-LC stereo, 44.1 kHz", r -> r.sound("stereo", 44_100));
        often("lc-5.1", "AAC-LC 5.1, 48 kHz", r -> r.sound("5.1", 48_000));
        often("lc-8000", "AAC-LC mono, 8 kHz", r -> r.sound("mono", 8_000));
        for (int hertz : new int[] {11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 88_200}) {
            rarely("lc-" + hertz, "AAC-LC stereo, " + hertz / 1000. + " kHz", r -> r.sound("stereo", hertz));
        }
        often("lc-96000", "AAC-LC stereo, 96 kHz", r -> r.sound("stereo", 96_000));
        often("he-v1", "HE-AAC v1, said by its frames alone", () -> MatrixMade.heAac(false));
        rarely("he-v2", "HE-AAC v2, said by its frames alone", () -> MatrixMade.heAac(true));
        often("sound-only", "no picture", r -> r.blind());
        often("picture-only", "no sound", r -> r.silent());
        rarely("picture-only-b", "no sound, B-frames", r -> r.silent().bFrames("b-pyramid=normal"));
    }

    private void fragments() {
        group = "Fragments";
        often("fragments", "a fragment a group of pictures", r -> r.flags("+frag_keyframe+empty_moov+default_base_moof"));
        rarely("fragments-b", "the same, B-frames",
                r -> r.bFrames("b-pyramid=normal").flags("+frag_keyframe+empty_moov+default_base_moof"));
        rarely("fragments-by-time", "positions by tfhd, 300 ms each", r -> r.flags("+empty_moov")
                .container("-frag_duration", "300000"));
        rarely("fragments-of-one-track", "moof and mdat for each track by itself",
                r -> r.flags("+frag_keyframe+empty_moov+separate_moof"));
        rarely("fragments-of-one-frame", "a fragment each frame", r -> r.flags("+frag_every_frame+empty_moov"));
        often("fragments-dash", "DASH: sidx in front, signed offsets, B-frames", r -> r.bFrames("b-pyramid=normal")
                .flags("+dash+global_sidx+negative_cts_offsets+frag_keyframe+default_base_moof+skip_trailer"));
        rarely("fragments-cmaf", "CMAF", r -> r.flags("+cmaf+frag_keyframe"));
        often("plain-then-fragments", "the first part in the index, the rest in fragments", r -> r.flags("+frag_keyframe"));
    }

    private void structures() {
        group = "Structure";
        often("index-last", "moov behind the data", r -> r.flags("-faststart"));
        often("quicktime", "QuickTime .mov, B-frames", r -> r.quickTime().bFrames("b-pyramid=normal"));
        rarely("quicktime-fragments", "QuickTime .mov in fragments",
                r -> r.quickTime().flags("+frag_keyframe+empty_moov"));
        rarely("avc3", "avc3: parameter sets in the samples only", () -> MatrixMade.avc3());
        rarely("timescale-fine", "10 000 000 ticks a second", r -> r.container("-video_track_timescale", "10000000"));
        rarely("timescale-coarse", "30 ticks a second", r -> r.container("-video_track_timescale", "30"));
        often("sound-late", "edit list: sound starts 0.5 s late", r -> r.soundLate("0.5"));
        rarely("picture-late", "edit list: the picture starts 0.5 s late", r -> r.pictureLate("0.5").picture("-vsync", "vfr"));
        often("cut-in", "edit list: starts between two key frames", () -> MatrixMade.cutIn(false));
        rarely("cut-in-b", "edit list: starts between two key frames, B-frames", () -> MatrixMade.cutIn(true));
        often("rotated-90", "rotation 90", () -> MatrixMade.rotated(90));
        rarely("rotated-180", "rotation 180", () -> MatrixMade.rotated(180));
        often("size-changes", "320x240, then 640x360", () -> MatrixMade.sizeChanges(false));
        rarely("size-changes-b", "320x240, then 640x360, B-frames", () -> MatrixMade.sizeChanges(true));
        often("many-tracks", "two pictures, two sounds, subtitles, chapters, a cover", () -> MatrixMade.manyTracks());
    }

    private void often(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        often(name, says, () -> recipe.apply(new MatrixRecipe()).make(name));
    }

    private void often(String name, String says, Supplier<Path> maker) {
        films.add(new MatrixFilm(group, name, says, true, false, maker));
    }

    private void rarely(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        rarely(name, says, () -> recipe.apply(new MatrixRecipe()).make(name));
    }

    private void rarely(String name, String says, Supplier<Path> maker) {
        films.add(new MatrixFilm(group, name, says, false, false, maker));
    }

    private void heavy(String name, String says, boolean everyBuild, UnaryOperator<MatrixRecipe> recipe) {
        films.add(new MatrixFilm(group, name, says, everyBuild, true,
                () -> recipe.apply(new MatrixRecipe()).make(name)));
    }
}
