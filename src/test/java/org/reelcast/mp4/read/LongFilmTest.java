package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.SampleTable;

/** What long films cost: heap by counting array bytes, reads by counting them. */
class LongFilmTest {

    /** 30 frames a second at about 1.2 Mbit/s and AAC at 128 kbit/s, chunks as small as FFmpeg makes them. */
    static TestMovie film(double hours, boolean bFrames) {
        Random random = new Random(1);
        TestTrack video = TestTrack.video(1, (int) (hours * 3600 * 30));
        video.durations = new long[][] {{video.sizes.length, 512}};
        video.timescale = 15_360;
        Arrays.setAll(
                video.sizes,
                i -> i % 60 == 0
                        ? 40_000 + random.nextInt(20_000)
                        : 1000 + (int) Math.min(30_000, -4000 * Math.log(1 - random.nextDouble())));
        video.syncs = LongStream.range(0, (video.sizes.length + 59) / 60)
                .map(i -> i * 60 + 1)
                .toArray();
        if (bFrames) {
            video.offsets = new int[video.sizes.length];
            int[] pattern = {1024, 2560, 1024, 0, 512};
            Arrays.setAll(video.offsets, i -> pattern[i % 5]);
        }
        video.samplesPerChunk = 1;
        video.wideOffsets = true;
        TestTrack audio = TestTrack.audio(2, (int) (hours * 3600 * 48_000 / 1024));
        Arrays.setAll(audio.sizes, i -> 341 + (int) (random.nextGaussian() * 40));
        audio.samplesPerChunk = 2;
        audio.wideOffsets = true;
        return new TestMovie(video, audio);
    }

    private static TestMovie tenHours;
    private static Movie index;

    @TempDir
    private Path folder;

    private static TestSource source;

    @BeforeAll
    static void readTenHours() throws Exception {
        tenHours = film(10, true);
        source = tenHours.sparse();
        index = Movie.read(source);
    }

    @AfterAll
    static void forget() {
        tenHours = null;
        index = null;
        source = null;
    }

    @Test
    void indexOfTenHours_takesLessThan20Mb() {
        assertEquals(1_080_000, index.video().orElseThrow().samples().count());
        assertEquals(1_687_500, index.audio().orElseThrow().samples().count());
        assertTrue(index.heapBytes() < 20_000_000, "bytes: " + index.heapBytes());
    }

    @Test
    void indexOfTenHours_isRightToTheLastSample() {
        SampleTable samples = index.video().orElseThrow().samples();
        TestTrack video = tenHours.tracks.get(0);
        int last = samples.count() - 1;
        assertEquals(video.chunkOffsets[last], samples.position(last));
        assertEquals(video.sizes[last], samples.size(last));
        assertEquals(Math.round(last * 1e6 / 30), samples.decodeTimeUs(last));
        assertEquals(36_000_000_000L, index.audio().orElseThrow().durationUs());
    }

    @Test
    void headerOfTenHours_isReadOnceAndInLargePieces() {
        long header = source.size()
                - tenHours.tracks.stream()
                        .flatMapToInt(t -> Arrays.stream(t.sizes))
                        .asLongStream()
                        .sum();
        assertTrue(source.bytesRead < header * 1.01, source.bytesRead + " of " + header);
        assertTrue(source.reads < header / 100_000, "reads: " + source.reads);
    }

    @Test
    void twoHoursWithTheHeaderAtTheEnd_costLessThanTwoPercentOfTheBytes_inFewReads() throws Exception {
        TestMovie film = film(2, true);
        film.headerLast = true;
        film.wideData = true;
        TestSource source = film.sparse();
        Movie movie = Movie.read(source);
        assertTrue(source.bytesRead * 50 < source.size(), source.bytesRead + " of " + source.size());
        assertTrue(source.reads < 10, "reads: " + source.reads);
        assertTrue(movie.heapBytes() < 2_000_000, "bytes: " + movie.heapBytes());
    }

    @Test
    void twoHoursOnDisk_takeATenthOfAMegabyteOfHeap() throws Exception {
        Movie movie = Movie.read(film(2, true).sparse(), new PageStore(folder, 100));
        // 200 such films are to fit into a heap of 512 MB, with what else there is
        assertTrue(movie.heapBytes() < 105_000, "bytes: " + movie.heapBytes());
    }

    @Test
    void tenHoursInFragments_growToTheSameSize() throws Exception {
        SamplePacker packer = new SamplePacker(Limits.TIME, PageStore.HEAP);
        TestTrack video = tenHours.tracks.get(0);
        long bytes = 0;
        for (int i = 0; i < video.sizes.length; i++) {
            packer.add(video.chunkOffsets[i], video.sizes[i], 512L * i, 512, video.offsets[i], i % 60 == 0, 0);
            if (i % 60 == 59) {
                bytes = packer.snapshot().bytes();
            }
        }
        assertTrue(bytes < 1.6 * packer.finish().bytes(), "growing: " + bytes);
    }
}
