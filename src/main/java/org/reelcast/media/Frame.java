package org.reelcast.media;

/**
 * One access unit of one track: what flows from the file to every output. Immutable; the payload is shared by all who
 * hold the frame.
 *
 * <p>A rendition gives times on the film's own timeline, which starts at 0. A stream carries times on the server's
 * monotonic clock ({@code MediaLoop.nowUs()}): the moment at which the frame is due. So pause, seek and loop never show
 * downstream as anything but later frames.
 */
public final class Frame {
    private final Format format;
    private final long decodeTimeUs;
    private final long presentationTimeUs;
    private final long shownFromUs;
    private final boolean key;
    private final boolean video;
    private final Slice[] payload;
    private final int size;

    /**
     * @param key     whether decoding can start here (always so for audio)
     * @param payload see {@link Codec}; not copied, not to be changed afterwards
     */
    public Frame(Format format, long decodeTimeUs, long presentationTimeUs, boolean key, Slice... payload) {
        this(format, decodeTimeUs, presentationTimeUs, presentationTimeUs, key, payload);
    }

    /**
     * The same of which an edit list takes away the start, or all.
     *
     * @param shownFromUs when the edit starts that needs the frame: nothing is to be seen of it before, or at all
     */
    public Frame(
            Format format,
            long decodeTimeUs,
            long presentationTimeUs,
            long shownFromUs,
            boolean key,
            Slice... payload) {
        this.format = format;
        this.decodeTimeUs = decodeTimeUs;
        this.presentationTimeUs = presentationTimeUs;
        this.shownFromUs = shownFromUs;
        this.key = key;
        this.video = format.codec().isVideo();
        this.payload = payload;
        int total = 0;
        for (Slice slice : payload) {
            total += slice.length();
        }
        this.size = total;
    }

    /** The same frame {@code offsetUs} microseconds later. */
    public Frame shifted(long offsetUs) {
        return new Frame(
                format, decodeTimeUs + offsetUs, presentationTimeUs + offsetUs, shownFromUs + offsetUs, key, payload);
    }

    /** The same frame, decoded so much earlier and shown at its time. */
    public Frame decodedEarlier(long us) {
        return us == 0 ? this : new Frame(format, decodeTimeUs - us, presentationTimeUs, shownFromUs, key, payload);
    }

    public Format format() {
        return format;
    }

    public long decodeTimeUs() {
        return decodeTimeUs;
    }

    public long presentationTimeUs() {
        return presentationTimeUs;
    }

    /** What is shown starts here: the presentation time, or that of what a hidden frame is decoded for. */
    public long shownFromUs() {
        return shownFromUs;
    }

    public boolean isKey() {
        return key;
    }

    public boolean isVideo() {
        return video;
    }

    public int slices() {
        return payload.length;
    }

    public Slice slice(int index) {
        return payload[index];
    }

    /** Payload bytes in all. */
    public int size() {
        return size;
    }
}
