package org.reelcast.mp4.read;

import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.table;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u64;
import static org.reelcast.mp4.read.Mp4.u8;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;

/** One track of a {@link TestMovie}; fields are set by the test before the movie is built. */
final class TestTrack {
    final int id;
    final boolean video;
    String handler;
    long timescale;
    List<byte[]> entries = new ArrayList<>();
    int[] sizes;
    /** Runs of sample count and duration. */
    long[][] durations;
    /** One a sample, or null. */
    int[] offsets;
    /** Sample numbers from 1, or null for none. */
    long[] syncs;

    int samplesPerChunk = 4;
    boolean wideOffsets;
    /** 0: stsz with a table; 32: stsz with one size for all; 4, 8, 16: stz2. */
    int sizeBits;
    /** Duration, media time, rate. */
    long[][] edits = {};

    int version;
    int language = 0x55c4;
    /** An extended language tag, or null. */
    String elng;

    boolean enabled = true;
    /** Whether its handler is one of QuickTime. */
    boolean quickTime;

    int alternateGroup;
    /** Width and height in the track's header; null for those of the first sample entry. */
    int[] shown;

    int[] matrix = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
    /** From chunk, counted from 0, to sample entry, counted from 1. */
    IntUnaryOperator entryOfChunk = chunk -> 1;

    byte[] extra = {};
    long[] chunkOffsets;
    /** What the samples hold; null for something made up. */
    List<byte[]> media;

    private TestTrack(int id, boolean video) {
        this.id = id;
        this.video = video;
        this.handler = video ? "vide" : "soun";
    }

    /** 25 frames a second in a time scale of 12800, a key frame every ten. */
    static TestTrack video(int id, int samples) {
        TestTrack track = new TestTrack(id, true);
        track.timescale = 12_800;
        track.entries.add(Mp4.avc1(640, 360));
        track.sizes = new int[samples];
        Arrays.setAll(track.sizes, i -> i % 10 == 0 ? 90 + i % 7 : 20 + i % 11);
        track.durations = new long[][] {{samples, 512}};
        track.syncs =
                LongStream.range(0, (samples + 9) / 10).map(i -> i * 10 + 1).toArray();
        return track;
    }

    /** 48 kHz in frames of 1024. */
    static TestTrack audio(int id, int samples) {
        TestTrack track = new TestTrack(id, false);
        track.timescale = 48_000;
        track.entries.add(Mp4.mp4a());
        track.sizes = new int[samples];
        Arrays.setAll(track.sizes, i -> 10 + i % 5);
        track.durations = new long[][] {{samples, 1024}};
        return track;
    }

    /** This track with its first samples only; for one duration throughout. */
    TestTrack head(int samples) {
        TestTrack head = new TestTrack(id, video);
        head.handler = handler;
        head.version = version;
        head.timescale = timescale;
        head.entries = entries;
        head.sizes = Arrays.copyOf(sizes, samples);
        head.durations = samples == 0 ? new long[0][] : new long[][] {{samples, durations[0][1]}};
        head.offsets = offsets == null || samples == 0 ? null : Arrays.copyOf(offsets, samples);
        head.syncs = syncs == null || samples == 0
                ? null
                : Arrays.stream(syncs).filter(sync -> sync <= samples).toArray();
        head.edits = edits;
        head.enabled = enabled;
        head.language = language;
        head.quickTime = quickTime;
        head.alternateGroup = alternateGroup;
        head.elng = elng;
        return head;
    }

    int chunks() {
        return (sizes.length + samplesPerChunk - 1) / samplesPerChunk;
    }

    long chunkLength(int chunk) {
        long length = 0;
        for (int i = chunk * samplesPerChunk; i < Math.min(sizes.length, (chunk + 1) * samplesPerChunk); i++) {
            length += sizes[i];
        }
        return length;
    }

