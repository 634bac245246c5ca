package org.reelcast.mp4.read;

import java.util.List;
import org.reelcast.mp4.index.SampleTable;

/** A track that can be played. Shared, does not change. */
public final class Track {
    private final int id;
    private final long timescale;
    private final Orientation orientation;
    private final String language;
    private final double framesPerSecond;
    private final List<SampleEntry> entries;
    private final SampleTable samples;

    Track(
            int id,
            long timescale,
            Orientation orientation,
            String language,
            List<SampleEntry> entries,
            SampleTable samples) {
        this.id = id;
        this.timescale = timescale;
        this.orientation = orientation;
        this.language = language;
        this.framesPerSecond = samples.averageRate();
        this.entries = entries;
        this.samples = samples;
    }

    /** The {@code track_ID} (ISO 14496-12 section 8.3.2). */
    public int id() {
        return id;
    }

    /** Units a second of the track's own times; the table has them in microseconds already. */
    public long timescale() {
        return timescale;
    }

    /** All of the track's samples. */
    public SampleTable samples() {
        return samples;
    }

    /** The ways in which the track's samples are coded, all of one kind; at least one. */
    public List<SampleEntry> entries() {
        return entries;
    }

    /** Degrees clockwise to turn the picture for display: 0, 90, 180 or 270. */
    public int rotation() {
        return orientation.rotation();
    }

    /** Whether left and right of the picture change places before it is turned. */
    public boolean mirrored() {
        return orientation.mirrored();
    }

    /** As {@code mdhd} says, by ISO 639-2/T; {@code und} when it does not. */
    public String language() {
        return language;
    }

    /** Samples a second on average, of those known when the movie was opened; 0 when none lasts. */
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** Pixels as the first entry says, before rotation; 0 for audio. */
    public int width() {
        return entries.get(0) instanceof VisualEntry picture ? picture.width() : 0;
    }

    /** Pixels as the first entry says, before rotation; 0 for audio. */
    public int height() {
        return entries.get(0) instanceof VisualEntry picture ? picture.height() : 0;
    }

    /** {@code H264}, {@code AAC}, {@code Opus}, {@code HEVC} and so on. */
    public String codec() {
        return codec(entries);
    }

    static String codec(List<SampleEntry> entries) {
        SampleEntry first = entries.get(0);
        return first instanceof VideoEntry video
                ? video.codec().label()
                : first instanceof AudioEntry audio
                        ? audio.codec().label()
                        : first instanceof AvcEntry ? "H264" : first instanceof AacEntry ? "AAC" : "Opus";
    }

    /**
     * Where the last sample ends on the movie's timeline. While a fragmented movie is not read to its end
     * ({@link SampleTable#isComplete}) this is what its header says or what is known, whichever is later.
     */
    public long durationUs() {
        return samples.durationUs();
    }
}
