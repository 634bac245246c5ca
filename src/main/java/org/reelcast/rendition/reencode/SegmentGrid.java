package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Track;
import org.reelcast.mp4.read.VideoEntry;
import org.reelcast.refusal.Refusal;
import org.reelcast.rendition.h264.PictureReader;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.storage.ByteSource;

/**
 * The grid of times at which a film is cut into segments, each of which can be made by itself: at its key frames, of
 * those no more than one a second, and every {@value #LONGEST_S} seconds where there are none. The cuts follow from the
 * file alone, so that a segment made from anywhere is the same.
 */
final class SegmentGrid {
    static final int LONGEST_S = 2;
    private static final long LONGEST_US = LONGEST_S * 1_000_000L;
    private static final long CELL_US = 1_000_000;
    /** Samples that a search for a key frame goes back in a file that does not name its key frames. */
    private static final int MAX_BACK = 2_000;
    /** Who had to start even earlier met a damaged place, or the film's only key frame: others need not do the same. */
    private static final long MOST_LEAD_US = 30_000_000;

    private final Track track;
    private final SampleTable samples;
    private final PictureReader pictures;
    /** What the last look for a key frame found: nothing new is shown for longer than a segment lasts. */
    private boolean standsStill;
    /** So much earlier than a segment's key frame decoding has to start, for all that is known of the film. */
    private long leadUs;

    /**
     * One segment.
     *
     * @param sample  where decoding starts
     * @param startUs of its first picture, on the film's timeline
     * @param endUs   where the next segment starts; {@link Long#MAX_VALUE} for the last
     */
    record Bounds(int sample, long startUs, long endUs) {
        boolean isLast() {
            return endUs == Long.MAX_VALUE;
        }
    }

    SegmentGrid(Track track, ByteSource source) {
        this.track = track;
        this.samples = track.samples();
        this.pictures = samples.hasSyncTable() || track.entries().get(0) instanceof VideoEntry
                ? null
                : new PictureReader(track, source);
    }

    /** The segment that holds {@code timeUs}; the first one before the start, the last one past the end. */
    synchronized Bounds at(long timeUs) throws IOException {
        SampleReader.lookAhead(track, timeUs + LONGEST_US);
        SampleCursor cursor = samples.cursor();
        int sample = keyAtOrBefore(timeUs);
        cursor.seek(sample);
        long startUs = shownUs(cursor);
        long editUs = cursor.editStartUs();
        for (int earlier = sample; earlier > 0; ) {
            earlier = keyAtOrBefore(startUs - 1);
            cursor.seek(earlier);
            long earlierUs = shownUs(cursor);
            if (earlierUs >= startUs || cell(earlierUs) != cell(startUs) || cursor.editStartUs() != editUs) {
                break;
            }
            sample = earlier;
            startUs = earlierUs;
        }
        long nextUs = nextKeyBeforeABreak(cursor, sample, startUs, Math.max(timeUs, startUs));
        Bounds bounds = part(sample, startUs, nextUs, timeUs);
        if (standsStill) {
            bounds = withoutEmptyParts(bounds, cursor, startUs, nextUs);
        }
        return bounds.endUs() >= track.durationUs() ? new Bounds(sample, bounds.startUs(), Long.MAX_VALUE) : bounds;
    }

    /**
     * The sample at which decoding for a segment starts: its key frame, or earlier where key frames proved to be none.
     */
    synchronized int entry(Bounds segment) throws IOException {
        return leadUs == 0 ? segment.sample() : keyBefore(segment, segment.sample(), leadUs);
    }

    /**
     * Where to start when {@code sample} was too late: at the key frame before, then each time twice as far away as the
     * time before, so that all tries cost little more than the last. At the film's first sample there is no other.
     */
    synchronized int earlier(Bounds segment, int sample) throws IOException {
        return keyBefore(segment, sample, Math.max(1, 2 * awayUs(segment, sample)));
    }

    /** Decoding for a segment could start at {@code sample}. */
    synchronized void entered(Bounds segment, int sample) {
        long awayUs = awayUs(segment, sample);
        leadUs = awayUs > MOST_LEAD_US ? leadUs : Math.max(leadUs, awayUs);
    }

    private long awayUs(Bounds segment, int sample) {
        return samples.presentationTimeUs(segment.sample()) - samples.presentationTimeUs(sample);
    }

