package org.reelcast.segment;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Format;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.SeekableTrack;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * Where the media segments of a film begin and end, from its index alone: each starts with a key frame, the durations
 * are those of the pictures. A film without a picture is cut at any of its frames. Does not change.
 */
@AnyThread
public final class SegmentPlan {
    /** Players hold whole segments in memory and start three of them behind the end of a live playlist. */
    static final long MAX_US = 20_000_000;
    /** A shorter last segment is joined to the one before it: players hang at them. */
    static final long MIN_US = 500_000;

    private static final int FRAME_HEADER_BYTES = 16;
    private static final int SEGMENT_HEADER_BYTES = 250;

    private int count;
    private long[] startUs = new long[64];
    private long[] decodeUs = new long[64];
    private long[] bytes = new long[64];
    private int[] keyBytes = new int[64];
    private final FormatRuns formats = new FormatRuns();
    private final boolean hasVideo;
    private final long durationUs;
    private FrameSpacing spacing = FrameSpacing.NONE;
    private long advanceUs;

    private SegmentPlan(boolean hasVideo, long durationUs) {
        this.hasVideo = hasVideo;
        this.durationUs = durationUs;
    }

    /**
     * Plans a film; reads its whole index.
     *
     * @throws Refusal     when its key frames lie too far apart, or it is too short
     * @throws IOException when the index cannot be read
     */
    public static SegmentPlan of(
            Optional<SeekableTrack> video, Optional<SeekableTrack> audio, long durationUs, SegmentLengths lengths)
            throws IOException {
        SegmentPlan plan = new SegmentPlan(video.isPresent(), durationUs);
        plan.cut(
                video.or(() -> audio)
                        .orElseThrow(() -> new Refusal(
                                StatusText.FILE_CANNOT_BE_CUT,
                                "it has neither H.264 nor AAC, which segments are made of")),
                lengths);
        if (video.isPresent() && audio.isPresent()) {
            plan.add(audio.get().index());
        }
        return plan;
    }

    private void cut(SeekableTrack track, SegmentLengths lengths) throws IOException {
        FrameIndex frames = track.index();
        int[] distinct = distinct(track.formats());
        FrameSpacing.Gauge gauge = new FrameSpacing.Gauge();
        long lastUs = 0;
        while (frames.next()) {
            gauge.add(frames.decodeTimeUs());
            long timeUs = frames.presentationTimeUs();
            advanceUs = Math.max(advanceUs, frames.decodeTimeUs() - timeUs);
            lastUs = Math.max(lastUs, timeUs);
            int format = frames.format() < distinct.length ? distinct[frames.format()] : 0;
            if (count == 0) {
                // what comes late leaves no gap: its segment begins with the film
                begin(0, Math.min(0, frames.decodeTimeUs()), format);
            } else if (frames.isKey() && (isDue(timeUs, lengths) || isOther(timeUs, format))) {
                checkLength(timeUs);
                begin(timeUs, frames.decodeTimeUs(), format);
            }
            keyBytes[count - 1] = keyBytes[count - 1] == 0 ? frames.size() : keyBytes[count - 1];
            bytes[count - 1] += frames.size() + FRAME_HEADER_BYTES;
        }
        if (count == 0 || durationUs <= 0) {
            throw new Refusal(StatusText.FILE_CANNOT_BE_CUT, "there is no frame in it");
        }
        if (count > 1 && durationUs - startUs[count - 1] < MIN_US && format(count - 1) == format(count - 2)) {
            count--;
            bytes[count - 1] += bytes[count];
        } else {
            checkEnd(lastUs);
        }
        startUs[count] = durationUs;
        decodeUs[count] = durationUs + decodeUs[0];
        spacing = gauge.result(decodeUs[0], decodeUs[count]);
        for (int i = 0; i <= count; i++) {
            decodeUs[i] -= advanceUs;
        }
    }

    /** Of each format the first that is the same: files describe clips that were joined one by one. */
    private static int[] distinct(List<Format> formats) {
        return formats.stream().mapToInt(formats::indexOf).toArray();
    }

    /** A segment has one initialization segment, however short it becomes. */
    private boolean isOther(long timeUs, int format) {
        return format != formats.last() && timeUs > startUs[count - 1] && timeUs < durationUs;
    }

    /** A tenth early is near enough: key frames of 1.92 s are as good as such of 2. */
    private boolean isDue(long timeUs, SegmentLengths lengths) {
        return timeUs - startUs[count - 1] >= Math.max(MIN_US, lengths.wantedUs(count - 1) * 9 / 10)
                && timeUs < durationUs;
    }

