package org.reelcast.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reelcast.rendition.GeneratedMedia;

/**
 * How one film of the matrix is made by ffmpeg. Without more said: 4 s, 320x240, 30 frames a second, main profile
 * without B-frames, a key frame a second, AAC-LC stereo at 48 kHz, index first; a white flash and a beep together at
 * the start of each second.
 */
final class MatrixRecipe {
    private static final String FLASH = "drawbox=w=iw:h=ih:c=white:t=fill:enable='lt(mod(t,1),0.1)'";
    private static final String BEEP = "0.4*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)";

    private String size = "320x240";
    private String rate = "30";
    private String seconds = "4";
    private String filter = FLASH;
    private String layout = "stereo";
    private String soundRate = "48000";
    private String ending = "mp4";
    private boolean silent;
    private boolean blind;
    private final List<String> beforeSound = new ArrayList<>();
    private final List<String> beforePicture = new ArrayList<>();
    private final List<String> picture = new ArrayList<>(
            List.of("-preset", "veryfast", "-g", "30", "-profile:v", "main", "-bf", "0", "-pix_fmt", "yuv420p"));
    private final List<String> container = new ArrayList<>();
    private String flags = "+faststart";

    MatrixRecipe size(String widthByHeight) {
        size = widthByHeight;
        return this;
    }

    MatrixRecipe rate(String framesPerSecond) {
        rate = framesPerSecond;
        return this;
    }

    MatrixRecipe seconds(String length) {
        seconds = length;
        return this;
    }

    /** Goes over the picture after the flash. */
    MatrixRecipe filter(String more) {
        filter = FLASH + "," + more;
        return this;
    }

    /** Later options win over earlier ones. */
    MatrixRecipe picture(String... options) {
        picture.addAll(Arrays.asList(options));
        return this;
    }

    /** High profile, three B-frames between others, whether or not x264 finds them worth it. */
    MatrixRecipe bFrames(String x264) {
        return picture("-profile:v", "high", "-bf", "3", "-x264-params", "b-adapt=0:" + x264);
    }

    MatrixRecipe sound(String channelLayout, int hertz) {
        layout = channelLayout;
        soundRate = Integer.toString(hertz);
        return this;
    }

    MatrixRecipe silent() {
        silent = true;
        return this;
    }

    MatrixRecipe blind() {
        blind = true;
        return this;
    }

    MatrixRecipe pictureLate(String bySeconds) {
        beforePicture.addAll(List.of("-itsoffset", bySeconds));
        return this;
    }

    MatrixRecipe soundLate(String bySeconds) {
        beforeSound.addAll(List.of("-itsoffset", bySeconds));
        return this;
    }

    MatrixRecipe flags(String movflags) {
        flags = movflags;
        return this;
    }

    MatrixRecipe container(String... options) {
        container.addAll(Arrays.asList(options));
        return this;
    }

    MatrixRecipe quickTime() {
        ending = "mov";
        return this;
    }

    Path make(String name) {
        List<String> arguments = new ArrayList<>();
        if (!blind) {
            arguments.addAll(beforePicture);
            arguments.addAll(List.of("-f", "lavfi", "-t", seconds, "-i", "testsrc2=s=" + size + ":r=" + rate));
        }
        if (!silent) {
            arguments.addAll(beforeSound);
            arguments.addAll(List.of(
                    "-f",
                    "lavfi",
                    "-t",
                    seconds,
                    "-i",
                    "aevalsrc=" + BEEP + ":s=" + soundRate + ",aformat=channel_layouts=" + layout));
        }
        if (!blind) {
            arguments.addAll(List.of("-vf", filter, "-c:v", "libx264"));
            arguments.addAll(picture);
        }
        if (!silent) {
            arguments.addAll(List.of("-c:a", "aac"));
        }
        arguments.addAll(container);
        arguments.addAll(List.of("-movflags", flags));
        return GeneratedMedia.make("matrix-" + name + "." + ending, arguments.toArray(String[]::new));
    }
}
