package org.reelcast.rendition.film;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.reelcast.media.H264Format;
import org.reelcast.rendition.reencode.EncodingCost;

/** The cheapest ffmpeg command that makes a film play better: a copy before encoding anew, one track before two. */
final class Cure {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/+=:,@-]+");
    private static final String COPY = "-c copy";
    private static final String SOUND = "-c:a aac";
    private static final String SAME_SOUND = "-c:a copy";
    private static final String FIRST = "-movflags +faststart";
    private static final int PQ = 16;
    private static final int HLG = 18;
    /** High dynamic range for screens that have none. */
    private static final String TONE_MAP =
            "zscale=t=linear:npl=100,tonemap=hable,zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p";

    private Cure() {}

    /** All tracks in an MP4, its index first. */
    static String copy(String name) {
        return command(name, COPY + " " + FIRST);
    }

    /** The picture as it is, sound as AAC. */
    static String sound(String name) {
        return command(name, "-c:v copy " + SOUND + " " + FIRST);
    }

    /** The picture as browsers take it. @param keepsSound whether the film's own sound can stay */
    static String picture(String name, H264Format format, EncodingCost cost, boolean keepsSound) {
        return command(
                name, "-c:v libx264 -bf 0 " + filters(format, cost) + (keepsSound ? SAME_SOUND : SOUND) + " " + FIRST);
    }

    private static String filters(H264Format format, EncodingCost cost) {
        List<String> filters = new ArrayList<>();
        if (cost.width() != (format.width() & ~1) || cost.height() != (format.height() & ~1)) {
            filters.add("scale=" + cost.width() + ":" + cost.height() + ",setsar=1");
        }
        if (format.frameRate() > cost.perSecond() + 1) {
            filters.add("fps=" + cost.perSecond());
        }
        int transfer = format.colour().transfer();
        if (transfer == PQ || transfer == HLG) {
            filters.add(TONE_MAP);
        }
        return (filters.isEmpty() ? "" : "-vf " + String.join(",", filters) + " ") + "-pix_fmt yuv420p ";
    }

    private static String command(String name, String options) {
        int dot = name.lastIndexOf('.');
        String base = dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
        return "ffmpeg -i " + quoted(name) + " " + options + " " + quoted(base + "-web.mp4");
    }

    /** As a shell takes it for one word, and ffmpeg for a file's name. */
    private static String quoted(String name) {
        String file = name.startsWith("-") ? "./" + name : name;
        return PLAIN.matcher(file).matches() ? file : "'" + file.replace("'", "'\\''") + "'";
    }
}
