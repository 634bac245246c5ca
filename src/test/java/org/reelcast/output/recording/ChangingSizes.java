package org.reelcast.output.recording;

import java.nio.file.Path;
import org.reelcast.media.Frame;

/** A recording of a picture that changed its size: each has a sample entry of its own. */
public final class ChangingSizes {
    private static final long PART_US = 5_000_000;
    /** What only prepares a decoder has no place between two parts. */
    private static final long HEARD_US = -1_000;

    private ChangingSizes() {}

    /**
     * So many parts of five seconds, small and large by turns, with a flash and a beep at 1 s and 3 s of each. The small
     * ones have no B-frames.
     */
    public static Path recorded(Path folder, int parts) throws Exception {
        PublishedClip small = PublishedClip.original(PublishedClip.flashFilm("320x240", 5, "0"));
        PublishedClip large = PublishedClip.original(PublishedClip.flashFilm("640x480", 5, "2"));
        PublishedClip all = small;
        for (int i = 1; i < parts; i++) {
            all = all.then((i % 2 == 0 ? small : large).only(ChangingSizes::isPlayed), i * PART_US);
        }
        return new RecordingFixture(folder, all).film(all);
    }

    private static boolean isPlayed(Frame frame) {
        return frame.isVideo() || frame.presentationTimeUs() >= HEARD_US;
    }
}
