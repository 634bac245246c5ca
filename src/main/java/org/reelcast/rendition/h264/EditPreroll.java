package org.reelcast.rendition.h264;

import java.io.IOException;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.Track;

/**
 * The pre-roll of an edit: the pictures that an edit list (ISO 14496-12 section 8.6.6) does not show and that the
 * decoder needs for what it shows. An edit that starts between two key frames needs those from the key frame before it
 * on. They get times right before the edit's start.
 */
final class EditPreroll {
    /** More between two shown pictures would hold the film up. */
    private static final int MAX_PICTURES = 1000;
    /** Shorter than a picture is shown. */
    private static final long SQUEEZED_US = 10_000;

    private static final long STEP_US = 1000;
    /** RTP counts in steps of 11 µs. */
    private static final long MIN_STEP_US = 12;

    private final Track track;
    private final SampleCursor ahead;
    private int key;
    /** The first sample that is shown again. */
    private int end;

    private long endUs;
    /** When that sample is decoded. */
    private long endDecodeUs;

    private long stepUs;
    /** From the first picture to the edit's start. */
    private long spanUs;

    EditPreroll(Track track) {
        this.track = track;
        this.ahead = track.samples().cursor();
    }

    /** Whether the sample is not shown and stands before an edit that is. */
    static boolean holds(SampleCursor at) {
        return at.isCut() && at.presentationTimeUs() < at.editStartUs();
    }

    /** Whether the sample is part of the preroll looked at last. */
    boolean isUnderWay(int index) {
        return index >= key && index < end;
    }

    /** No longer part of any. */
    void forget() {
        end = 0;
    }

    /**
     * Looks where the edit starts into which {@code at} leads.
     *
     * @return the last sample up to there that the file calls a key frame; that of {@code at} when there is none
     */
    int look(SampleCursor at) throws IOException {
        key = at.index();
        endUs = at.editStartUs();
        endDecodeUs = endUs;
        end = key + 1;
        for (int i = key; ahead.seek(i); i++) {
            key = ahead.isSync() ? i : key;
            boolean isElsewhere = ahead.editStartUs() != endUs;
            if (isElsewhere || !holds(ahead)) {
                endDecodeUs = isElsewhere ? endUs : ahead.decodeTimeUs();
                break;
            }
            end = i + 1;
        }
        return key;
    }

    /**
     * The preroll starts at sample {@code index}.
     *
     * @param shownUs when the last picture before it was shown; {@link Long#MIN_VALUE} when none was
     * @return false when there are too many pictures in it
     */
    boolean start(int index, long shownUs) {
        key = index;
        int count = end - index;
        long roomUs = shownUs == Long.MIN_VALUE ? track.samples().durationUs(index) : endUs - shownUs;
        stepUs = Math.max(MIN_STEP_US, Math.min(STEP_US, roomUs / (count + 1)));
        return shownUs == Long.MIN_VALUE || count <= MAX_PICTURES && stepUs * count < roomUs;
    }

    /** When a picture of the preroll is due. */
    long timeUs(int index) {
        return endUs - (end - index) * stepUs;
    }

    /** The preroll starts at sample {@code index}, and its pictures keep the order in which they would be shown. */
    void startOrdered(int index) {
        key = index;
        spanUs = endUs - track.samples().presentationTimeUs(index);
    }

    /** When a picture of an ordered preroll is due. */
    long presentationTimeUs(SampleCursor at) {
        return endUs - squeezed(endUs - at.presentationTimeUs());
    }

    /** When it is decoded: behind the first shown picture when it is to be. */
    long decodeTimeUs(SampleCursor at) {
        return at.index() >= end ? at.decodeTimeUs() : endDecodeUs - squeezed(endDecodeUs - at.decodeTimeUs());
    }

    /** Whether the sample is part of the ordered preroll looked at last, B-frames behind the first shown too. */
    boolean goesOn(SampleCursor at) {
        return isUnderWay(at.index()) || end > 0 && at.index() >= end && at.editStartUs() == endUs;
    }

    private long squeezed(long us) {
        return spanUs <= SQUEEZED_US ? us : us * SQUEEZED_US / spanUs;
    }
}