    private int keyBefore(Bounds segment, int sample, long awayUs) throws IOException {
        int key = keyAtOrBefore(samples.presentationTimeUs(segment.sample()) - awayUs);
        return key < sample ? key : 0;
    }

    private static Bounds part(int sample, long startUs, long nextUs, long timeUs) {
        long part = Math.max(0, (Math.min(timeUs, nextUs - 1) - startUs) / LONGEST_US);
        long partUs = startUs + part * LONGEST_US;
        return new Bounds(sample, partUs, Math.min(nextUs, partUs + LONGEST_US));
    }

    /**
     * A picture may stand for years, by mistake or by malice: a part in which no other begins to be shown belongs to
     * the segment before it. Parts that have one stay as they are, whatever is known of the others.
     */
    private Bounds withoutEmptyParts(Bounds bounds, SampleCursor cursor, long startUs, long nextUs) throws IOException {
        long lastUs = startUs;
        long followingUs = nextUs;
        cursor.seek(bounds.sample());
        do {
            long shownUs = shownUs(cursor);
            if (shownUs < bounds.endUs()) {
                lastUs = Math.max(lastUs, shownUs);
            }
        } while (nextBeforeABreak(cursor) && cursor.decodeTimeUs() <= bounds.endUs() + LONGEST_US);
        Bounds last = part(bounds.sample(), startUs, nextUs, lastUs);
        cursor.seek(bounds.sample());
        do {
            long shownUs = shownUs(cursor);
            if (shownUs >= last.endUs()) {
                followingUs = Math.min(followingUs, shownUs);
            }
        } while (nextBeforeABreak(cursor) && cursor.decodeTimeUs() <= followingUs);
        return followingUs < Math.min(nextUs, last.endUs() + LONGEST_US)
                ? last
                : new Bounds(last.sample(), last.startUs(), followingUs);
    }

    private boolean nextBeforeABreak(SampleCursor cursor) throws IOException {
        try {
            return cursor.next();
        } catch (Refusal broken) {
            return false;
        }
    }

    private static long cell(long timeUs) {
        return Math.floorDiv(timeUs, CELL_US);
    }

    /** When the sample, or what it leads into, is shown: not before the edit starts that shows it. */
    private static long shownUs(SampleCursor cursor) {
        return Math.max(cursor.presentationTimeUs(), cursor.editStartUs());
    }

    /** The same; where the film breaks first, the segment goes on into the break. */
    private long nextKeyBeforeABreak(SampleCursor cursor, int sample, long startUs, long wantedUs) throws IOException {
        try {
            return nextKey(cursor, sample, startUs, wantedUs);
        } catch (Refusal broken) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * When the next segment's key frame after {@code sample} is shown, looked for up to the end of the segment of
     * wantedUs; notes whether pictures stand still on the way there.
     */
    private long nextKey(SampleCursor cursor, int sample, long startUs, long wantedUs) throws IOException {
        cursor.seek(sample);
        standsStill = false;
        long editUs = cursor.editStartUs();
        long decodeUs = cursor.decodeTimeUs();
        while (cursor.next()) {
            long timeUs = shownUs(cursor);
            standsStill |= Math.max(timeUs, cursor.decodeTimeUs()) - decodeUs > LONGEST_US;
            decodeUs = cursor.decodeTimeUs();
            if (timeUs > startUs
                    && (cell(timeUs) != cell(startUs) || cursor.editStartUs() != editUs)
                    && isKey(cursor)) {
                return timeUs;
            }
            if (cursor.decodeTimeUs() > wantedUs + 2 * LONGEST_US) {
                // so far on that it does not matter where it is
                return Long.MAX_VALUE;
            }
        }
        // the last picture may stand as well
        standsStill |= track.durationUs() - decodeUs > LONGEST_US;
        return Long.MAX_VALUE;
    }

    private boolean isKey(SampleCursor cursor) throws IOException {
        return cursor.isSync() && (pictures == null || isIdr(cursor.index()));
    }

    private boolean isIdr(int index) throws IOException {
        pictures.standBefore(index);
        return pictures.next() && pictures.at().index() == index && pictures.isIdr();
    }

    private int keyAtOrBefore(long timeUs) throws IOException {
        int index = samples.syncAtOrBefore(timeUs);
        if (pictures != null) {
            for (int back = 0; index > 0 && back < MAX_BACK && !isIdr(index); back++) {
                index--;
            }
        }
        return index;
    }
}
