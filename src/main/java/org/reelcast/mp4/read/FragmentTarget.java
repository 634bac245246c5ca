package org.reelcast.mp4.read;

import org.reelcast.media.MediaKind;
import org.reelcast.mp4.index.SamplePacker;

/**
 * A track that takes samples of fragments.
 *
 * @param timescale units a second of its times
 * @param hand      where its clock stands
 */
record FragmentTarget(
        int trackId,
        MediaKind kind,
        int sampleEntries,
        long timescale,
        TrackDefaults defaults,
        SamplePacker packer,
        ClockHand hand) {}
