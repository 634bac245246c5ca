package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;

/** Reads one {@code moof} (ISO 14496-12 section 8.8) into the packers of the tracks that are played. */
final class FragmentReader {
    private static final int TFHD_HAS_BASE = 0x1;
    private static final int TFHD_BASE_IS_MOOF = 0x2_0000;
    private static final int TRUN_HAS_OFFSET = 0x1;
    private static final int TRUN_HAS_FIRST_FLAGS = 0x4;
    private static final int TRUN_HAS_DURATION = 0x100;
    private static final int TRUN_HAS_SIZE = 0x200;
    private static final int TRUN_HAS_FLAGS = 0x400;
    private static final int TRUN_HAS_COMPOSITION = 0x800;
    /** sample_is_non_sync_sample, or sample_depends_on says that it does. */
    private static final int NOT_SYNC = 0x0101_0000;

    private final Window window;
    private final List<FragmentTarget> targets;
    private final FragmentClock clock;
    private final long joinedAt;

    /** @param joinedAt where the film starts that the fragment was joined with; 0 when it is the file's first one */
    FragmentReader(Window window, List<FragmentTarget> targets, FragmentClock clock, long joinedAt) {
        this.window = window;
        this.targets = targets;
        this.clock = clock;
        this.joinedAt = joinedAt;
    }

    void read(Box moof) throws IOException {
        // without any base, data follow on those of the track fragment before, whose ever it is (section 8.8.7.1)
        long follow = moof.start();
        int trafs = 0;
        for (Box traf : Boxes.children(window, moof)) {
            if (!traf.is(BoxType.TRAF)) {
                continue;
            }
            if (++trafs > Limits.TRACKS) {
                throw Refusals.broken("A fragment has more than " + Limits.TRACKS + " tracks");
            }
            follow = readTrack(moof, traf, follow);
        }
    }

    /** @return where the data of this track fragment end */
    private long readTrack(Box moof, Box traf, long follow) throws IOException {
        List<Box> boxes = Boxes.children(window, traf);
        Box tfhd = Boxes.need(boxes, BoxType.TFHD, "traf");
        if (tfhd.length() < 8) {
            throw Refusals.broken("Box 'tfhd' is cut off");
        }
        int flags = window.i32(tfhd.payload());
        int trackId = window.i32(tfhd.payload() + 4);
        long base = follow;
        if ((flags & TFHD_HAS_BASE) != 0) {
            if (tfhd.length() < 16) {
                throw Refusals.broken("Box 'tfhd' is cut off");
            }
            base = base(window.i64(tfhd.payload() + 8), moof);
        } else if ((flags & TFHD_BASE_IS_MOOF) != 0) {
            base = moof.start();
        }
        FragmentTarget target = target(trackId);
        // of a track that is not played only the end of its data matters, and that to one rare kind of file
        SamplePacker packer = target == null ? null : target.packer();
        TrackDefaults defaults = (target == null ? TrackDefaults.NONE : target.defaults()).with(window, tfhd);
        if (packer != null && (defaults.entry() < 1 || defaults.entry() > target.sampleEntries())) {
            throw Refusals.broken(
                    "A fragment names sample entry " + defaults.entry() + " of " + target.sampleEntries());
        }
        long decode = packer == null ? 0 : start(target, Boxes.first(boxes, BoxType.TFDT));
        long position = base;
        for (Box box : boxes) {
            if (box.is(BoxType.TRUN)) {
                Run run = new Run(box, defaults, base, position, decode);
                run.read(target);
                position = run.position;
                decode = run.decode;
            }
        }
        return position;
    }

    /**
     * Where data are of which a position in the file is said. In a film that was joined behind another it is still that
     * of the film by itself, and so lies before the fragment; a position behind it was told by somebody who knew.
     */
    private long base(long said, Box moof) throws Refusal {
        if (joinedAt == 0 || said >= moof.start()) {
            return said;
        }
        if (said < 0 || said + joinedAt > window.size()) {
            throw Refusals.broken("A fragment of a film joined behind has its data at " + said);
        }
        return said + joinedAt;
    }

