package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;

/**
 * Follows the fragments of a movie, one at a time and only when somebody asks for their samples: the first frame of a
 * long film costs the first fragment. A read of a fragment's head is all that each costs.
 */
final class Fragments implements SampleTable.Growth {
    private static final int HEAD = 4096;

    /** A table and the packer that feeds it. */
    record Growing(SamplePacker packer, SampleTable table) {}

    private final long fileSize;
    private final long declaredUs;
    private final FragmentClock clock;
    private final JoinedHeader joined;
    private List<FragmentTarget> targets;
    private Window window;
    private List<Growing> growing = List.of();
    private long position;
    private int boxes;
    /** Where the film that was joined last starts; 0 when none was. */
    private long joinedAt;
    /** Where the file type of one that may be joined is; negative when none came since the last fragment. */
    private long fileTypeAt = -1;

    private IOException failure;
    private volatile boolean complete;

    /**
     * @param position from where to look for fragments
     * @param clock    says when they start
     * @param joined   knows what is joined behind
     */
    Fragments(
            ByteSource source,
            long position,
            List<FragmentTarget> targets,
            long declaredUs,
            FragmentClock clock,
            JoinedHeader joined) {
        this.clock = clock;
        this.joined = joined;
        this.fileSize = source.size();
        this.position = position;
        this.declaredUs = declaredUs;
        this.targets = targets;
        window = new Window(source, HEAD);
    }

    /** From here on only these are followed. */
    synchronized void follow(List<FragmentTarget> chosen) {
        targets = complete ? List.of() : chosen;
    }

    /** Names the tables that grow with the packers. */
    synchronized void feed(List<Growing> tables) {
        growing = tables;
        if (complete) {
            publish(true);
        }
    }

    /**
     * Reads the next fragment.
     *
     * @return false when there is none
     */
    @Override
    public synchronized boolean more() throws IOException {
        if (complete) {
            return false;
        }
        if (failure != null) {
            throw failure;
        }
        try {
            boolean found = next();
            if (!found) {
                complete = true;
                // nothing to read any more: the source and the packers may go
                window = null;
                targets = List.of();
            }
            publish(!found);
            return found;
        } catch (Refusal e) {
            failure = e;
            publish(false);
            throw e;
        }
    }

    private void read(FragmentReader fragment, Box moof) throws IOException {
        try {
            fragment.read(moof);
        } catch (IOException e) {
            // only of a fragment too large to be held; half of it is read, so there is no second try
            failure = e;
            throw e;
        }
    }

    private boolean next() throws IOException {
        while (fileSize - position >= 8) {
            if (++boxes > Limits.TOP_LEVEL) {
                throw Refusals.broken("The file has more than " + Limits.TOP_LEVEL + " boxes");
            }
            Box box = Box.read(window, position, fileSize);
            if (box.is(BoxType.MOOF)) {
                FragmentReader fragment = reader(box);
                position = box.end();
                fileTypeAt = -1;
                read(fragment, box);
                return true;
            }
            if (box.is(BoxType.FTYP)) {
                fileTypeAt = position;
            }
            if (box.is(BoxType.MOOV) && !joined.isOwn(box)) {
                if (!joined.goesOn(window, box, targets)) {
                    return false;
                }
                clock.join(endUs());
                joinedAt = fileTypeAt < 0 ? position : fileTypeAt;
            }
            position = box.end();
        }
        return false;
    }

    /** Where the longest track ends so far, on its own clock. */
    private long endUs() {
        return targets.stream()
                .mapToLong(track -> Timeline.toUs(track.packer().nextDecode(), track.timescale()))
                .max()
                .orElse(0);
    }

    private FragmentReader reader(Box moof) throws IOException {
        long length = moof.end() - moof.start();
        return new FragmentReader(
                length > Limits.HEADER_AT_ONCE ? window : new Window(window.hold(moof.start(), (int) length), HEAD),
                targets,
                clock,
                joinedAt);
    }

    private void publish(boolean last) {
        for (Growing one : growing) {
            one.table().grow(last ? one.packer().finish() : one.packer().snapshot());
        }
        if (last) {
            growing = List.of();
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
