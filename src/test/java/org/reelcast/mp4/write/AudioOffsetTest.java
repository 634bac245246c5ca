package org.reelcast.mp4.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.LocalFile;

/** A film of which it is learned under way that its sound belongs elsewhere. */
class AudioOffsetTest {
    /** Of full scale: the beep, and nothing else. */
    private static final float LOUD = 0.25f;

    @TempDir
    Path folder;

    private Path fragments;
    private Path film;

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @ParameterizedTest
    @ValueSource(longs = {250_000, -250_000})
    void soundThatIsLearnedToBeLaterOrEarlier_isSoFromTheStart(long us) throws Exception {
        Clip clip = Clip.of("320x240", 4, "-bf", "0");
        fragments = folder.resolve("film.mp4.tmp");
        double before = audible(clip, 0);
        double after = audible(clip, us);
        assertEquals(us / 1e6, after - before, 0.001);
        assertEquals(0, Probe.times(film, "v:0").get(0), 0.0001);
        assertEquals(Math.max(4, 4 + us / 1e6), Probe.duration(film), 0.06);
        Probe.decodesCleanly(film);
        try (LocalFile source = LocalFile.open(film)) {
            assertEquals(0, Movie.read(source).video().orElseThrow().samples().presentationTimeUs(0));
        }
    }

    /** Seconds into the film at which the second beep begins. */
    private double audible(Clip clip, long laterUs) throws IOException {
        try (FileChannel to = create(fragments);
                FragmentWriter writer = clip.writer(to)) {
            clip.feed(writer);
            writer.soundLater(laterUs);
        }
        // what ffmpeg hears is kept by the file's name
        film = folder.resolve("later" + laterUs + ".mp4");
        try (FileChannel from = FileChannel.open(fragments);
                FileChannel to = create(film)) {
            Finisher.open(from).orElseThrow().write(to);
        }
        float[] samples = GeneratedMedia.reference(film, 1);
        int at = 48_000 * 3 / 5;
        while (Math.abs(samples[at]) < LOUD) {
            at++;
        }
        return at / 48_000.0;
    }
}
