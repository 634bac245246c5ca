package org.reelcast.rendition.h264;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.SampleEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.storage.ByteSource;

/**
 * Finds out whether a track's samples are others than 4:2:0 with 8 bits, or are coded by a profile for such: browsers
 * on phones, and decoders in hardware, take no others.
 */
public final class Sampling {
    /** High; profiles above it are for other samples. */
    private static final int HIGH = 100;

    private static final int HIGH_10 = 110;
    private static final int HIGH_422 = 122;
    private static final int HIGH_444 = 244;
    private static final int CAVLC_444 = 44;
    private static final List<String> FORMATS = List.of("4:0:0", "4:2:0", "4:2:2", "4:4:4");

    private Sampling() {}

    /** What its samples are, as a clause for the log, when they are not what all decode; else empty. */
    public static Optional<String> unusual(Track track, ByteSource source) {
        return sets(track, source).stream()
                .filter(Sampling::isUnusual)
                .findFirst()
                .map(Sampling::describe);
    }

    private static boolean isUnusual(Sps sps) {
        return sps.chromaFormat() != 1
                || sps.bitDepth() != 8
                || sps.chromaBitDepth() != 8
                || switch (sps.profile()) {
                    case HIGH_10, HIGH_422, HIGH_444, CAVLC_444 -> true;
                    default -> false;
                };
    }

    private static String describe(Sps sps) {
        return FORMATS.get(sps.chromaFormat()) + " with " + Math.max(sps.bitDepth(), sps.chromaBitDepth()) + " bits"
                + (sps.profile() == HIGH ? "" : ", profile " + sps.profile());
    }

    /** Those of the sample entries; of a track whose entries have none those of its first picture. */
    private static List<Sps> sets(Track track, ByteSource source) {
        List<Sps> sets = new ArrayList<>();
        for (SampleEntry entry : track.entries()) {
            for (byte[] unit : ((AvcEntry) entry).config().sps()) {
                Sps sps = Sps.parse(unit, 0, unit.length);
                if (sps != null) {
                    sets.add(sps);
                }
            }
        }
        if (sets.isEmpty()) {
            PictureReader pictures = new PictureReader(track, source);
            try {
                if (pictures.next() && pictures.sps() != null) {
                    sets.add(pictures.sps());
                }
            } catch (IOException e) {
                // whoever plays it will run into the same and say so
                return sets;
            } finally {
                pictures.close();
            }
        }
        return sets;
    }
}
