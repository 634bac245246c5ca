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
        light("baseline", "baseline profile", r -> r.picture("-profile:v", "baseline"));
        light("main", "main profile, no B-frames", r -> r);
        light("high", "high profile, no B-frames, three reference frames, four slices",
                r -> r.picture("-profile:v", "high", "-refs", "3", "-slices", "4"));
        light("key-frames-only", "every frame a key frame", r -> r.picture("-g", "1"));
        light("one-key-frame", "the only key frame is the first", r -> r.picture("-g", "1000"));
        light("intra-refresh", "no key frames but a band of intra blocks that moves",
                r -> r.picture("-x264-params", "intra-refresh=1"));
        light("b-frames", "three B-frames, no pyramid", r -> r.bFrames("b-pyramid=none"));
        light("b-pyramid", "three B-frames, pyramid", r -> r.bFrames("b-pyramid=normal"));
        light("b-pyramid-strict", "three B-frames, strict pyramid", r -> r.bFrames("b-pyramid=strict"));
        light("b-frames-8", "eight B-frames, weighted prediction",
                r -> r.bFrames("bframes=8:weightp=2:weightb=1:b-pyramid=normal"));
        light("open-gop", "B-frames and open groups: one IDR picture in the film",
                r -> r.bFrames("open-gop=1:b-pyramid=normal"));
        light("ten-bits", "high 10 profile, B-frames",
                r -> r.bFrames("b-pyramid=normal").picture("-profile:v", "high10", "-pix_fmt", "yuv420p10le"));
    }

    private void sizes() {
        group = "Size";
        light("160x120", "the smallest", r -> r.size("160x120"));
        light("160x120-b", "B-frames", r -> r.size("160x120").bFrames("b-pyramid=normal"));
        light("176x144", "QCIF", r -> r.size("176x144"));
        light("322x242", "cropped: no multiple of 16", r -> r.size("322x242"));
        light("322x242-b", "cropped, B-frames", r -> r.size("322x242").bFrames("b-pyramid=normal"));
        light("360x640", "upright", r -> r.size("360x640"));
        light("854x480", "480p", r -> r.size("854x480"));
        light("1280x720", "720p", r -> r.size("1280x720"));
        light("1280x720-b", "720p, B-frames", r -> r.size("1280x720").bFrames("b-pyramid=normal"));
        heavy("1920x1080", "1080p", r -> r.size("1920x1080"));
        heavy("1920x1080-b", "1080p, B-frames", r -> r.size("1920x1080").bFrames("b-pyramid=normal"));
        heavy("1920x1080-60", "1080p, 60 frames a second", r -> r.size("1920x1080").rate("60"));
        heavy("1920x1080-60-b", "1080p, 60 frames a second, B-frames, 8 s",
                r -> r.size("1920x1080").rate("60").seconds("8").bFrames("b-pyramid=normal"));
        UnaryOperator<MatrixRecipe> large =
                r -> r.size("3840x2160").seconds(LARGE_SECONDS).picture("-preset", "veryfast");
        heavy("3840x2160", "4K", large);
        heavy("3840x2160-60", "4K, 60 frames a second", r -> large.apply(r).rate("60"));
        heavy("3840x2160-b", "4K, B-frames", r -> large.apply(r).bFrames("b-pyramid=normal"));
        heavy("3840x2160-60-b", "4K, 60 frames a second, B-frames",
                r -> large.apply(r).rate("60").bFrames("b-pyramid=normal"));
    }

    private void rates() {
        group = "Frame rate";
        light("15-fps", "15 frames a second", r -> r.rate("15"));
        light("24-fps", "24 frames a second", r -> r.rate("24"));
        light("25-fps", "25 frames a second", r -> r.rate("25"));
        light("29.97-fps-b", "29.97 frames a second, B-frames", r -> r.rate("30000/1001").bFrames("b-pyramid=normal"));
        light("50-fps", "50 frames a second", r -> r.rate("50"));
        light("59.94-fps", "59.94 frames a second", r -> r.rate("60000/1001"));
        light("60-fps", "60 frames a second", r -> r.rate("60"));
        light("60-fps-b", "60 frames a second, B-frames", r -> r.rate("60").bFrames("b-pyramid=normal"));
        String uneven = "select='lt(mod(t,2),1)+not(mod(n,3))'";
        light("variable", "60 and 20 frames a second by turns",
                r -> r.rate("60").filter(uneven).picture("-vsync", "vfr"));
        light("variable-b", "60 and 20 frames a second by turns, B-frames",
                r -> r.rate("60").filter(uneven).picture("-vsync", "vfr").bFrames("b-pyramid=normal"));
    }

    private void sounds() {
        group = "Sound";
        light("lc-mono", "AAC-LC mono, 48 kHz", r -> r.sound("mono", 48_000));
        light("lc-44100", "AAC-LC stereo, 44.1 kHz", r -> r.sound("stereo", 44_100));
        light("lc-5.1", "AAC-LC 5.1, 48 kHz", r -> r.sound("5.1", 48_000));
        light("lc-8000", "AAC-LC mono, 8 kHz", r -> r.sound("mono", 8_000));
        for (int hertz : new int[] {11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 88_200}) {
            light("lc-" + hertz, "AAC-LC stereo, " + hertz / 1000. + " kHz", r -> r.sound("stereo", hertz));
        }
        light("lc-96000", "AAC-LC stereo, 96 kHz", r -> r.sound("stereo", 96_000));
        light("he-v1", "HE-AAC v1, said by its frames alone", () -> MatrixMade.heAac(false));
        light("he-v2", "HE-AAC v2, said by its frames alone", () -> MatrixMade.heAac(true));
        light("opus", "Opus, sent as it is", r -> r.container("-c:a", "libopus"));
        light("sound-only", "no picture", r -> r.blind());
        light("picture-only", "no sound", r -> r.silent());
        light("picture-only-b", "no sound, B-frames", r -> r.silent().bFrames("b-pyramid=normal"));
    }

    private void fragments() {
        group = "Fragments";
        light("fragments", "a fragment a group of pictures",
                r -> r.flags("+frag_keyframe+empty_moov+default_base_moof"));
        light("fragments-b", "the same, B-frames",
                r -> r.bFrames("b-pyramid=normal").flags("+frag_keyframe+empty_moov+default_base_moof"));
        light("fragments-by-time", "positions by tfhd, 300 ms each", r -> r.flags("+empty_moov")
                .container("-frag_duration", "300000"));
        light("fragments-of-one-track", "moof and mdat for each track by itself",
                r -> r.flags("+frag_keyframe+empty_moov+separate_moof"));
        light("fragments-of-one-frame", "a fragment each frame", r -> r.flags("+frag_every_frame+empty_moov"));
        light("fragments-dash", "DASH: sidx in front, signed offsets, B-frames", r -> r.bFrames("b-pyramid=normal")
                .flags("+dash+global_sidx+negative_cts_offsets+frag_keyframe+default_base_moof+skip_trailer"));
        light("fragments-cmaf", "CMAF", r -> r.flags("+cmaf+frag_keyframe"));
        light("plain-then-fragments", "the first part in the index, the rest in fragments",
                r -> r.flags("+frag_keyframe"));
    }

    private void structures() {
        group = "Structure";
        light("index-last", "moov behind the data", r -> r.flags("-faststart"));
        light("quicktime", "QuickTime .mov, B-frames", r -> r.quickTime().bFrames("b-pyramid=normal"));
        light("quicktime-fragments", "QuickTime .mov in fragments",
                r -> r.quickTime().flags("+frag_keyframe+empty_moov"));
        light("avc3", "avc3: parameter sets in the samples only", () -> MatrixMade.avc3());
        light("timescale-fine", "10 000 000 ticks a second", r -> r.container("-video_track_timescale", "10000000"));
        light("timescale-coarse", "30 ticks a second", r -> r.container("-video_track_timescale", "30"));
        light("sound-late", "edit list: sound starts 0.5 s late", r -> r.soundLate("0.5"));
        light("picture-late", "edit list: the picture starts 0.5 s late",
                r -> r.pictureLate("0.5").picture("-vsync", "vfr"));
        light("cut-in", "edit list: starts between two key frames", () -> MatrixMade.cutIn(false));
        light("cut-in-b", "edit list: starts between two key frames, B-frames", () -> MatrixMade.cutIn(true));
        light("rotated-90", "rotation 90", () -> MatrixMade.rotated(90));
        light("rotated-180", "rotation 180", () -> MatrixMade.rotated(180));
        light("size-changes", "320x240, then 640x360", () -> MatrixMade.sizeChanges(false));
        light("size-changes-b", "320x240, then 640x360, B-frames", () -> MatrixMade.sizeChanges(true));
        light("many-tracks", "two pictures, two sounds, subtitles, chapters, a cover", () -> MatrixMade.manyTracks());
    }

    private void light(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        light(name, says, () -> recipe.apply(new MatrixRecipe()).make(name));
    }

    private void light(String name, String says, Supplier<Path> maker) {
        films.add(new MatrixFilm(group, name, says, false, maker));
    }

    private void heavy(String name, String says, UnaryOperator<MatrixRecipe> recipe) {
        films.add(new MatrixFilm(group, name, says, true, () -> recipe.apply(new MatrixRecipe()).make(name)));
    }
}
