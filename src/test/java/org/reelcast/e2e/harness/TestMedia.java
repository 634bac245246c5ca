package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The films of the end-to-end tests, made with the ffmpeg program once and kept in {@code target/test-media}. All have
 * H.264 without B-frames, a key frame a second, and their index first, unless their name says otherwise.
 */
public final class TestMedia {
    private static final Path FOLDER = Tools.target().resolve("test-media");

    /** A white flash and a 1 kHz tone together, 100 ms long, at the start of each second. */
    private static final String FLASH = "drawbox=w=iw:h=ih:c=white:t=fill:enable='lt(mod(t,1),0.1)'";

    private static final String BEEP =
            "aevalsrc=0.4*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)|0.4*sin(2*PI*1000*t)" + "*lt(mod(t\\,1)\\,0.1):s=48000";

    private TestMedia() {}

    /** The film that comes with the product. */
    public static Path sample() {
        return Path.of("media", "sample.mp4").toAbsolutePath();
    }

    /** @return how many video frames a film has, counted by ffprobe */
    public static int frames(Path film) {
        String count = Tools.output(List.of(
                Tools.find("ffprobe").toString(),
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-count_packets",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0",
                film.toString()));
        return Integer.parseInt(count.replaceAll("\\D", ""));
    }

    /** 12 s, 640x360, 30 frames a second, flash and beep each second. */
    public static Path flashAndBeep() {
        return film("flash-and-beep", 12, "640x360", 30, List.of("-movflags", "+faststart"));
    }

    /** 4 s, 320x180, 15 frames a second. */
    public static Path brief() {
        return film("brief", 4, "320x180", 15, List.of("-movflags", "+faststart"));
    }

    /** 90 s, 320x180, 15 frames a second: longer than any test looks at it. */
    public static Path lengthy() {
        return film("lengthy", 90, "320x180", 15, List.of("-movflags", "+faststart"));
    }

    /** 10 s, 640x360, 30 frames a second, flash and beep, about 2 Mbit/s throughout. */
    public static Path heavy() {
        return film(
                "heavy",
                10,
                "640x360",
                30,
                List.of(
                        "-vf",
                        FLASH + ",noise=alls=12:allf=t",
                        "-b:v",
                        "2M",
                        "-minrate",
                        "2M",
                        "-maxrate",
                        "2M",
                        "-bufsize",
                        "1M",
                        "-movflags",
                        "+faststart"));
    }

    /** 20 s, 960x540, 25 frames a second, flash and beep, about 1.1 Mbit/s throughout. */
    public static Path steady() {
        return film(
                "steady",
                20,
                "960x540",
                25,
                List.of("-vf", FLASH + ",noise=alls=6:allf=t", "-b:v", "1M", "-maxrate", "1M", "-bufsize", "300k"));
    }

