package org.reelcast.mp4.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;

/**
 * What iTunes' comment {@code iTunSMPB} says of a film's AAC sound, where there is no edit list that says it: how much
 * the encoder put in front, which nobody is to hear, and how long the sound is without that and without what fills the
 * last frame.
 *
 * @param priming samples in front
 * @param length  samples of the sound itself; 0 when it does not say
 */
record Gapless(int priming, long length) {
    private static final int UDTA = BoxType.of("udta");
    private static final int META = BoxType.of("meta");
    private static final int ILST = BoxType.of("ilst");
    private static final int FREE_FORM = BoxType.of("----");
    private static final int NAME = BoxType.of("name");
    private static final int DATA = BoxType.of("data");
    /** Numbers of eight and sixteen hexadecimal digits: 0, priming, padding, length. */
    private static final Pattern NUMBERS = Pattern.compile(
            "\\s*[0-9A-Fa-f]{1,8} ([0-9A-Fa-f]{1,8}) [0-9A-Fa-f]{1,8} ([0-9A-Fa-f]{1,16})\\b.*", Pattern.DOTALL);
    /** Sixteen frames: no encoder puts more in front. */
    private static final int MOST_PRIMING = 16_384;

    private static final int MOST_TEXT = 1024;

    /** @param boxes the movie header's; what cannot be read there says nothing */
    static Optional<Gapless> read(Window window, List<Box> boxes) throws IOException {
        try {
            Box udta = Boxes.first(boxes, UDTA);
            Box meta = udta == null ? null : Boxes.first(Boxes.children(window, udta), META);
            Box ilst = meta == null || meta.length() < 4
                    ? null
                    : Boxes.first(Boxes.children(window, meta.payload() + 4, meta.end()), ILST);
            if (ilst != null) {
                for (Box item : Boxes.children(window, ilst)) {
                    Optional<Gapless> found =
                            item.is(FREE_FORM) ? of(window, Boxes.children(window, item)) : Optional.empty();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        } catch (Refusal e) {
            // of metadata nothing depends
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Gapless> of(Window window, List<Box> item) throws IOException {
        Matcher numbers = NUMBERS.matcher(text(window, Boxes.first(item, DATA), 8));
        if (!text(window, Boxes.first(item, NAME), 4).equals("iTunSMPB") || !numbers.matches()) {
            return Optional.empty();
        }
        long priming = Long.parseLong(numbers.group(1), 16);
        return priming > MOST_PRIMING
                ? Optional.empty()
                : Optional.of(new Gapless((int) priming, Long.parseUnsignedLong(numbers.group(2), 16)));
    }

    private static String text(Window window, Box box, int from) throws IOException {
        return box == null || box.length() < from || box.length() > MOST_TEXT
                ? ""
                : new String(
                        window.bytes(box.payload() + from, (int) box.length() - from), StandardCharsets.ISO_8859_1);
    }

    /** The same as an edit of a track of this time scale, which is the sound's sample rate. */
    Timeline.Edit edit(long timescale, long movieTimescale) {
        long duration = length <= 0 || length > Limits.TIME / movieTimescale
                ? 0
                : (length * movieTimescale + timescale - 1) / timescale;
        return new Timeline.Edit(duration, priming, false);
    }
}
