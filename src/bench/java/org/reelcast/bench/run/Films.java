package org.reelcast.bench.run;

import java.nio.file.Path;
import org.reelcast.rendition.MadeMedia;

/** The films of the benchmark, made by ffmpeg once and kept in {@code target/made-media}. */
public final class Films {
    private static final String[] SOURCE = {"-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30,noise=alls=14:allf=t",
        "-f", "lavfi", "-i", "sine=f=440:r=48000,aformat=channel_layouts=stereo"};
    private static final String[] RATE = {"-b:v", "2500k", "-minrate", "2500k", "-maxrate", "2500k", "-bufsize",
        "2500k", "-g", "60", "-keyint_min", "60", "-sc_threshold", "0", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a",
        "128k", "-movflags", "+faststart"};

    private Films() {
    }

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
        return MadeMedia.make("half-minute.mp4", "-t", "30", "-i", plain().toString(), "-c", "copy", "-movflags",
                "+faststart");
    }

    /** The same 30 s, their sound Opus of the same bitrate; by default encoders make packets of 20 ms. */
    static Path halfMinuteOfOpus(int packetMs) {
        return MadeMedia.make("opus.mp4", "-i", halfMinute().toString(), "-c:v", "copy", "-c:a", "libopus", "-b:a",
                "128k", "-frame_duration", Integer.toString(packetMs), "-movflags", "+faststart");
    }

    /** 60 s with three B-frames. */
    public static Path withBFrames() {
        return repeated("b-frames.mp4", made("third-b.mp4", "-t", "10", "-bf", "3"));
    }

    private static Path made(String name, String... more) {
        String[] arguments = new String[SOURCE.length + 6 + more.length + RATE.length];
        int at = put(arguments, 0, SOURCE);
        at = put(arguments, at, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high");
        at = put(arguments, at, more);
        put(arguments, at, RATE);
        return MadeMedia.make(name, arguments);
    }

    private static int put(String[] to, int at, String... what) {
        System.arraycopy(what, 0, to, at, what.length);
        return at + what.length;
    }

    private static Path repeated(String name, Path part) {
        return MadeMedia.make(name, "-stream_loop", "5", "-i", part.toString(), "-c", "copy", "-movflags",
                "+faststart");
    }
}
