package org.reelcast.mp4.box;

import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Why a file cannot be played. */
public final class Refusals {
    private Refusals() {}

    /** An MP4 whose structure is damaged. @param sentence for the log and for whoever asked for the film */
    public static Refusal broken(String sentence) {
        return Refusal.told(StatusText.FAILED_TO_READ_FILE, sentence);
    }

    /** Not an MP4, or one without a track that can be played. @param sentence for the log and for whoever asked for the film */
    public static Refusal wrongFormat(String sentence) {
        return Refusal.told(StatusText.FILE_HAS_WRONG_FORMAT, sentence);
    }
}