    private FragmentTarget target(int trackId) {
        for (FragmentTarget target : targets) {
            if (target.trackId() == trackId) {
                return target;
            }
        }
        return null;
    }

    /** When the fragment starts. */
    private long start(FragmentTarget target, Box tfdt) throws IOException {
        if (tfdt == null || tfdt.length() < 8) {
            return target.packer().nextDecode();
        }
        boolean wide = window.u8(tfdt.payload()) == 1;
        if (wide && tfdt.length() < 12) {
            throw Refusals.broken("Box 'tfdt' is cut off");
        }
        long said = wide ? window.i64(tfdt.payload() + 4) : window.u32(tfdt.payload() + 4);
        if (said < 0 || said > Timeline.maxTime(target.timescale())) {
            throw Refusals.broken("A fragment claims the time " + said);
        }
        return clock.start(target, said);
    }

    /** One {@code trun} (section 8.8.8). */
    private final class Run {
        private final Box box;
        private final TrackDefaults defaults;
        private final long base;
        private long position;
        private long decode;

        Run(Box box, TrackDefaults defaults, long base, long position, long decode) {
            this.box = box;
            this.defaults = defaults;
            this.base = base;
            this.position = position;
            this.decode = decode;
        }

        void read(FragmentTarget target) throws IOException {
            int flags = box.length() < 8 ? 0 : window.i32(box.payload());
            int head = 8 + 4 * Integer.bitCount(flags & (TRUN_HAS_OFFSET | TRUN_HAS_FIRST_FLAGS));
            int entryLength = 4
                    * Integer.bitCount(
                            flags & (TRUN_HAS_DURATION | TRUN_HAS_SIZE | TRUN_HAS_FLAGS | TRUN_HAS_COMPOSITION));
            if (box.length() < head) {
                throw Refusals.broken("Box 'trun' is cut off");
            }
            long count = window.u32(box.payload() + 4);
            if (count > (entryLength == 0 ? Limits.IMPLIED_SAMPLES : Limits.SAMPLES)
                    || count * entryLength > box.length() - head) {
                throw Refusals.broken(
                        "Box 'trun' claims " + count + " samples and has " + (box.length() - head) + " bytes for them");
            }
            TableReader table = new TableReader(window.source(), box.payload() + 8, box.end());
            if ((flags & TRUN_HAS_OFFSET) != 0) {
                position = base + table.i32();
            }
            if (target == null && (flags & TRUN_HAS_SIZE) == 0) {
                // so nobody can make us count to billions
                position += count * (defaults.size() & 0xffff_ffffL);
                return;
            }
            int firstFlags = (flags & TRUN_HAS_FIRST_FLAGS) != 0 ? table.i32() : defaults.flags();
            for (long i = 0; i < count; i++) {
                int duration = (flags & TRUN_HAS_DURATION) != 0 ? table.i32() : defaults.duration();
                int size = (flags & TRUN_HAS_SIZE) != 0 ? table.i32() : defaults.size();
                int sampleFlags = (flags & TRUN_HAS_FLAGS) != 0 ? table.i32() : defaults.flags();
                sampleFlags = i == 0 && (flags & TRUN_HAS_FIRST_FLAGS) != 0 ? firstFlags : sampleFlags;
                int offset = (flags & TRUN_HAS_COMPOSITION) != 0 ? table.i32() : 0;
                add(target, size, Math.max(0, duration), offset, sampleFlags);
            }
        }

        private void add(FragmentTarget target, int size, int duration, int offset, int sampleFlags) throws Refusal {
            if (target != null) {
                // audio is sync throughout, whatever its flags say
                boolean sync = !target.kind().isVideo() || (sampleFlags & NOT_SYNC) == 0;
                target.packer().add(position, size, decode, duration, offset, sync, (int) defaults.entry() - 1);
            }
            position += size & 0xffff_ffffL;
            decode += duration;
        }
    }
}
