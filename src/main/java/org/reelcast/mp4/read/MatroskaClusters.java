package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/**
 * Follows the clusters of a Matroska film, one at a time and only when somebody asks for their frames, as
 * {@link Fragments} does: cues tell where some frames are, and never all of them.
 */
final class MatroskaClusters implements SampleTable.Growth, MatroskaBlocks.Taker {
    /** So much is read at first, to find frames of each track and the order of pictures. */
    private static final int FIRST_PICTURES = 64;

    private static final int FIRST_FRAMES = 4096;
    private static final int FIRST_STEPS = 1 << 16;
    /** Frames between two states of the index, where clusters are longer. */
    private static final int MOST_AT_ONCE = 256;

    private record Frame(int track, long position, int size, long timeUs, boolean isKey) {}

    private final MatroskaBlocks blocks;
    private final long declaredUs;
    private final Map<Integer, MatroskaTrack> candidates = new HashMap<>();
    private final Map<Integer, MatroskaSamples> samples = new HashMap<>();
    private final Map<Integer, SampleTable> tables = new HashMap<>();
    /** Those that were read before it was known who wants them. */
    private List<Frame> first = new ArrayList<>();

    private IOException failure;
    private int taken;
    private volatile boolean complete;

    /** @param declaredUs where the film ends by its own account; 0 when it does not say */
    MatroskaClusters(ByteSource source, long position, long end, long scaleNs, long declaredUs, Notes notes) {
        this.blocks = new MatroskaBlocks(source, position, end, scaleNs, this, notes);
        this.declaredUs = declaredUs;
    }

    /** Reads the first frames of these tracks: enough to know who has any. */
    void readFirst(List<MatroskaTrack> tracks) throws IOException {
        tracks.forEach(track -> candidates.put(track.id(), track));
        boolean hasVideo = tracks.stream().anyMatch(MatroskaTrack::isVideo);
        boolean hasAudio = tracks.stream().anyMatch(track -> !track.isVideo());
        try {
            for (int i = 0; i < FIRST_STEPS && first.size() < FIRST_FRAMES; i++) {
                if (!blocks.step()) {
                    complete = true;
                    return;
                }
                if (blocks.isAtCluster()
                        && (!hasVideo || first(MediaKind.VIDEO) >= FIRST_PICTURES)
                        && (!hasAudio || first(MediaKind.AUDIO) > 0)) {
                    return;
                }
            }
        } catch (Refusal e) {
            // what there is plays, and then whoever asks for more is told
            if (first.isEmpty()) {
                throw e;
            }
            failure = e;
        }
    }

    private long first(MediaKind kind) {
        return first.stream()
                .filter(frame -> candidates.get(frame.track()).kind() == kind)
                .count();
    }

    /** Whether the track has any of the first frames. */
    boolean has(MatroskaTrack track) {
        return first.stream().anyMatch(frame -> frame.track() == track.id());
    }

    /** When the first of its frames is shown; as late as can be when it has none. */
    long firstUs(MatroskaTrack track) {
        return first.stream()
                .filter(frame -> frame.track() == track.id())
                .mapToLong(Frame::timeUs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The frames of the track so far, of which its table is to be made. */
    MatroskaSamples take(MatroskaTrack track, PageStore store) throws Refusal {
        List<Frame> own =
                first.stream().filter(frame -> frame.track() == track.id()).toList();
        MatroskaSamples taker = new MatroskaSamples(store, track.frameUs(), track.isVideo());
        taker.learn(own.stream().mapToLong(Frame::timeUs).toArray());
        for (Frame frame : own) {
            taker.add(frame.position(), frame.size(), frame.timeUs(), frame.isKey());
        }
        if (complete) {
            taker.end();
        }
        samples.put(track.id(), taker);
        return taker;
    }

    /** From here on only tracks with a table are followed. */
    synchronized void feed(Map<MatroskaTrack, SampleTable> growing) {
        growing.forEach((track, table) -> tables.put(track.id(), table));
        candidates.keySet().retainAll(tables.keySet());
        first = List.of();
        if (complete) {
            publish(true);
        }
    }

    @Override
    public synchronized boolean more() throws IOException {
        if (complete) {
            return false;
        }
        if (failure != null) {
            throw failure;
        }
        try {
            boolean found = cluster();
            if (!found) {
                for (MatroskaSamples taker : samples.values()) {
                    taker.end();
                }
                complete = true;
            }
            publish(!found);
            return found;
        } catch (Refusal e) {
            failure = e;
            publish(false);
            throw e;
        }
    }

    private boolean cluster() throws IOException {
        taken = 0;
        while (blocks.step()) {
            if (taken >= MOST_AT_ONCE || blocks.isAtCluster() && taken > 0) {
                return true;
            }
        }
        return false;
    }

    private void publish(boolean last) {
        tables.forEach((track, table) -> {
            SamplePacker packer = samples.get(track).packer();
            table.grow(last ? packer.finish() : packer.snapshot());
        });
    }

    @Override
    public long frameUs(int track) {
        MatroskaTrack candidate = candidates.get(track);
        return candidate == null ? -1 : candidate.frameUs();
    }

    @Override
    public void take(int track, long position, int size, long timeUs, boolean isKey) throws Refusal {
        taken++;
        if (tables.isEmpty()) {
            first.add(new Frame(track, position, size, timeUs, isKey));
        } else {
            samples.get(track).add(position, size, timeUs, isKey);
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public long declaredUs() {
        return declaredUs;
    }
}
