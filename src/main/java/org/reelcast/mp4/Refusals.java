package org.reelcast.mp4;

import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Why a file cannot be played. */
final class Refusals {
    private Refusals() {
    }

    /** An MP4 whose structure is damaged. @param sentence for the log */
    static Refusal broken(String sentence) {
        return new Refusal(StatusText.FAILED_TO_READ_FILE, sentence);
    }

    /** Not an MP4, or one without a track that can be played. @param sentence for the log */
    static Refusal wrongFormat(String sentence) {
        return new Refusal(StatusText.FILE_HAS_WRONG_FORMAT, sentence);
    }
}
