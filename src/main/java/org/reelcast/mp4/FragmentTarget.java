package org.reelcast.mp4;

/**
 * A track that takes samples of fragments.
 *
 * @param timescale units a second of its times
 * @param hand      where its clock stands
 */
record FragmentTarget(int trackId, boolean video, int sampleEntries, long timescale, TrackDefaults defaults,
        SamplePacker packer, ClockHand hand) {
}
