package org.reelcast.output.hls.live;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;

/** What a segmenter has cut. */
final class Cuts implements Segmenter.Output {
    final List<Cut> all = new ArrayList<>();
    int keyFramesWanted;

    /** A segment. */
    record Cut(long startUs, Optional<H264Format> video, boolean discontinuous, List<LivePart> parts) {

        List<Frame> pictures() {
            return parts.stream().flatMap(part -> part.pictures().stream()).toList();
        }

        List<Frame> sound() {
            return parts.stream().flatMap(part -> part.sound().stream()).toList();
        }

        long lengthUs() {
            return parts.stream().mapToLong(LivePart::lengthUs).sum();
        }
    }

    @Override
    public void segment(long startUs, Optional<H264Format> video, Optional<AacFormat> audio, boolean discontinuous) {
        all.add(new Cut(startUs, video, discontinuous, new ArrayList<>()));
    }

    @Override
    public void part(LivePart part, boolean lastOfSegment) {
        all.get(all.size() - 1).parts().add(part);
    }

    @Override
    public void endOfSegment() {
        assertFalse(all.get(all.size() - 1).parts().isEmpty());
    }

    @Override
    public void wantKeyFrame() {
        keyFramesWanted++;
    }
}