    /** What sample {@code i} holds. */
    byte[] sample(int i) {
        if (media != null) {
            return media.get(i);
        }
        byte[] bytes = new byte[sizes[i]];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (id * 64 + i * 7 + at);
        }
        return bytes;
    }

    byte[] trak() {
        long duration = 0;
        for (long[] run : durations) {
            duration += run[0] * run[1];
        }
        ByteBuffer m = ByteBuffer.allocate(36);
        for (int value : matrix) {
            m.putInt(value);
        }
        byte[] times = version == 1 ? join(u64(0, 0), u32(id, 0), u64(duration)) : u32(0, 0, id, 0, duration);
        byte[] tkhd = full(
                "tkhd",
                version,
                enabled ? 7 : 6,
                times,
                zeros(8),
                u16(0, alternateGroup, video ? 0 : 0x100, 0),
                m.array(),
                shownSize());
        byte[] mdhd = full(
                "mdhd",
                version,
                0,
                version == 1 ? join(u64(0, 0), u32(timescale), u64(duration)) : u32(0, 0, timescale, duration),
                u16(language, 0));
        byte[] hdlr = full(
                "hdlr", 0, 0, quickTime ? Mp4.text("mhlr") : u32(0), Mp4.text(handler), zeros(12), Mp4.text("test\0"));
        byte[] dref = full("dref", 0, 0, u32(1), full("url ", 0, 1));
        byte[] minf = box(
                "minf",
                video ? full("vmhd", 0, 1, zeros(8)) : full("smhd", 0, 0, zeros(4)),
                box("dinf", dref),
                box("stbl", tables()));
        return box(
                "trak",
                tkhd,
                edits(),
                box("mdia", mdhd, elng == null ? zeros(0) : full("elng", 0, 0, Mp4.text(elng + "\0")), hdlr, minf),
                extra);
    }

    /** As its first entry says, unless the test says otherwise. */
    private byte[] shownSize() {
        if (shown != null || !video) {
            return shown == null ? u32(0, 0) : u32((long) shown[0] << 16, (long) shown[1] << 16);
        }
        ByteBuffer entry = ByteBuffer.wrap(entries.get(0));
        return entry.capacity() < 36
                ? u32(0, 0)
                : u32((entry.getShort(32) & 0xffffL) << 16, (entry.getShort(34) & 0xffffL) << 16);
    }

    private byte[] edits() {
        if (edits.length == 0) {
            return zeros(0);
        }
        byte[] list = zeros(0);
        for (long[] edit : edits) {
            list = join(list, version == 1 ? u64(edit[0], edit[1]) : u32(edit[0], edit[1]), u16((int) edit[2], 0));
        }
        return box("edts", full("elst", version, 0, u32(edits.length), list));
    }

    private byte[] tables() {
        byte[] stsd = full("stsd", 0, 0, u32(entries.size()), join(entries.toArray(new byte[0][])));
        byte[] stts = table("stts", durations);
        byte[] ctts = zeros(0);
        if (offsets != null) {
            boolean signed = Arrays.stream(offsets).anyMatch(offset -> offset < 0);
            ByteBuffer runs = ByteBuffer.allocate(8 * offsets.length);
            for (int offset : offsets) {
                runs.putInt(1).putInt(offset);
            }
            ctts = full("ctts", signed ? 1 : 0, 0, u32(offsets.length), runs.array());
        }
        byte[] stss = syncs == null ? zeros(0) : full("stss", 0, 0, u32(syncs.length), u32(syncs));
        return join(
                stsd,
                stts,
                ctts,
                stss,
                stsc(),
                sizeTable(),
                wideOffsets
                        ? full("co64", 0, 0, u32(chunks()), u64(chunkOffsets))
                        : full("stco", 0, 0, u32(chunks()), u32(chunkOffsets)));
    }

    private byte[] stsc() {
        List<long[]> runs = new ArrayList<>();
        for (int chunk = 0; chunk < chunks(); chunk++) {
            long samples = Math.min(samplesPerChunk, sizes.length - (long) chunk * samplesPerChunk);
            long entry = entryOfChunk.applyAsInt(chunk);
            long[] last = runs.isEmpty() ? new long[3] : runs.get(runs.size() - 1);
            if (last[1] != samples || last[2] != entry) {
                runs.add(new long[] {chunk + 1, samples, entry});
            }
        }
        return table("stsc", runs.toArray(new long[0][]));
    }

    private byte[] sizeTable() {
        int n = sizes.length;
        if (sizeBits == 32) {
            return full("stsz", 0, 0, u32(sizes[0], n));
        }
        if (sizeBits == 0) {
            return full(
                    "stsz",
                    0,
                    0,
                    u32(0, n),
                    u32(Arrays.stream(sizes).asLongStream().toArray()));
        }
        byte[] fields =
                switch (sizeBits) {
                    case 16 -> u16(sizes);
                    case 8 -> u8(sizes);
                    default -> {
                        int[] pairs = new int[(n + 1) / 2];
                        Arrays.setAll(pairs, i -> sizes[2 * i] << 4 | (2 * i + 1 < n ? sizes[2 * i + 1] : 0));
                        yield u8(pairs);
                    }
                };
        return full("stz2", 0, 0, u32(sizeBits, n), fields);
    }
}