    private void checkLength(long endUs) throws Refusal {
        if (endUs - startUs[count - 1] > MAX_US) {
            throw new Refusal(
                    StatusText.FILE_CANNOT_BE_CUT,
                    "its key frames lie " + (endUs - startUs[count - 1]) / 1_000_000 + " s apart, more than "
                            + MAX_US / 1_000_000 + " s, which is too long for segments: "
                            + "encode it with more of them (ffmpeg: -g 60)");
        }
    }

    private void checkEnd(long lastFrameUs) throws Refusal {
        if (lastFrameUs - startUs[count - 1] <= MAX_US && durationUs - startUs[count - 1] > MAX_US) {
            throw new Refusal(
                    StatusText.FILE_CANNOT_BE_CUT,
                    "its picture ends " + (durationUs - lastFrameUs) / 1_000_000
                            + " s before its sound, which makes the last segment too long: cut it (ffmpeg: "
                            + "-shortest)");
        }
        checkLength(durationUs);
    }

    private void begin(long timeUs, long decodedUs, int format) {
        if (count + 2 > startUs.length) {
            startUs = Arrays.copyOf(startUs, count * 2);
            decodeUs = Arrays.copyOf(decodeUs, count * 2);
            bytes = Arrays.copyOf(bytes, count * 2);
            keyBytes = Arrays.copyOf(keyBytes, count * 2);
        }
        startUs[count] = timeUs;
        formats.begin(count, format);
        decodeUs[count] = decodedUs;
        bytes[count] = SEGMENT_HEADER_BYTES;
        count++;
    }

    private void add(FrameIndex sound) throws IOException {
        int segment = 0;
        while (sound.next()) {
            while (segment < count - 1 && sound.presentationTimeUs() >= startUs[segment + 1]) {
                segment++;
            }
            bytes[segment] += sound.size() + FRAME_HEADER_BYTES;
        }
    }

    /** How many segments there are; at least one. */
    public int count() {
        return count;
    }

    /** Which of the leading track's {@link SeekableTrack#formats()} the segment has. */
    public int format(int segment) {
        return formats.format(segment);
    }

    public boolean hasVideo() {
        return hasVideo;
    }

    /** Of the film, in µs: where the last segment ends. */
    public long durationUs() {
        return durationUs;
    }

    /** When the segment begins on the film's timeline; that of {@link #count()} is the film's end. */
    public long startUs(int segment) {
        return startUs[segment];
    }

    /** How long the segment is. */
    public long lengthUs(int segment) {
        return startUs[segment + 1] - startUs[segment];
    }

    /** When the first frame of the segment is decoded; that of {@link #count()} is when the next pass's first is. */
    public long decodeUs(int segment) {
        return decodeUs[segment];
    }

    /**
     * How much earlier than in the file frames are decoded, so that none is shown before that: MPEG-2 TS cannot say it
     * (ISO/IEC 13818-1 section 2.4.3.7), and players that can take it to mean other things.
     */
    public long advanceUs() {
        return advanceUs;
    }

    /** How the pictures, or the frames of a film without, follow each other. */
    public FrameSpacing spacing() {
        return spacing;
    }

    /** The segment that holds a time within the film. */
    public int at(long timeUs) {
        int found = Arrays.binarySearch(startUs, 0, count, timeUs);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** The longest segment in whole seconds, as EXT-X-TARGETDURATION has it (RFC 8216 section 4.3.3.1). */
    public int targetSeconds() {
        long longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, lengthUs(i));
        }
        return (int) Math.max(1, (longest + 500_000) / 1_000_000);
    }

    /** Bits a second of the segment that has most, in fragmented MP4. */
    public long peakBitrate() {
        long peak = 0;
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, bytes[i] * 8_000_000 / lengthUs(i));
        }
        return peak;
    }

    /** The same of the segments' first frames alone. */
    public long peakKeyBitrate() {
        long peak = 0;
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, (keyBytes[i] + SEGMENT_HEADER_BYTES) * 8_000_000L / lengthUs(i));
        }
        return peak;
    }

    /** Bits a second of the film. */
    public long averageBitrate() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += bytes[i];
        }
        return Math.max(1, (long) (sum * 8e6 / durationUs));
    }

    /** Bytes of a movie fragment of so many frames that have so many bytes, about. */
    public static long fragmentBytes(int frames, long bytes) {
        return SEGMENT_HEADER_BYTES + frames * (long) FRAME_HEADER_BYTES + bytes;
    }

    /** Bytes of the segment in fragmented MP4, about. */
    public long bytes(int segment) {
        return bytes[segment];
    }

    /** Bytes of the segment that has most. */
    public long largestBytes() {
        return Arrays.stream(bytes, 0, count).max().orElse(0);
    }

    /** Bytes of heap that the plan takes. */
    public long heapBytes() {
        return 28L * startUs.length + formats.heapBytes() + 100;
    }
}
