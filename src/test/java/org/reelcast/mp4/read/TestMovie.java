package org.reelcast.mp4.read;

import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.text;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u64;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.util.List;

/** Builds MP4 files box by box; the chunks of the tracks take turns. */
final class TestMovie {
    final List<TestTrack> tracks;
    long timescale = 1000;
    boolean headerLast;
    /** Whether mdat has a 64-bit size. */
    boolean wideData;
    /** Whether mdat's size is 0: to the end of the file. */
    boolean openData;

    byte[] ftyp = box("ftyp", text("isom"), u32(512), text("isomiso2avc1mp41"));
    byte[] extra = {};

    TestMovie(TestTrack... tracks) {
        this.tracks = List.of(tracks);
    }

    private long dataLength() {
        long length = 0;
        for (TestTrack track : tracks) {
            for (int chunk = 0; chunk < track.chunks(); chunk++) {
                length += track.chunkLength(chunk);
            }
        }
        return length;
    }

    private void layOut(long start) {
        int rounds = 0;
        for (TestTrack track : tracks) {
            track.chunkOffsets = new long[track.chunks()];
            rounds = Math.max(rounds, track.chunks());
        }
        long position = start;
        for (int chunk = 0; chunk < rounds; chunk++) {
            for (TestTrack track : tracks) {
                if (chunk < track.chunks()) {
                    track.chunkOffsets[chunk] = position;
                    position += track.chunkLength(chunk);
                }
            }
        }
    }

    private byte[] moov() {
        byte[] mvhd = full(
                "mvhd",
                0,
                0,
                u32(0, 0, timescale, 0, 0x10000),
                u16(0x100, 0),
                zeros(8),
                u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000),
                zeros(24),
                u32(99));
        byte[][] traks = tracks.stream().map(TestTrack::trak).toArray(byte[][]::new);
        return box("moov", mvhd, join(traks), extra);
    }

    private byte[] dataHeader() {
        if (wideData) {
            return join(u32(1), text("mdat"), u64(16 + dataLength()));
        }
        return join(u32(openData ? 0 : 8 + dataLength()), text("mdat"));
    }

    /** The file without the media: what comes before it and what after. */
    byte[][] frame() {
        layOut(0);
        byte[] before = headerLast ? join(ftyp, dataHeader()) : join(ftyp, moov(), dataHeader());
        layOut(before.length);
        return headerLast
                ? new byte[][] {before, moov()}
                : new byte[][] {join(ftyp, moov(), dataHeader()), new byte[0]};
    }

    /** The whole file. */
    byte[] bytes() {
        byte[][] frame = frame();
        byte[] file = join(frame[0], new byte[(int) dataLength()], frame[1]);
        for (TestTrack track : tracks) {
            for (int chunk = 0; chunk < track.chunks(); chunk++) {
                int at = (int) track.chunkOffsets[chunk];
                int first = chunk * track.samplesPerChunk;
                for (int i = first; i < Math.min(track.sizes.length, first + track.samplesPerChunk); i++) {
                    System.arraycopy(track.sample(i), 0, file, at, track.sizes[i]);
                    at += track.sizes[i];
                }
            }
        }
        return file;
    }

    /** The file with zeros for media, which take no memory. */
    TestSource sparse() {
        byte[][] frame = frame();
        return new TestSource(frame[0], dataLength(), frame[1]);
    }
}
