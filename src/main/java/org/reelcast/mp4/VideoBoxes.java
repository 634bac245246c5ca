package org.reelcast.mp4;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/** Reads the boxes of a video sample entry that say how decoded pictures are to be shown. */
final class VideoBoxes {
    private static final int NCLX = BoxType.of("nclx");
    /** QuickTime's, which knows no range. */
    private static final int NCLC = BoxType.of("nclc");

    private VideoBoxes() {
    }

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
        return pasp == null || pasp.length() < 8 ? Optional.empty()
                : Optional.of(AspectRatio.of(window.i32(pasp.payload()), window.i32(pasp.payload() + 4)));
    }
}
