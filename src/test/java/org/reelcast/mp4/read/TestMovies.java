package org.reelcast.mp4.read;

import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.text;
import static org.reelcast.mp4.read.Mp4.u16;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u64;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** One small film for each structure that occurs; {@link MovieDumpTest} keeps what the reader makes of them. */
final class TestMovies {

    private TestMovies() {}

    static TestMovie plain() {
        return new TestMovie(TestTrack.video(1, 24), TestTrack.audio(2, 40));
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> films = new LinkedHashMap<>();
        films.put("plain", plain().bytes());
        films.put("wide", wide().bytes());
        films.put("b-frames", bFrames().bytes());
        films.put("b-frames-signed", signedOffsets().bytes());
        films.put("edits-start-late", startLate().bytes());
        films.put("edits-several", severalEdits().bytes());
        films.put("no-stss-stz2", compactSizes().bytes());
        films.put("entries-several", severalEntries().bytes());
        films.put("variable-rate", variableRate().bytes());
        films.put("quicktime", quickTime().bytes());
        films.put("quicktime-sound-2", quickTimeSound2().bytes());
        films.put("timescale-extremes", timescaleExtremes().bytes());
        films.put("tracks-many", manyTracks().bytes());
        films.put("rotated-nal2", rotated().bytes());
        films.put("open-mdat", openData().bytes());
        films.put("fragments", fragments().bytes());
        films.put("fragments-after-plain", fragmentsAfterPlain().bytes());
        byte[] plain = plain().bytes();
        films.put("cut-off", Arrays.copyOf(plain, plain.length - 300));
        return films;
    }

    static TestFragments fragments() {
        TestFragments film = new TestFragments(TestTrack.video(1, 24), TestTrack.audio(2, 40));
        film.base = TestFragments.Base.EXPLICIT;
        film.tracks.get(1).edits = new long[][] {{0, 1024, 1}};
        return film;
    }

    /** Part plain, part in fragments. */
    static TestFragments fragmentsAfterPlain() {
        TestFragments film = new TestFragments(TestTrack.video(1, 24), TestTrack.audio(2, 40));
        film.plain = 6;
        return film;
    }

    /** Version 1 boxes, 64-bit chunk offsets and mdat size, header at the end. */
    static TestMovie wide() {
        TestMovie movie = plain();
        for (TestTrack track : movie.tracks) {
            track.version = 1;
            track.wideOffsets = true;
        }
        movie.tracks.get(1).edits = new long[][] {{832, 1024, 1}};
        movie.headerLast = true;
        movie.wideData = true;
        return movie;
    }

    /** As FFmpeg writes them: composition offsets not negative, the edit list takes the delay out. */
    static TestMovie bFrames() {
        TestMovie movie = plain();
        TestTrack video = movie.tracks.get(0);
        int[] pattern = {1024, 2560, 1024, 0, 512};
        video.offsets = new int[24];
        Arrays.setAll(video.offsets, i -> pattern[i % 5]);
        video.edits = new long[][] {{960, 1024, 1}};
        movie.tracks.get(1).edits = new long[][] {{833, 1024, 1}};
        return movie;
    }

    static TestMovie signedOffsets() {
        TestMovie movie = plain();
        TestTrack video = movie.tracks.get(0);
        int[] pattern = {0, 1536, 0, -1024, -512};
        video.offsets = new int[24];
        Arrays.setAll(video.offsets, i -> pattern[i % 5]);
        return movie;
    }

    static TestMovie startLate() {
        TestMovie movie = plain();
        movie.tracks.get(0).edits = new long[][] {{500, -1, 1}, {960, 0, 1}};
        // the decoder's 2112 samples of priming end within the third packet
        movie.tracks.get(1).edits = new long[][] {{809, 2112, 1}};
        return movie;
    }

