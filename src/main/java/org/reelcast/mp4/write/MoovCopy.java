package org.reelcast.mp4.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.reelcast.mp4.box.BoxType;

/** Turns the header of a fragmented film into that of a plain one: durations, edits, sample entries, tables. */
final class MoovCopy {
    private static final Set<Integer> CONTAINERS = Set.of(BoxType.MOOV, BoxType.TRAK, BoxType.MDIA, BoxType.MINF);

    /** Version and flags, number of entries. */
    private static final int STSD_ENTRIES = 8;

    private final ByteBuffer header;
    private final List<TrackFacts> tracks;
    private final BoxStream out;
    private final FragmentScan scan;
    private final boolean wide;
    private TrackFacts track;
    private long mediaTime;

    MoovCopy(ByteBuffer header, List<TrackFacts> tracks, BoxStream out, FragmentScan scan, boolean wide) {
        this.header = header;
        this.tracks = tracks;
        this.out = out;
        this.scan = scan;
        this.wide = wide;
    }

    /** @param dataStart where the samples will begin */
    void write(long dataStart) throws IOException {
        for (BoxView box : BoxView.list(header, 0, header.limit())) {
            write(box, dataStart);
        }
    }

    private void write(BoxView box, long dataStart) throws IOException {
        int type = box.type();
        if (type == BoxType.MVEX) {
            return;
        }
        if (type == BoxType.TRAK) {
            track = find(trackId(box));
            if (track == null) {
                return;
            }
            mediaTime = mediaTime(box) + track.cut;
        }
        out.open(type);
        if (CONTAINERS.contains(type)) {
            for (BoxView child : box.children()) {
                write(child, dataStart);
            }
        } else if (type == BoxType.STBL) {
            for (BoxView child : box.children()) {
                if (child.type() == BoxType.STSD) {
                    write(child, dataStart);
                }
            }
            new TableWriter(out, scan, track, wide).write(dataStart);
        } else if (type == BoxType.STSD) {
            sampleEntries(box);
        } else if (type == BoxType.EDTS) {
            edits();
        } else if (type == BoxType.MVHD) {
            patched(box, 24, movieUnits(header, tracks));
        } else if (type == BoxType.TKHD) {
            patched(box, 28, offset(track) + shown(track, mediaTime));
        } else if (type == BoxType.MDHD) {
            patched(box, 24, track.duration);
        } else if (type == BoxType.FTYP) {
            out.bytes(ByteBuffer.wrap("isom\0\0\2\0isomiso2avc1mp41".getBytes(StandardCharsets.US_ASCII)));
        } else {
            out.bytes(box.payload(0));
        }
        out.close();
    }

    /** The box with another duration, eight bytes of its payload. */
    private void patched(BoxView box, int at, long duration) throws IOException {
        out.bytes(box.payload(0).slice(0, at));
        out.u64(duration);
        out.bytes(box.payload(at + 8));
    }

    private void sampleEntries(BoxView box) throws IOException {
        List<ByteBuffer> further = track.isVideo() ? scan.furtherEntries() : List.of();
        out.u32(0);
        out.u32(1 + further.size());
        out.bytes(box.payload(STSD_ENTRIES));
        for (ByteBuffer entry : further) {
            out.bytes(entry.duplicate());
        }
    }

    /** What comes before the track starts, then the track without its priming (ISO 14496-12 section 8.6.6). */
    private void edits() throws IOException {
        long empty = offset(track);
        out.open(BoxType.ELST);
        out.u32(1 << 24);
        out.u32(empty > 0 ? 2 : 1);
        if (empty > 0) {
            edit(empty, -1);
        }
        edit(shown(track, mediaTime), mediaTime);
        out.close();
    }

    private void edit(long duration, long from) throws IOException {
        out.u64(duration);
        out.u64(from);
        out.u32(0x1_0000);
    }

    private TrackFacts find(int trackId) {
        return tracks.stream().filter(any -> any.trackId == trackId).findFirst().orElse(null);
    }

    /** Movie units before the track starts. */
    private static long offset(TrackFacts track) {
        return toMovie(track, track.firstDecode);
    }

    /** Movie units that the track is shown. */
    private static long shown(TrackFacts track, long mediaTime) {
        return toMovie(track, Math.max(0, track.end - mediaTime));
    }

    private static long toMovie(TrackFacts track, long units) {
        return Math.round((double) units * MovieHeader.TIMESCALE / track.timescale);
    }

    /** How long the film lasts, in units of {@link MovieHeader#TIMESCALE}. */
    static long movieUnits(ByteBuffer header, List<TrackFacts> tracks) {
        long longest = 0;
        for (BoxView trak : traks(header)) {
            for (TrackFacts track : tracks) {
                if (track.trackId == trackId(trak)) {
                    longest = Math.max(longest, offset(track) + shown(track, mediaTime(trak) + track.cut));
                }
            }
        }
        return longest;
    }

    /** Units a second of a track; 1 when there is none. */
    static int timescale(ByteBuffer header, int trackId) {
        for (BoxView trak : traks(header)) {
            if (trackId(trak) == trackId) {
                return Math.max(
                        1, child(child(trak, BoxType.MDIA), BoxType.MDHD).u32(20));
            }
        }
        return 1;
    }

    /** How a track's samples are coded at first; empty when there is no such track. */
    static ByteBuffer sampleEntry(ByteBuffer header, int trackId) {
        for (BoxView trak : traks(header)) {
            if (trackId(trak) == trackId) {
                BoxView tables = child(child(child(trak, BoxType.MDIA), BoxType.MINF), BoxType.STBL);
                BoxView entries = child(tables, BoxType.STSD);
                return entries.length() < STSD_ENTRIES ? ByteBuffer.allocate(0) : entries.payload(STSD_ENTRIES);
            }
        }
        return ByteBuffer.allocate(0);
    }

    private static List<BoxView> traks(ByteBuffer header) {
        return BoxView.list(header, 0, header.limit()).stream()
                .filter(box -> box.type() == BoxType.MOOV)
                .flatMap(moov -> moov.children().stream())
                .filter(box -> box.type() == BoxType.TRAK)
                .toList();
    }

    private static int trackId(BoxView trak) {
        return child(trak, BoxType.TKHD).u32(20);
    }

    private static long mediaTime(BoxView trak) {
        return child(child(trak, BoxType.EDTS), BoxType.ELST).u64(16);
    }

    /** The box within, or an empty one. */
    private static BoxView child(BoxView box, int type) {
        return box.children().stream()
                .filter(any -> any.type() == type)
                .findFirst()
                .orElseGet(() -> new BoxView(ByteBuffer.allocate(8), 0, 8));
    }
}
