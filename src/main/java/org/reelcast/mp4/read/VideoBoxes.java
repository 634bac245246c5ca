package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Window;

/** Reads the boxes of a video sample entry that say how decoded pictures are to be shown. */
final class VideoBoxes {
    private static final int NCLX = BoxType.of("nclx");
    /** QuickTime's, which knows no range. */
    private static final int NCLC = BoxType.of("nclc");

    private VideoBoxes() {}

    /** {@code colr} with code points (ISO 14496-12 section 12.1.5); ICC profiles are passed over. */
    static Optional<Colour> colour(Window window, List<Box> children) throws IOException {
        for (Box box : children) {
            if (!box.is(BoxType.COLR) || box.length() < 10) {
                continue;
            }
            long at = box.payload();
            int kind = window.i32(at);
            if (kind == NCLX || kind == NCLC) {
                boolean fullRange = kind == NCLX && box.length() > 10 && window.u8(at + 10) >> 7 == 1;
                return Optional.of(new Colour(window.u16(at + 4), window.u16(at + 6), window.u16(at + 8), fullRange));
            }
        }
        return Optional.empty();
    }

    /** {@code pasp} (section 12.1.4). */
    static Optional<AspectRatio> pixelAspect(Window window, List<Box> children) throws IOException {
        Box pasp = Boxes.first(children, BoxType.PASP);
        return pasp == null || pasp.length() < 8
                ? Optional.empty()
                : Optional.of(AspectRatio.of(window.i32(pasp.payload()), window.i32(pasp.payload() + 4)));
    }

    /**
     * {@code clap} (section 12.1.4): empty when it is all of the picture, or beyond it.
     *
     * @param width of the picture, as the entry says
     */
    static Optional<CleanAperture> aperture(Window window, List<Box> children, int width, int height)
            throws IOException {
        Box clap = Boxes.first(children, BoxType.CLAP);
        if (clap == null || clap.length() < 32) {
            return Optional.empty();
        }
        double[] ratios = new double[4];
        for (int i = 0; i < ratios.length; i++) {
            long denominator = window.u32(clap.payload() + 8L * i + 4);
            ratios[i] = denominator == 0 ? Double.NaN : window.i32(clap.payload() + 8L * i) / (double) denominator;
        }
        // offsets are between the centres of aperture and picture
        long shownWidth = Math.round(ratios[0]);
        long shownHeight = Math.round(ratios[1]);
        long left = Math.round(ratios[2] + (width - shownWidth) / 2.0);
        long top = Math.round(ratios[3] + (height - shownHeight) / 2.0);
        boolean within = left >= 0
                && top >= 0
                && shownWidth > 0
                && shownHeight > 0
                && left + shownWidth <= width
                && top + shownHeight <= height;
        return !within || Double.isNaN(ratios[2] + ratios[3]) || shownWidth == width && shownHeight == height
                ? Optional.empty()
                : Optional.of(new CleanAperture((int) left, (int) top, (int) shownWidth, (int) shownHeight));
    }
}
