package org.reelcast.mp4.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.Frame;
import org.reelcast.mp4.read.Movie;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.AnnexB;
import org.reelcast.storage.LocalFile;

/** What is written is what ffmpeg and our own reader read: as fragments, cut off anywhere, and finished. */
class WriteTest {
    @TempDir
    Path folder;

    private Path fragments;
    private Path film;

    @BeforeEach
    void names() {
        fragments = folder.resolve("film.mp4.tmp");
        film = folder.resolve("film.mp4");
    }

    private FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private Finisher finish(long narrow) throws IOException {
        try (FileChannel from = FileChannel.open(fragments);
                FileChannel to = create(film)) {
            Finisher finisher = Finisher.open(from).orElseThrow();
            finisher.write(to, narrow);
            return finisher;
        }
    }

    private Finisher finish() throws IOException {
        return finish(0xffff_ffffL);
    }

    private void write(Clip clip) throws IOException {
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            clip.feed(writer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-bf 0", "-bf 2", "-bf 0 -profile:v baseline"})
    void film_isWhatWasPutIn(String encoding) throws Exception {
        Clip clip = Clip.of("320x240", 5, encoding.split(" "));
        write(clip);
        Finisher finished = finish();

        assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film));
        Probe.decodesCleanly(film);
        Path stream = folder.resolve("in.h264");
        AnnexB.write(stream, clip.video);
        assertEquals(AnnexB.pictures(stream), AnnexB.picturesOf(film));
        assertEquals(5, Probe.duration(film), 0.06);
        assertEquals(Probe.duration(film), finished.durationUs() / 1e6, 0.001);
        assertEquals("A clip", Probe.title(film));
        assertEquals("h264,320,240", Probe.stream(film, "v:0", "codec_name,width,height"));
        assertEquals("aac,48000,1", Probe.stream(film, "a:0", "codec_name,sample_rate,channels"));
        List<Double> times = Probe.times(film, "v:0");
        assertEquals(125, times.size());
        for (int i = 0; i < 125; i++) {
            assertEquals(i * 0.04, times.get(i), 0.0001);
        }
        assertEquals(0, Probe.times(film, "a:0").get(0), 0.0001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fragments", "finished"})
    void ourOwnReader_seesTheSame(String form) throws Exception {
        Clip clip = Clip.of("320x240", 5, "-bf", "0");
        write(clip);
        finish();
        try (LocalFile source = LocalFile.open(form.equals("finished") ? film : fragments)) {
            Movie movie = Movie.read(source);
            Track video = movie.video().orElseThrow();
            assertTrue(video.samples().has(124));
            assertEquals(4_960_000, video.samples().presentationTimeUs(124));
            assertEquals(40_000, video.samples().durationUs(124));
            assertTrue(video.samples().isSync(100) && !video.samples().isSync(101));
            Track audio = movie.audio().orElseThrow();
            assertTrue(audio.samples().has(1));
            assertTrue(audio.samples().isCut(0), "the priming is cut away");
            assertEquals(0, audio.samples().presentationTimeUs(1), 20);
            assertEquals(5_000_000, movie.durationUs(), 60_000);
        }
    }

    @Test
    void fragments_playAsTheyAre() throws Exception {
        write(Clip.of("320x240", 5, "-bf", "0"));
        Probe.decodesCleanly(fragments);
        assertEquals(125, Probe.times(fragments, "v:0").size());
        List<String> boxes = Probe.boxes(fragments);
        assertTrue(boxes.size() >= 2 + 2 * 9, boxes::toString);
    }

    @Test
    void cutOffAnywhere_recoversAllWholeFragments() throws Exception {
        write(Clip.of("320x240", 5, "-bf", "0"));
        byte[] whole = Files.readAllBytes(fragments);
        ByteBuffer bytes = ByteBuffer.wrap(whole);
        int pictures = 0;
        int tried = 0;
        for (int at = 0; at < whole.length; at += bytes.getInt(at)) {
            int next = at + bytes.getInt(at);
            for (int cut : new int[] {at, at + 5, at + 8, (at + next) / 2, next - 1}) {
                int found = recover(java.util.Arrays.copyOf(whole, cut), cut == at && at > 40);
                assertTrue(found >= pictures, "cut at " + cut);
                pictures = found;
                tried++;
            }
        }
        assertTrue(tried > 100 && pictures >= 112, pictures + " pictures after " + tried);
    }

    private int recover(byte[] cut, boolean decode) throws IOException {
        Files.write(fragments, cut);
        try (FileChannel from = FileChannel.open(fragments);
                FileChannel to = create(film)) {
            Optional<Finisher> finisher = Finisher.open(from);
            if (finisher.isEmpty()) {
                return 0;
            }
            finisher.get().write(to);
        }
        if (decode) {
            Probe.decodesCleanly(film);
        }
        try (LocalFile source = LocalFile.open(film)) {
            Track video = Movie.read(source).video().orElseThrow();
            assertTrue(!video.samples().isTruncated());
            return video.samples().count();
        }
    }

    @Test
    void garbageAtTheEnd_isLeftOut() throws Exception {
        write(Clip.of("320x240", 5, "-bf", "0"));
        Files.write(fragments, new byte[100_000], StandardOpenOption.APPEND);
        assertEquals(5, finish().durationUs() / 1e6, 0.06);
        Probe.decodesCleanly(film);
    }

    @Test
    void sixtyFourBitOffsets_readAsWell() throws Exception {
        write(Clip.of("320x240", 5, "-bf", "0"));
        finish(1000);
        Probe.decodesCleanly(film);
        assertEquals(125, Probe.times(film, "v:0").size());
        assertTrue(new String(Files.readAllBytes(film), java.nio.charset.StandardCharsets.ISO_8859_1).contains("co64"));
    }

    @Test
    void anotherResolutionMidway_isAnotherSampleEntry() throws Exception {
        Clip small = Clip.of("320x240", 2, "-bf", "0");
        Clip large = Clip.of("640x480", 2, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = small.writer(to)) {
            small.feed(writer);
            writer.entry(Clip.avc(large.video.get(0)));
            for (Frame frame : large.video) {
                writer.video(Clip.units(2_000_000 + frame.decodeTimeUs()), 0, frame.isKey(), Clip.nals(frame));
            }
        }
        finish();
        Probe.decodesCleanly(fragments);
        Probe.decodesCleanly(film);
        try (LocalFile source = LocalFile.open(film)) {
            Track video = Movie.read(source).video().orElseThrow();
            assertEquals(2, video.entries().size());
            assertEquals(0, video.samples().entry(49));
            assertEquals(1, video.samples().entry(50));
            assertEquals(100, video.samples().count());
        }
    }

    @Test
    void manyResolutions_keepToTheFewEntriesThatReadersTake() throws Exception {
        Clip clip = Clip.of("320x240", 2, "-bf", "0");
        Frame key = clip.video.get(0);
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            for (int i = 0; i < 100; i++) {
                writer.entry(Clip.avc(key));
                writer.video(3000L * i, 0, true, Clip.nals(key));
            }
        }
        finish();
        try (LocalFile source = LocalFile.open(film)) {
            Track video = Movie.read(source).video().orElseThrow();
            assertTrue(video.entries().size() <= FragmentWriter.MAX_ENTRIES);
            assertEquals(100, video.samples().count());
        }
        Probe.decodesCleanly(film);
    }

    @Test
    void gapInThePicture_leavesTimeRight() throws Exception {
        Clip clip = Clip.of("320x240", 4, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            int sounded = 0;
            for (int i = 0; i < clip.video.size(); i++) {
                while (sounded < clip.audio.size() && sounded * 1024 <= i * 1920) {
                    writer.audio(sounded * 1024L, 1024, ByteBuffer.wrap(clip.audio.get(sounded++)));
                }
                if (i < 10 || i >= 50) {
                    Frame frame = clip.video.get(i);
                    writer.video(i * 3600L, 0, frame.isKey(), Clip.nals(frame));
                }
            }
        }
        finish();
        Probe.decodesCleanly(film);
        List<Double> times = Probe.times(film, "v:0");
        assertEquals(0.36, times.get(9), 0.0001);
        assertEquals(2, times.get(10), 0.0001);
        assertEquals(4, Probe.duration(film), 0.06);
    }

    @Test
    void soundThatStartsLater_doesSoInTheFilm() throws Exception {
        Clip clip = Clip.of("320x240", 4, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            clip.feed(writer, 0, 1_500_000);
        }
        finish();
        assertEquals(1.5, Probe.times(film, "a:0").get(0), 0.0001);
        assertEquals(0, Probe.times(film, "v:0").get(0), 0.0001);
        assertEquals(5.5, Probe.duration(film), 0.06);
        Probe.decodesCleanly(film);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void rotation_isInTheMatrix(int rotation) throws Exception {
        Clip clip = Clip.of("320x240", 2, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer =
                        new FragmentWriter(to, Optional.of(clip.videoTrack(rotation)), Optional.empty(), 0, "")) {
            for (Frame frame : clip.video) {
                writer.video(Clip.units(frame.decodeTimeUs()), 0, frame.isKey(), Clip.nals(frame));
            }
        }
        finish();
        try (LocalFile source = LocalFile.open(film)) {
            Movie movie = Movie.read(source);
            assertEquals(rotation, movie.video().orElseThrow().rotation());
            assertTrue(movie.audio().isEmpty());
        }
        String shown = Probe.stream(film, "v:0", "_side_data=rotation");
        assertEquals(
                rotation == 0 ? 0 : 360 - rotation,
                shown.isEmpty() ? 0 : Math.floorMod(Integer.parseInt(shown.replaceAll("[^-0-9]", "")), 360));
    }

    @Test
    void soundAlone() throws Exception {
        Clip clip = Clip.of("320x240", 4, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = new FragmentWriter(to, Optional.empty(), Optional.of(clip.sound), 0, "")) {
            for (int i = 0; i < clip.audio.size(); i++) {
                writer.audio(i * 1024L, 1024, ByteBuffer.wrap(clip.audio.get(i)));
            }
        }
        assertTrue(Probe.boxes(fragments).size() >= 2 + 2 * 7);
        finish();
        Probe.decodesCleanly(film);
        assertEquals(4, Probe.duration(film), 0.06);
    }

    @Test
    void trackWithoutSamples_isLeftOut() throws Exception {
        Clip clip = Clip.of("320x240", 2, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            for (Frame frame : clip.video) {
                writer.video(Clip.units(frame.decodeTimeUs()), 0, frame.isKey(), Clip.nals(frame));
            }
        }
        Finisher finisher = finish();
        assertTrue(finisher.hasVideo() && !finisher.hasAudio());
        assertEquals("", Probe.stream(film, "a:0", "codec_name"));
        Probe.decodesCleanly(film);
    }

    @Test
    void nothingWritten_isNothingToFinish() throws Exception {
        Clip clip = Clip.of("320x240", 2, "-bf", "0");
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            assertTrue(writer.bytes() > 0);
        }
        try (FileChannel from = FileChannel.open(fragments)) {
            assertTrue(Finisher.open(from).isEmpty());
        }
    }

    @Test
    void fullDisk_leavesWhatFitted() throws Exception {
        Clip clip = Clip.of("320x240", 5, "-bf", "0");
        try (FileChannel file = create(fragments)) {
            FragmentWriter writer = clip.writer(new FullDisk(file, 150_000));
            assertThrows(IOException.class, () -> clip.feed(writer));
        }
        Finisher finisher = finish();
        assertTrue(finisher.durationUs() > 1_000_000, "finished " + finisher.durationUs());
        assertTrue(finisher.wholeBytes() <= 150_000);
        Probe.decodesCleanly(film);
    }
}
