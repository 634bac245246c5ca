package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.index.PackedSamples;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleBlock;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;

class SampleTableTest {
    private static final int COUNT = 1000;
    private final Random random = new Random(7);
    private final long[] position = new long[COUNT];
    private final int[] size = new int[COUNT];
    private final long[] decode = new long[COUNT];
    private final int[] duration = new int[COUNT];
    private final int[] offset = new int[COUNT];
    private final boolean[] sync = new boolean[COUNT];
    private final int[] entry = new int[COUNT];

    /** Wild values: large, small, all kinds of gaps back and forth. */
    private PackedSamples wild(boolean snapshot) throws Refusal {
        SamplePacker packer = new SamplePacker(Limits.TIME, PageStore.HEAP);
        PackedSamples[] early = new PackedSamples[1];
        for (int i = 0; i < COUNT; i++) {
            position[i] = random.nextInt(5) == 0 ? random.nextLong() >>> 8 : i > 0 ? position[i - 1] + size[i - 1] : 0;
            size[i] = random.nextInt(10) == 0 ? random.nextInt(Limits.SAMPLE_BYTES) : random.nextInt(3000);
            decode[i] = random.nextInt(50) == 0
                    ? random.nextLong() >>> 8
                    : i == 0 ? 0 : Math.min(Limits.TIME, decode[i - 1] + duration[i - 1]);
            duration[i] = random.nextInt(20) == 0 ? random.nextInt(Integer.MAX_VALUE) : 512;
            offset[i] = random.nextInt(20) == 0 ? random.nextInt() : 512 * random.nextInt(5);
            sync[i] = random.nextInt(30) == 0;
            entry[i] = i / 300;
            packer.add(position[i], size[i], decode[i], duration[i], offset[i], sync[i], entry[i]);
            if (i == COUNT / 2) {
                early[0] = packer.snapshot();
            }
        }
        // a state taken early does not change when more is added
        assertEquals(COUNT / 2 + 1, early[0].count);
        compare(early[0]);
        return snapshot ? packer.snapshot() : packer.finish();
    }

    private void compare(PackedSamples packed) {
        for (int i = 0; i < packed.count; i++) {
            SampleBlock block = packed.block(i);
            int at = i - block.first;
            assertEquals(position[i], block.position[at]);
            assertEquals(size[i], block.size[at]);
            assertEquals(decode[i], block.decode[at]);
            assertEquals(duration[i], block.duration[at]);
            assertEquals(offset[i], block.offset[at]);
            assertEquals(sync[i], block.sync[at]);
            assertEquals(entry[i], block.entry[at]);
        }
    }

    @Test
    void packedSamples_comeOutAsTheyWentIn() throws Exception {
        compare(wild(false));
        compare(wild(true));
    }

    @Test
    void constantSamples_takeNextToNothing() throws Exception {
        SamplePacker packer = new SamplePacker(Limits.TIME, PageStore.HEAP);
        for (int i = 0; i < 1_000_000; i++) {
            packer.add(100L * i, 100, 1024L * i, 1024, 0, true, 0);
        }
        assertTrue(
                packer.finish().bytes() < 500_000, "bytes: " + packer.finish().bytes());
    }

    @Test
    void valuesBeyondTheLimits_areRefused() {
        SamplePacker packer = new SamplePacker(1000, PageStore.HEAP);
        assertThrows(Refusal.class, () -> packer.add(-1, 1, 0, 1, 0, true, 0));
        assertThrows(Refusal.class, () -> packer.add(0, -1, 0, 1, 0, true, 0));
        assertThrows(Refusal.class, () -> packer.add(0, 1, 1001, 1, 0, true, 0));
        assertEquals(0, packer.count());
    }

    @Test
    void cursorAndAccessByIndex_agree() throws Exception {
        SampleTable table = Movie.read(new TestSource(TestMovies.bFrames().bytes()))
                .video()
                .orElseThrow()
                .samples();
        SampleCursor cursor = table.cursor();
        assertEquals(-1, cursor.index());
        int[] order = {5, 3, 23, 0, 11};
        for (int i : order) {
            assertTrue(cursor.seek(i));
            assertEquals(i, cursor.index());
            assertEquals(table.position(i), cursor.position());
            assertEquals(table.size(i), cursor.size());
            assertEquals(table.decodeTimeUs(i), cursor.decodeTimeUs());
            assertEquals(table.presentationTimeUs(i), cursor.presentationTimeUs());
            assertEquals(table.durationUs(i), cursor.durationUs());
            assertEquals(table.isSync(i), cursor.isSync());
            assertEquals(table.entry(i), cursor.entry());
            assertEquals(table.isCut(i), cursor.isCut());
            assertEquals(table.isAvailable(i), cursor.isAvailable());
        }
        assertFalse(cursor.seek(24));
        assertEquals(11, cursor.index());
        assertThrows(IndexOutOfBoundsException.class, () -> table.size(24));
        assertThrows(IndexOutOfBoundsException.class, () -> table.size(-1));
    }

