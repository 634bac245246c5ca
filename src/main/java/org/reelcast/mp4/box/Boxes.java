package org.reelcast.mp4.box;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Finding boxes in a container, and handing small ones to mp4parser's box classes. */
public final class Boxes {
    /** mp4parser warns of odd durations without naming the file; what matters is said in our own words. */
    private static final Logger MP4PARSER = Logger.getLogger("org.mp4parser");

    static {
        MP4PARSER.setLevel(Level.OFF);
    }

    private Boxes() {}

    /** The boxes from {@code from} to {@code end}, in order. */
    public static List<Box> children(Window window, long from, long end) throws IOException {
        List<Box> children = new ArrayList<>();
        long position = from;
        // QuickTime ends some containers with four or eight zero bytes instead of a box
        while (end - position >= 8) {
            if (window.u32(position) == 0) {
                break;
            }
            Box box = Box.read(window, position, end);
            if (children.size() == Limits.CHILDREN) {
                throw Refusals.broken("More than " + Limits.CHILDREN + " boxes side by side at " + from);
            }
            children.add(box);
            position = box.end();
        }
        return children;
    }

    public static List<Box> children(Window window, Box container) throws IOException {
        return children(window, container.payload(), container.end());
    }

    /** @return the first box of that type, or null */
    public static Box first(List<Box> boxes, int type) {
        for (Box box : boxes) {
            if (box.is(type)) {
                return box;
            }
        }
        return null;
    }

    /** @throws Refusal when there is none */
    public static Box need(List<Box> boxes, int type, String container) throws Refusal {
        Box box = first(boxes, type);
        if (box == null) {
            throw Refusals.broken("Box '" + container + "' has no '" + BoxType.name(type) + "'");
        }
        return box;
    }

    /** The payload of a small box, whose length is held against a limit before anything is allocated. */
    public static byte[] bytes(Window window, Box box) throws IOException {
        if (box.length() > Limits.SMALL_BOX) {
            throw Refusals.broken("Box '" + box.name() + "' claims " + box.length() + " bytes");
        }
        return window.bytes(box.payload(), (int) box.length());
    }

    /**
     * Lets an mp4parser box read its payload. Its {@code parse} would believe the length that the box claims; here that
     * has been checked against the file and against the limit.
     *
     * @param parser the box's {@code _parseDetails}
     */
    public static void parse(Window window, Box box, Consumer<ByteBuffer> parser) throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(bytes(window, box));
        try {
            parser.accept(payload);
        } catch (RuntimeException e) {
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, "Box '" + box.name() + "' cannot be read: " + e, e);
        }
    }
}
