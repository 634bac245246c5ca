package org.reelcast.rendition.h264;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.bitstream.h264.NalType;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/**
 * The parameter sets that key frames bring, as a decoder configuration for containers that want them outside the frames.
 * For one thread at a time.
 */
public final class InBandSets {
    private List<byte[]> sets = List.of();

    /**
     * How the frame and those after it are coded.
     *
     * @param key a key frame whose format has no configuration
     * @return empty when that is not new, or not said
     */
    public Optional<H264Format> describe(Frame key) {
        List<byte[]> now = sets(key);
        if (now.isEmpty() || Arrays.deepEquals(sets.toArray(), now.toArray())) {
            return Optional.empty();
        }
        sets = now;
        if (ofType(NalType.SPS).isEmpty()) {
            return Optional.empty();
        }
        AvcConfig config = AvcConfig.of(ofType(NalType.SPS), ofType(NalType.PPS));
        return Optional.of(((H264Format) key.format()).withConfig(new DecoderConfig(config.toBytes()), false));
    }

    private List<byte[]> ofType(int type) {
        return sets.stream().filter(set -> NalType.of(set[0]) == type).toList();
    }

    private static List<byte[]> sets(Frame key) {
        List<byte[]> sets = new ArrayList<>();
        for (int i = 0; i < key.slices(); i++) {
            Slice nal = key.slice(i);
            int type = nal.length() < 2 ? 0 : NalType.of(nal.array()[nal.offset()]);
            if (type == NalType.SPS && nal.length() >= 4 || type == NalType.PPS) {
                sets.add(Arrays.copyOfRange(nal.array(), nal.offset(), nal.offset() + nal.length()));
            }
        }
        return sets;
    }
}
