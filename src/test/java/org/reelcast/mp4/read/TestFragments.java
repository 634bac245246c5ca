package org.reelcast.mp4.read;

import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u64;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Turns a {@link TestMovie} into a fragmented one; fields say how. */
final class TestFragments {
    /** How a fragment says where its data are. */
    enum Base {
        MOOF,
        EXPLICIT,
        NONE
    }

    final List<TestTrack> tracks;
    /** Samples of each track that the header has. */
    int plain;

    int perFragment = 8;
    /** Runs into which a fragment's samples are divided. */
    int runs = 1;

    Base base = Base.MOOF;
    /** What explicit positions are too large by. */
    long baseShift;
    /** A moof for each track, or one for all. */
    boolean together = true;
    /** -1: no tfdt. */
    int tfdtVersion = 1;

    long startTime;
    /** Size, duration and flags by default and by first-sample-flags where that is right. */
    boolean defaults;

    boolean index;
    long declaredDuration;
    byte[] end = {};
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TestFragments(TestTrack... tracks) {
        this.tracks = List.of(tracks);
    }

    private static int flags(TestTrack track, int i) {
        boolean sync = !track.video || track.syncs == null || Arrays.binarySearch(track.syncs, i + 1) >= 0;
        return sync ? 0x0200_0000 : 0x0101_0000;
    }

    private byte[] mvex() {
        byte[] mehd = declaredDuration > 0 ? full("mehd", 0, 0, u32(declaredDuration)) : zeros(0);
        byte[] trex = zeros(0);
        for (TestTrack track : tracks) {
            trex = join(trex, full("trex", 0, 0, u32(track.id, 1, track.durations[0][1], 0, 0x0101_0000)));
        }
        return box("mvex", mehd, trex);
    }

    byte[] bytes() {
        TestTrack[] heads = tracks.stream().map(track -> track.head(plain)).toArray(TestTrack[]::new);
        TestMovie movie = new TestMovie(heads);
        movie.extra = mvex();
        out.writeBytes(movie.bytes());
        if (index) {
            out.writeBytes(full("sidx", 0, 0, u32(1, 1000, 0, 0), u16(0, 2), u32(100, 1500, 0), u32(100, 500, 0)));
        }
        int rounds = tracks.stream()
                .mapToInt(t -> (t.sizes.length - plain + perFragment - 1) / perFragment)
                .max()
                .orElseThrow();
        for (int round = 0; round < rounds; round++) {
            int from = plain + round * perFragment;
            if (together) {
                fragment(tracks, from);
            } else {
                tracks.forEach(track -> fragment(List.of(track), from));
            }
        }
        out.writeBytes(end);
        return out.toByteArray();
    }

    private void fragment(List<TestTrack> all, int from) {
        List<TestTrack> present =
                all.stream().filter(track -> from < track.sizes.length).toList();
        if (present.isEmpty()) {
            return;
        }
        int start = out.size();
        byte[] draft = moof(present, from, start, 0);
        out.writeBytes(moof(present, from, start, draft.length + 8));
        byte[] data = zeros(0);
        for (TestTrack track : present) {
            for (int i = from; i < Math.min(from + perFragment, track.sizes.length); i++) {
                data = join(data, track.sample(i));
            }
        }
        out.writeBytes(box("mdat", data));
    }

    private byte[] moof(List<TestTrack> present, int from, int start, int dataOffset) {
        byte[] trafs = zeros(0);
        int offset = dataOffset;
        for (TestTrack track : present) {
            int to = Math.min(from + perFragment, track.sizes.length);
            int tfhdFlags = base == Base.MOOF ? 0x2_0000 : base == Base.EXPLICIT ? 1 : 0;
            byte[] tfhd = full(
                    "tfhd",
                    0,
                    tfhdFlags,
                    u32(track.id),
                    base == Base.EXPLICIT ? u64(baseShift + start + dataOffset) : zeros(0));
            long time = startTime * track.timescale + from * track.durations[0][1];
            byte[] tfdt =
                    tfdtVersion < 0 ? zeros(0) : full("tfdt", tfdtVersion, 0, tfdtVersion == 1 ? u64(time) : u32(time));
            byte[] truns = zeros(0);
            int step = Math.max(1, (to - from + runs - 1) / runs);
            boolean first = true;
            for (int i = from; i < to; i += step) {
                // the first run of a traf says where its data are, later ones follow on
                int at = base == Base.EXPLICIT ? offset - dataOffset : offset;
                boolean says = first && (base != Base.NONE || track == present.get(0));
                truns = join(truns, trun(track, i, Math.min(i + step, to), says ? at : -1));
                for (int k = i; k < Math.min(i + step, to); k++) {
                    offset += track.sizes[k];
                }
                first = false;
            }
            trafs = join(trafs, box("traf", tfhd, tfdt, truns));
        }
        return box("moof", full("mfhd", 0, 0, u32(1)), trafs);
    }

    private byte[] trun(TestTrack track, int from, int to, int dataOffset) {
        int flags = 0x200 | (dataOffset >= 0 ? 1 : 0) | (track.offsets != null ? 0x800 : 0) | (defaults ? 0x4 : 0x500);
        byte[] samples = zeros(0);
        for (int i = from; i < to; i++) {
            samples = join(
                    samples,
                    defaults ? zeros(0) : u32(track.durations[0][1]),
                    u32(track.sizes[i]),
                    defaults ? zeros(0) : u32(flags(track, i)),
                    track.offsets != null ? u32(track.offsets[i]) : zeros(0));
        }
        return full(
                "trun",
                1,
                flags,
                u32(to - from),
                dataOffset >= 0 ? u32(dataOffset) : zeros(0),
                defaults ? u32(flags(track, from)) : zeros(0),
                samples);
    }
}
