package org.reelcast.mp4.read;

import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;

/**
 * What is broken of a film's tracks, its picture no less than its sound: each defect costs the track that has it, which
 * is left out and said, and costs the film only when nothing else of it plays.
 */
final class Defects implements TrackList.Damage {
    private final Notes notes;
    private Refusal ofPicture;
    private Refusal ofSound;

    Defects(Notes notes) {
        this.notes = notes;
    }

    Notes notes() {
        return notes;
    }

    @Override
    public void found(String track, MediaKind kind, Refusal why) {
        notes.add(track + " is broken (" + why.getMessage() + ") and is left out");
        if (kind.isVideo()) {
            ofPicture = ofPicture == null ? why : ofPicture;
        } else {
            ofSound = ofSound == null ? why : ofSound;
        }
    }

    /** Why nothing of the film plays: the first defect of a picture, else of a sound, else what is said of it otherwise. */
    Refusal reasonOr(Refusal other) {
        return ofPicture != null ? ofPicture : ofSound != null ? ofSound : other;
    }
}
