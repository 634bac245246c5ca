package org.reelcast.mp4.write;

/** What the finished tables of one track will hold, counted in a first walk over the fragments. */
final class TrackFacts {
    final int trackId;
    final int timescale;
    long samples;
    long durations;
    long compositions;
    boolean composed;
    long syncs;
    long chunks;
    long chunkRuns;
    long firstDecode = -1;
    /** Units at the start, behind the priming, that are left out. */
    long cut;
    /** Of all samples together, in the track's units. */
    long duration;
    /** Where the sample that is shown last ends, from the first one's decode time on. */
    long end;

    private long lastDuration = -1;
    private int lastComposition;
    private int lastCount;
    private int lastEntry;

    TrackFacts(int trackId, int timescale) {
        this.trackId = trackId;
        this.timescale = timescale;
    }

    void count(FragmentScan.Samples run) {
        if (firstDecode < 0) {
            firstDecode = run.decodeTime();
        }
        for (int i = 0; i < run.count(); i++) {
            if (run.duration(i) != lastDuration) {
                lastDuration = run.duration(i);
                durations++;
            }
            if (samples == 0 && i == 0 || run.composition(i) != lastComposition) {
                lastComposition = run.composition(i);
                compositions++;
            }
            composed |= run.composition(i) != 0;
            syncs += run.isSync(i) ? 1 : 0;
            duration += run.duration(i);
            end = Math.max(end, duration + run.composition(i));
        }
        samples += run.count();
        chunks++;
        if (run.count() != lastCount || run.entry() != lastEntry) {
            lastCount = run.count();
            lastEntry = run.entry();
            chunkRuns++;
        }
    }

    /** The track is later than its samples' times say, or earlier: then what would be before the film is cut away. */
    void later(long us) {
        long start = firstDecode + Math.round(us * (timescale / 1e6));
        firstDecode = Math.max(0, start);
        cut = Math.min(Math.max(0, -start), Math.max(0, duration - 2 * lastDuration));
    }

    boolean isVideo() {
        return trackId == MovieHeader.VIDEO_ID;
    }
}