    /** 30 s, 640x360, 10 frames a second, 35 Mbit/s, a key frame each 2 s. */
    public static Path large() {
        return cached(
                "large",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=640x360:r=10",
                        "-f",
                        "lavfi",
                        "-i",
                        BEEP,
                        "-t",
                        "30",
                        "-vf",
                        "noise=alls=60:allf=t",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-qp",
                        "4",
                        "-profile:v",
                        "baseline",
                        "-g",
                        "20",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "aac",
                        "-movflags",
                        "+faststart"));
    }

    /** Two hours of the same minute at about 600 kbit/s, the index behind the data. */
    public static Path twoHours() {
        Path minute = film("minute", 60, "640x360", 30, List.of("-b:v", "500k", "-maxrate", "600k", "-bufsize", "1M"));
        return cached("two-hours", List.of("-stream_loop", "119", "-i", minute.toString(), "-c", "copy"));
    }

    /**
     * 10 s, 640x360, 10 frames a second, sound of 9.9 s; each frame shows its number in a strip at the top, a box of
     * 64x48 a bit, the lowest first. Above 2 Mbit/s.
     */
    public static Path numbered() {
        return numbered(
                "numbered",
                "testsrc2=s=640x360:r=10:d=10",
                9.9,
                "noise=alls=60:allf=t,",
                List.of("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "baseline", "-bf", "0", "-g", "10"));
    }

    /** The same with B-frames. */
    public static Path numberedWithBFrames() {
        return numbered(
                "numbered-b",
                "testsrc2=s=640x360:r=10:d=10",
                9.9,
                "",
                List.of("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "10"));
    }

    /** The same for 25 s, with B-frames and no key frame but the first. */
    public static Path numberedWithOneKeyFrame() {
        return numbered(
                "one-key-frame",
                "testsrc2=s=640x360:r=10:d=25",
                25,
                "",
                List.of("-c:v", "libx264", "-preset", "veryfast", "-bf", "2", "-g", "10000", "-sc_threshold", "0"));
    }

    /** The same in HEVC. */
    public static Path numberedInHevc() {
        return numbered(
                "numbered-hevc",
                "testsrc2=s=640x360:r=10:d=25",
                25,
                "",
                List.of("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error"));
    }

    /** Of some kilobits a second: ten seconds of the same, without sound, to be repeated for hours. */
    public static Path numberedInBlack() {
        return numbered(
                "numbered-black",
                "color=black:s=640x360:r=10:d=10",
                1,
                "",
                List.of("-c:v", "libx264", "-preset", "veryfast", "-bf", "0", "-g", "20", "-an"));
    }

    private static Path numbered(String name, String source, double soundS, String filter, List<String> coding) {
        StringBuilder strip = new StringBuilder(filter + "drawbox=w=iw:h=48:c=black:t=fill");
        for (int bit = 0; bit < 8; bit++) {
            strip.append(",drawbox=x=")
                    .append(64 * bit)
                    .append(":w=64:h=48:c=white:t=fill:enable='mod(floor(n/")
                    .append(1 << bit)
                    .append("),2)'");
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                source,
                "-f",
                "lavfi",
                "-t",
                Double.toString(soundS),
                "-i",
                BEEP,
                "-vf",
                strip.toString()));
        arguments.addAll(coding);
        arguments.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"));
        return cached(name, arguments);
    }

    /** As {@link #brief()}, the index behind the data. */
    public static Path indexLast() {
        return film("index-last", 4, "320x180", 15, List.of());
    }

    /** 10 s, 640x360, 30 frames a second, high profile with three B-frames in a pyramid, a key frame every 2 s. */
    public static Path withBFrames() {
        return cached(
                "b-frames",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=640x360:r=30",
                        "-f",
                        "lavfi",
                        "-i",
                        BEEP,
                        "-t",
                        "10",
                        "-vf",
                        FLASH,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-profile:v",
                        "high",
                        "-bf",
                        "3",
                        "-x264-params",
                        "b-pyramid=normal:b-adapt=0",
                        "-g",
                        "60",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "aac",
                        "-b:a",
                        "96k",
                        "-movflags",
                        "+faststart"));
    }

    /** 9 s, 320x180, 25 frames a second, B-frames in a pyramid, key frames at irregular times. */
    public static Path irregular() {
        return cached(
                "irregular",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=320x180:r=25",
                        "-f",
                        "lavfi",
                        "-i",
                        BEEP,
                        "-t",
                        "9",
                        "-vf",
                        FLASH,
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-profile:v",
                        "high",
                        "-bf",
                        "3",
                        "-x264-params",
                        "b-pyramid=normal:b-adapt=0:scenecut=0",
                        "-g",
                        "250",
                        "-force_key_frames",
                        "0,0.8,3.2,4,6.92",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "aac",
                        "-ar",
                        "44100",
                        "-movflags",
                        "+faststart"));
    }

    /** The sound alone of {@link #lengthy}. */
    public static Path lengthySound() {
        return cached("lengthy-sound", List.of("-i", lengthy().toString(), "-vn", "-c", "copy"));
    }

    /** The picture alone of {@link #lengthy}. */
    public static Path lengthyPicture() {
        return cached("lengthy-picture", List.of("-i", lengthy().toString(), "-an", "-c", "copy"));
    }

    public static Path audioOnly() {
        return cached("audio-only", List.of("-f", "lavfi", "-i", BEEP, "-t", "4", "-c:a", "aac"));
    }

    public static Path videoOnly() {
        return cached(
                "video-only",
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=320x180:r=15",
                        "-t",
                        "4",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-bf",
                        "0",
                        "-g",
                        "15",
                        "-pix_fmt",
                        "yuv420p"));
    }

    /** Sorenson video, which is not decoded here. */
    public static Path foreignVideo() {
        return cached(
                "foreign-video",
                List.of("-f", "lavfi", "-i", "testsrc2=s=320x176:r=15", "-t", "2", "-c:v", "svq1", "-f", "mov"));
    }

    /** Its index, which should come last, is cut away. */
    public static Path truncatedBeforeIndex() {
        return truncated("truncated-before-index", indexLast());
    }

    /** Its index is whole, the second half of the data is not there. */
    public static Path truncatedData() {
        return truncated("truncated-data", brief());
    }

    /** Its index is whole, the data is no longer what it says. */
    public static Path overwrittenData() {
        try {
            byte[] bytes = Files.readAllBytes(brief());
            int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
            Arrays.fill(bytes, data, bytes.length, (byte) 0xff);
            return written("overwritten-data", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path text() {
        return written(
                "text",
                "This is not a film, whatever its name says.\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    }

    public static Path empty() {
        return written("empty", new byte[0]);
    }

    private static Path film(String name, int seconds, String size, int fps, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=" + size + ":r=" + fps,
                "-f",
                "lavfi",
                "-i",
                BEEP,
                "-t",
                Integer.toString(seconds),
                "-vf",
                FLASH,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-profile:v",
                "baseline",
                "-bf",
                "0",
                "-g",
                Integer.toString(fps),
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-b:a",
                "96k"));
        arguments.addAll(options);
        return cached(name, arguments);
    }

    private static Path cached(String name, List<String> arguments) {
        Path file = file(name, arguments.hashCode());
        if (!Files.exists(file)) {
            Path whole = making(file);
            List<String> command =
                    new ArrayList<>(List.of(Tools.find("ffmpeg").toString(), "-v", "error", "-nostdin", "-y"));
            command.addAll(arguments);
            command.add(whole.toString());
            Tools.run(FOLDER, command);
            move(whole, file);
        }
        return file;
    }

    private static Path truncated(String name, Path from) {
        try {
            byte[] bytes = Files.readAllBytes(from);
            return written(name, Arrays.copyOf(bytes, bytes.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path written(String name, byte[] bytes) {
        try {
            Path file = file(name, Arrays.hashCode(bytes));
            move(Files.write(making(file), bytes), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another test process may make the same film: who is done last wins. */
    private static Path making(Path file) {
        return file.resolveSibling("making" + Tools.forkSuffix() + "-" + file.getFileName());
    }

    /** The hash in the name makes a changed recipe a new file. */
    private static Path file(String name, int hash) {
        try {
            return Files.createDirectories(FOLDER).resolve(name + "-" + Integer.toHexString(hash) + ".mp4");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the film into a server's media folder under this name, which may have folders. */
    public static void put(Path film, ReelcastProcess server, String name) {
        try {
            Path to = server.mediaDir().resolve(name);
            Files.createDirectories(to.getParent());
            Files.copy(film, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a symbolic link into a server's media folder. */
    public static void link(ReelcastProcess server, String name, Path to) {
        try {
            Files.createSymbolicLink(server.mediaDir().resolve(name), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Tools.moveWhole(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
