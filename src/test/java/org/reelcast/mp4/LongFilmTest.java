package org.reelcast.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** What long films cost: heap by counting array bytes, reads by counting them. */
class LongFilmTest {

    /** 30 frames a second at about 1.2 Mbit/s and AAC at 128 kbit/s, chunks as small as FFmpeg makes them. */
    static TestMovie film(double hours, boolean bFrames) {
        Random random = new Random(1);
        TestTrack video = TestTrack.video(1, (int) (hours * 3600 * 30));
        video.durations = new long[][] {{video.sizes.length, 512}};
        video.timescale = 15_360;
        Arrays.setAll(video.sizes, i -> i % 60 == 0 ? 40_000 + random.nextInt(20_000)
                : 1000 + (int) Math.min(30_000, -4000 * Math.log(1 - random.nextDouble())));
        video.syncs = LongStream.range(0, (video.sizes.length + 59) / 60).map(i -> i * 60 + 1)
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

    @Test
    void indexOfTenHours_takesLessThan20Mb() throws Exception {
        TestMovie film = film(10, true);
        Movie movie = Movie.read(film.sparse());
        assertEquals(1_080_000, movie.video().orElseThrow().samples().count());
        assertEquals(1_687_500, movie.audio().orElseThrow().samples().count());
        assertTrue(movie.heapBytes() < 20_000_000, "bytes: " + movie.heapBytes());
        // and is right to the last sample, without drift
        SampleTable samples = movie.video().get().samples();
        TestTrack video = film.tracks.get(0);
        int last = samples.count() - 1;
        assertEquals(video.chunkOffsets[last], samples.position(last));
        assertEquals(video.sizes[last], samples.size(last));
        assertEquals(Math.round(last * 1e6 / 30), samples.decodeTimeUs(last));
        assertEquals(36_000_000_000L, movie.audio().get().durationUs());
    }

    @Test
    void twoHundredFilmsOfTwoHours_fitIntoAHeapOf512Mb() throws Exception {
        Movie movie = Movie.read(film(2, true).sparse());
        assertTrue(200 * movie.heapBytes() < 400_000_000, "bytes: " + movie.heapBytes());
    }

    @Test
    void headerAtTheEnd_costsLessThanTwoPercentOfTheBytes_inFewReads() throws Exception {
        TestMovie film = film(2, false);
        film.headerLast = true;
        film.wideData = true;
        TestSource source = film.sparse();
        Movie.read(source);
        assertTrue(source.bytesRead * 50 < source.size(), source.bytesRead + " of " + source.size());
        assertTrue(source.reads < 20, "reads: " + source.reads);
    }

    @Test
    void headerOfTenHours_isReadOnceAndInLargePieces() throws Exception {
        TestSource source = film(10, true).sparse();
        int header = film(10, true).frame()[0].length;
        Movie.read(source);
        assertTrue(source.bytesRead < header * 1.01, source.bytesRead + " of " + header);
        assertTrue(source.reads < header / 100_000, "reads: " + source.reads);
    }
}
