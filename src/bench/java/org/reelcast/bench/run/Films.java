package org.reelcast.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.rendition.GeneratedMedia;

/** The films of the benchmark, made by ffmpeg once and kept in {@code target/made-media}. */
public final class Films {
    private static final String[] SOURCE = {
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=1280x720:r=30,noise=alls=14:allf=t",
        "-f",
        "lavfi",
        "-i",
        "sine=f=440:r=48000,aformat=channel_layouts=stereo"
    };
    private static final String[] RATE = {
        "-b:v",
        "2500k",
        "-minrate",
        "2500k",
        "-maxrate",
        "2500k",
        "-bufsize",
        "2500k",
        "-g",
        "60",
        "-keyint_min",
        "60",
        "-sc_threshold",
        "0",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-movflags",
        "+faststart"
    };

    private Films() {}

    /** 120 s, 720p30, 2.5 Mbit/s H.264 without B-frames, a key frame every 2 s, AAC. */
    public static Path plain() {
        return repeated("film.mp4", round());
    }

    /** 20 s of it: a broadcast that loops has soon been through it, and its sound is Opus by then. */
    static Path round() {
        return made("third.mp4", "-t", "20", "-bf", "0");
    }

    /** 30 s of the same. */
    static Path halfMinute() {
        return GeneratedMedia.make(
                "half-minute.mp4", "-t", "30", "-i", plain().toString(), "-c", "copy", "-movflags", "+faststart");
    }

    /** The same 30 s, their sound Opus of the same bitrate; by default encoders make packets of 20 ms. */
    static Path halfMinuteOfOpus(int packetMs) {
        return GeneratedMedia.make(
                "opus.mp4",
                "-i",
                halfMinute().toString(),
                "-c:v",
                "copy",
                "-c:a",
                "libopus",
                "-b:a",
                "128k",
                "-frame_duration",
                Integer.toString(packetMs),
                "-movflags",
                "+faststart");
    }

    /** 60 s with three B-frames. */
    public static Path withBFrames() {
        return repeated("b-frames.mp4", made("third-b.mp4", "-t", "10", "-bf", "3"));
    }

    /** Of {@link #fullHd}. */
    static final int FULL_HD_S = 20;

    /** 1080p30 with three B-frames, 5 Mbit/s. */
    static Path fullHd() {
        return GeneratedMedia.make(
                "full-hd.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1920x1080:r=30,noise=alls=6:allf=t",
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:r=48000,aformat=channel_layouts=stereo",
                "-t",
                Integer.toString(FULL_HD_S),
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-bf",
                "3",
                "-g",
                "60",
                "-b:v",
                "5M",
                "-maxrate",
                "5M",
                "-bufsize",
                "5M",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-movflags",
                "+faststart");
    }

    /** 40 s without sound whose segments of two seconds have about so many KB. */
    static Path segmentsOf(int kb) {
        return small("segments-" + kb + ".mp4", "320x180", kb * 4, "-an", "-t", "40");
    }

    /** 60 s of 500 kbit/s, sound included, a key frame every 2 s. */
    static Path halfAMegabit() {
        return small("half-a-megabit.mp4", "640x360", 400, "-t", "60");
    }

    /** A film of so many hours, 60 kbit/s. */
    static Path hours(int hours) {
        Path minute = small("minute.mp4", "160x90", 40, "-an", "-t", "60");
        return GeneratedMedia.make(
                "hours.mp4",
                "-stream_loop",
                Integer.toString(hours * 60 - 1),
                "-i",
                minute.toString(),
                "-c",
                "copy",
                "-movflags",
                "+faststart");
    }

    private static Path small(String name, String size, int kbit, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=" + size + ":r=25,noise=alls=14:allf=t",
                "-f",
                "lavfi",
                "-i",
                "sine=f=440:r=48000,aformat=channel_layouts=stereo",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-pix_fmt",
                "yuv420p",
                "-g",
                "50",
                "-keyint_min",
                "50",
                "-sc_threshold",
                "0",
                "-b:v",
                kbit + "k",
                "-maxrate",
                kbit + "k",
                "-bufsize",
                kbit + "k",
                "-c:a",
                "aac",
                "-b:a",
                "96k"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-movflags", "+faststart"));
        return GeneratedMedia.make(name, arguments.toArray(new String[0]));
    }

    private static Path made(String name, String... more) {
        String[] arguments = new String[SOURCE.length + 6 + more.length + RATE.length];
        int at = put(arguments, 0, SOURCE);
        at = put(arguments, at, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high");
        at = put(arguments, at, more);
        put(arguments, at, RATE);
        return GeneratedMedia.make(name, arguments);
    }

    private static int put(String[] to, int at, String... what) {
        System.arraycopy(what, 0, to, at, what.length);
        return at + what.length;
    }

    private static Path repeated(String name, Path part) {
        return GeneratedMedia.make(
                name, "-stream_loop", "5", "-i", part.toString(), "-c", "copy", "-movflags", "+faststart");
    }
}