    private static SampleTable video(TestTrack track) throws IOException {
        return Movie.read(new TestSource(new TestMovie(track).bytes()))
                .video()
                .orElseThrow()
                .samples();
    }

    @Test
    void syncAtOrBefore_findsTheKeyFrameThatShowsTheTime() throws Exception {
        TestTrack track = TestTrack.video(1, 1000);
        track.edits = new long[][] {{500, -1, 1}, {0, 0, 1}};
        SampleTable table = video(track);
        for (int i = 0; i < 1000; i++) {
            long timeUs = 500_000 + i * 40_000L;
            assertEquals(timeUs, table.presentationTimeUs(i));
            assertEquals(i / 10 * 10, table.syncAtOrBefore(timeUs));
            assertEquals(i / 10 * 10, table.syncAtOrBefore(timeUs + 39_999));
        }
        assertEquals(0, table.syncAtOrBefore(0));
        assertEquals(990, table.syncAtOrBefore(Long.MAX_VALUE / 4));
    }

    @Test
    void syncAtOrBefore_isExactForTimesThatAreRounded() throws Exception {
        TestTrack track = TestTrack.audio(1, 5000);
        track.timescale = 44_100;
        SampleTable table = Movie.read(new TestSource(new TestMovie(track).bytes()))
                .audio()
                .orElseThrow()
                .samples();
        for (int i = 0; i < 5000; i++) {
            assertEquals(i, table.syncAtOrBefore(table.presentationTimeUs(i)));
            assertEquals(Math.max(0, i - 1), table.syncAtOrBefore(table.presentationTimeUs(i) - 1));
        }
    }

    @Test
    void syncAtOrBefore_fallsBackToTheFirstKeyFrameOrSample() throws Exception {
        TestTrack track = TestTrack.video(1, 300);
        track.syncs = new long[] {201, 251};
        assertEquals(200, video(track).syncAtOrBefore(0));
        assertEquals(200, video(track).syncAtOrBefore(201 * 40_000));
        assertEquals(250, video(track).syncAtOrBefore(299 * 40_000));
        track.syncs = new long[0];
        assertEquals(0, video(track).syncAtOrBefore(5_000_000));
        assertTrue(video(track).hasSyncTable());
    }

    @Test
    void syncAtOrBefore_withNegativeOffsets_looksAtPresentationTimes() throws Exception {
        TestTrack track = TestTrack.video(1, 40);
        track.offsets = new int[40];
        Arrays.fill(track.offsets, -1024);
        SampleTable table = video(track);
        assertEquals(320_000, table.presentationTimeUs(10));
        assertEquals(10, table.syncAtOrBefore(320_000));
        assertEquals(0, table.syncAtOrBefore(319_999));
    }

    @Test
    void times_doNotDriftWhateverTheTimescale() throws Exception {
        for (long timescale : new long[] {1, 7, 600, 30_000, 90_000, 10_000_000, 0xffff_ffffL}) {
            Timeline timeline = Timeline.of(List.of(), 1000, timescale, false);
            for (long second : new long[] {0, 1, 36_000, 1_000_000}) {
                assertEquals(second * 1_000_000, timeline.presentationUs(second * timescale));
            }
        }
        assertEquals(33_367, Timeline.of(List.of(), 1000, 30_000, false).presentationUs(1001));
        assertEquals(-33_367, Timeline.of(List.of(), 1000, 30_000, false).presentationUs(-1001));
    }

    /** Offsets may differ for other reasons: a jitter of the recorder's, an offset that changes between parts. */
    @Test
    void hasReordering_whenASampleIsShownBeforeAnEarlierOne() throws Exception {
        assertFalse(reorders(0, 512, 512, 100, 100));
        assertFalse(reorders(512, 0, -512));
        assertTrue(reorders(512, 1536, 0, 512));
        assertTrue(reorders(0, 0, 0, 513, 0));
    }

    private static boolean reorders(int... offsets) throws Refusal {
        SamplePacker packer = new SamplePacker(Limits.TIME, PageStore.HEAP);
        for (int i = 0; i < offsets.length; i++) {
            packer.add(100 * i, 100, 512L * i, 512, offsets[i], true, 0);
        }
        return packer.finish().reordered;
    }
}