    /** Frames 5 to 9, a pause of 100 ms, frames 15 on. */
    static TestMovie severalEdits() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 24));
        movie.tracks.get(0).edits = new long[][] {{200, 5 * 512, 1}, {100, -1, 1}, {200, 15 * 512, 1}};
        return movie;
    }

    static TestMovie compactSizes() {
        TestMovie movie = plain();
        movie.tracks.get(0).syncs = null;
        movie.tracks.get(0).sizeBits = 8;
        movie.tracks.get(1).sizeBits = 4;
        return movie;
    }

    /** The picture becomes smaller at the fourth chunk. */
    static TestMovie severalEntries() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 24));
        movie.tracks.get(0).entries.add(Mp4.visual("avc3", 320, 180, Mp4.avcC(1)));
        movie.tracks.get(0).entryOfChunk = chunk -> chunk < 3 ? 1 : 2;
        movie.tracks.get(0).sizeBits = 16;
        return movie;
    }

    static TestMovie variableRate() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 12));
        TestTrack video = movie.tracks.get(0);
        video.timescale = 1000;
        video.durations = new long[][] {{2, 33}, {1, 34}, {1, 0}, {3, 500}, {1, 0xffff_fff0L}, {4, 17}};
        video.sizes[5] = 0;
        video.sizes[11] = 0;
        return movie;
    }

    /** Sound description of version 1 with its esds in a wave atom, chapters in a text track. */
    static TestMovie quickTime() {
        TestMovie movie = plain();
        movie.ftyp = join(box("ftyp", text("qt  "), u32(512), text("qt  ")), box("wide"));
        byte[] wave =
                box("wave", box("frma", text("mp4a")), box("mp4a", zeros(4)), Mp4.esds(0x40, Mp4.AAC_LC), zeros(8));
        movie.tracks
                .get(1)
                .entries
                .set(
                        0,
                        box(
                                "mp4a",
                                zeros(6),
                                u16(1, 1),
                                zeros(6),
                                u16(2, 16, 0xfffe, 0),
                                u32(48_000L << 16),
                                u32(1024, 0, 0, 2),
                                wave));
        return movie;
    }

    /** Second version of the sound description: 64-bit float rate, 32-bit channels. */
    static TestMovie quickTimeSound2() {
        TestMovie movie = new TestMovie(TestTrack.audio(1, 4));
        movie.ftyp = box("ftyp", text("qt  "), u32(512), text("qt  "));
        movie.tracks
                .get(0)
                .entries
                .set(
                        0,
                        box(
                                "mp4a",
                                zeros(6),
                                u16(1, 2),
                                zeros(6),
                                u16(3, 16, 0xfffe, 0),
                                u32(0x10000, 72),
                                u64(Double.doubleToLongBits(48_000)),
                                u32(2, 0x7f000000, 0, 0, 0, 1024),
                                Mp4.esds(0x40, Mp4.AAC_LC)));
        return movie;
    }

    /** One unit a second for video, four billion for audio. */
    static TestMovie timescaleExtremes() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 4), TestTrack.audio(2, 6));
        movie.tracks.get(0).timescale = 1;
        movie.tracks.get(0).durations = new long[][] {{4, 1}};
        movie.tracks.get(1).timescale = 0xffff_ffffL;
        movie.tracks.get(1).durations = new long[][] {{6, 0x7fff_ffffL}};
        movie.timescale = 0xffff_ffffL;
        movie.tracks.get(1).edits = new long[][] {{0xffff_ffffL, -1, 1}, {0, 0, 1}};
        return movie;
    }

    /** Disabled tracks first, a second audio track, subtitles, metadata, chapter pictures, one codec unknown. */
    static TestMovie manyTracks() {
        TestTrack disabled = TestTrack.video(1, 4);
        disabled.enabled = false;
        TestTrack chapterPictures = TestTrack.video(2, 4);
        TestTrack subtitles = TestTrack.video(3, 4);
        subtitles.handler = "sbtl";
        subtitles.entries.set(0, box("tx3g", zeros(30)));
        TestTrack metadata = TestTrack.video(4, 4);
        metadata.handler = "meta";
        TestTrack unknown = TestTrack.audio(5, 4);
        unknown.entries.set(0, Mp4.sound("ec-3", 2, 48_000));
        TestTrack video = TestTrack.video(6, 8);
        video.extra = box("tref", box("chap", u32(2)));
        TestTrack disabledAudio = TestTrack.audio(7, 4);
        disabledAudio.enabled = false;
        TestMovie movie = new TestMovie(
                disabled,
                chapterPictures,
                subtitles,
                metadata,
                unknown,
                video,
                disabledAudio,
                TestTrack.audio(8, 12),
                TestTrack.audio(9, 12));
        movie.extra = box("udta", full("meta", 0, 0, zeros(20)));
        return movie;
    }

    static TestMovie rotated() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 6));
        TestTrack video = movie.tracks.get(0);
        video.entries.set(0, Mp4.visual("avc1", 640, 360, Mp4.avcC(2), zeros(4)));
        video.matrix = new int[] {0, 0x10000, 0, -0x10000, 0, 0, 360 << 16, 0, 0x40000000};
        video.syncs = LongStream.of(3, 6).toArray();
        return movie;
    }

    static TestMovie openData() {
        TestMovie movie = new TestMovie(TestTrack.audio(1, 6));
        movie.openData = true;
        movie.tracks.get(0).sizeBits = 32;
        Arrays.fill(movie.tracks.get(0).sizes, 9);
        movie.tracks.get(0).entries.set(0, Mp4.sound("mp4a", 1, 22_050, Mp4.esds(0x67, new byte[0])));
        return movie;
    }
}
