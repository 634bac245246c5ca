package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.rendition.GeneratedMedia;

/** Finds flashes and beeps of {@code TestMedia.flashAndBeep} in whatever has them, by the media's own times. */
final class FlashAndBeep {
    private static final Pattern PICTURE = Pattern.compile("pts_time:\\s*(-?[0-9.]+).*?mean:\\[(\\d+)");
    private static final Pattern SOUND = Pattern.compile("silence_end: (-?[0-9.]+)");
    private static final int WHITE = 200;
    private static final double SECOND = 1;

    private FlashAndBeep() {}

    /** When the first picture of each flash but the first is shown, in seconds. */
    private static List<Double> flashes(Path video) throws IOException {
        List<Double> flashes = new ArrayList<>();
        boolean lit = true;
        Matcher picture = PICTURE.matcher(GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-nostdin",
                "-copyts",
                "-i",
                video.toString(),
                "-an",
                "-vf",
                "scale=16:16,format=gray,showinfo",
                "-fps_mode",
                "passthrough",
                "-f",
                "null",
                "-")));
        while (picture.find()) {
            boolean white = Integer.parseInt(picture.group(2)) > WHITE;
            if (white && !lit) {
                flashes.add(Double.parseDouble(picture.group(1)));
            }
            lit = white;
        }
        return flashes;
    }

    /** When each beep but the first is heard. */
    private static List<Double> beeps(Path audio) throws IOException {
        return SOUND.matcher(GeneratedMedia.run(List.of(
                        "ffmpeg",
                        "-hide_banner",
                        "-nostdin",
                        "-copyts",
                        "-i",
                        audio.toString(),
                        "-vn",
                        "-af",
                        "silencedetect=noise=-30dB:d=0.2",
                        "-f",
                        "null",
                        "-")))
                .results()
                .map(found -> Double.parseDouble(found.group(1)))
                .toList();
    }

    /** How long beeps come before their flashes, in ms. */
    static List<Double> apartMs(Path video, Path audio) throws IOException {
        List<Double> beeps = beeps(audio);
        List<Double> apart = new ArrayList<>();
        for (double flash : flashes(video)) {
            beeps.stream()
                    .filter(beep -> Math.abs(beep - flash) < SECOND / 2)
                    .findFirst()
                    .ifPresent(beep -> apart.add((flash - beep) * 1000));
        }
        return apart;
    }

    /**
     * Where a film starts over, the first unit of sound is decoded behind another than its own, which costs half of it,
     * and all may be half a unit from their places.
     *
     * @param least how many flashes there must be
     */
    static void assertInSync(String what, Path video, Path audio, int least) throws IOException {
        List<Double> apart = apartMs(video, audio);
        System.out.println("Sound ahead of the picture in " + what + ", ms: " + apart);
        assertTrue(apart.size() >= least, what + ": " + apart);
        List<Double> sorted = apart.stream().map(Math::abs).sorted().toList();
        assertTrue(sorted.get(sorted.size() - 2) <= 20 && sorted.get(sorted.size() - 1) <= 22, what + ": " + apart);
    }
}
