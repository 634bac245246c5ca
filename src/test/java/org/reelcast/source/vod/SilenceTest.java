package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.Settings;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.storage.LocalFile;

/** A picture that does not come while the sound plays is said; one that stands is none such. */
class SilenceTest {
    private static final String NO_PICTURE = "No picture has come for 2 s: none of the film's can be decoded";

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private static Path film(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25",
                "-f",
                "lavfi",
                "-i",
                "sine=440:r=48000",
                "-t",
                "6",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-g",
                "25",
                "-bf",
                "0",
                "-c:a",
                "aac"));
        Collections.addAll(arguments, options);
        return GeneratedMedia.make("silence.mp4", arguments.toArray(String[]::new));
    }

    /** Samples of the picture from one on hold no NAL unit that anybody knows. */
    private Path withoutPictures(int from, int to) throws Exception {
        byte[] bytes = Files.readAllBytes(film());
        try (LocalFile source = LocalFile.open(film())) {
            SampleTable samples = Movie.read(source).video().orElseThrow().samples();
            for (int i = from; i < to; i++) {
                int at = (int) samples.position(i);
                int end = at + samples.size(i);
                bytes[at] = 0;
                bytes[at + 1] = 0;
                int length = end - at - 4;
                bytes[at + 1] = (byte) (length >> 16);
                bytes[at + 2] = (byte) (length >> 8);
                bytes[at + 3] = (byte) length;
                for (int k = at + 4; k < end; k++) {
                    bytes[k] = 30;
                }
            }
        }
        return Files.write(folder.resolve("without.mp4"), bytes);
    }

    private void read(Path file, boolean looped, int most) throws Exception {
        LocalFile source = LocalFile.open(file);
        Renditions renditions = Renditions.of(Movie.read(source), source, Settings.of(Map.of("cache_max_mb", "0")));
        try (Film film = new Film(source, FilmLibrary.tracks(renditions), BufferGate.NONE);
                FilmReader reader = new FilmReader(film, looped, said::add)) {
            for (int track = 0; track < film.tracks().size(); track++) {
                if (film.tracks().get(track).isRealTime()) {
                    reader.open(track, 0);
                }
            }
            for (int i = 0; i < most && reader.next() != null; i++) {
                // all of it
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filmWhosePicturesNobodyKnows_isSaidOnce(boolean looped) throws Exception {
        read(withoutPictures(0, 150), looped, 400);
        assertEquals(List.of(NO_PICTURE), said);
    }

    @Test
    void pictureThatComesBack_isSaidToo() throws Exception {
        read(withoutPictures(0, 100), false, 1000);
        assertEquals(NO_PICTURE, said.get(0));
        assertNull(said.get(1));
        assertEquals(2, said.size());
    }

    @Test
    void picturesThatStand_andSoundThatIsShorter_areNotSaid() throws Exception {
        read(film("-r", "1/3"), true, 1000);
        read(film("-af", "atrim=end=2"), false, 1000);
        read(film(), true, 1000);
        assertEquals(List.of(), said);
    }

    @Test
    void problemOfAStream_isItsNote_andViewersAreTold() throws Exception {
        VodFixture fixture = new VodFixture();
        fixture.register();
        VodFixture.Recorder viewer = fixture.play(fixture.open(VodFixture.LIVE));
        fixture.loop.runTasks();
        fixture.streams.find(stream -> true).get(0).setProblem(NO_PICTURE);
        assertEquals(List.of(NO_PICTURE), viewer.problems);
        assertEquals(
                Optional.of(NO_PICTURE), fixture.vod.find(all -> true).get(0).note());
        fixture.streams.find(stream -> true).get(0).setProblem(null);
        assertEquals(List.of(NO_PICTURE), viewer.problems);
        assertEquals(Optional.empty(), fixture.vod.find(all -> true).get(0).note());
    }
}
