package org.reelcast.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.reelcast.rendition.GeneratedMedia;

/** Films whose headers, samples or times are odd, one of each kind that public bug reports tell of. */
final class OddFilms {
    private static final String FRAGMENTS = "+frag_keyframe+empty_moov+default_base_moof";
    private static final String LENGTH = "8";

    private OddFilms() {}

    /** Made by this class, or those of a folder. */
    static List<MatrixFilm> all() {
        String folder = System.getProperty("matrix.films", "");
        return folder.isEmpty() ? made() : inFolder(Path.of(folder));
    }

    /** Pictures to be shown: of two films of different sizes joined those of the first, of a thousand a second fewer. */
    static int pictures(MatrixFilm film) {
        return switch (film.name()) {
            case "joined" -> 5 * 30;
            // two parts of the same length, from a folder
            case "remoov-size" -> film.frames() / 2;
            case "thousand" -> film.frames() / 17;
            default -> film.frames();
        };
    }

    private static List<MatrixFilm> inFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .map(file ->
                            new MatrixFilm("", file.getFileName().toString().replace(".mp4", ""), "", () -> file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MatrixFilm> made() {
        return List.of(
                film("promised", "fragments whose header promises more than the sound keeps", promised()),
                film("opus-jitter", "Opus whose times are a little off", opus("odd-jitter", "20", "-bsf:a", jitter())),
                film("opus-120", "Opus packets of 120 ms", opus("odd-120", "120")),
                film("fields-apart", "each field a sample of its own", MatrixGenerated.fieldsApart()),
                film("byte-stream", "start codes in place of lengths", MatrixGenerated.byteStream()),
                film(
                        "anamorphic",
                        "pixels that are not square",
                        new MatrixRecipe()
                                .size("720x576")
                                .filter("setsar=64/45")
                                .seconds(LENGTH)
                                .make("odd-anamorphic")),
                film("mirrored", "a matrix that mirrors", MatrixGenerated.mirrored()),
                film("no-sound-header", "sound without its decoder's configuration", soundWithoutConfiguration()),
                film("empty-first", "the first sound is empty", emptyFirst()),
                film("joined", "two films of different sizes joined", joined()),
                film("turned", "a matrix that turns", MatrixGenerated.rotated(90)),
                film(
                        "thousand",
                        "a thousand pictures a second",
                        new MatrixRecipe()
                                .rate("1000")
                                .picture("-g", "1000")
                                .container("-video_track_timescale", "16000")
                                .make("odd-thousand")));
    }

    private static MatrixFilm film(String name, String says, Path file) {
        return new MatrixFilm("Odd", name, says, () -> file);
    }

    private static Path promised() {
        Path picture = new MatrixRecipe().silent().seconds(LENGTH).make("odd-picture");
        Path sound = new MatrixRecipe().blind().seconds("5").make("odd-sound");
        return GeneratedMedia.make(
                "odd-promised.mp4",
                "-i",
                picture.toString(),
                "-i",
                sound.toString(),
                "-c",
                "copy",
                "-movflags",
                "+dash+global_sidx+frag_keyframe+default_base_moof");
    }

    /** As browsers record: by up to a third of a millisecond. */
    private static String jitter() {
        return "setts=ts=TS+8*mod(N\\,3)";
    }

    private static Path opus(String name, String frameMs, String... more) {
        return new MatrixRecipe()
                .seconds(LENGTH)
                .container("-c:a", "libopus", "-b:a", "192k", "-frame_duration", frameMs)
                .container(more)
                .make(name);
    }

    private static Path soundWithoutConfiguration() {
        return changed("odd-no-esds.mp4", new MatrixRecipe().seconds(LENGTH).make("odd-plain"), "esds", "free");
    }

    private static Path changed(String name, Path film, String from, String to) {
        try {
            String bytes = Files.readString(film, StandardCharsets.ISO_8859_1).replaceFirst(from, to);
            return Files.writeString(film.resolveSibling(name), bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path emptyFirst() {
        Path plain = new MatrixRecipe().seconds(LENGTH).make("odd-plain");
        return GeneratedMedia.make(
                "odd-empty-first.mp4",
                "-i",
                plain.toString(),
                "-f",
                "lavfi",
                "-i",
                "anullsrc=r=48000:cl=stereo,atrim=end_sample=0",
                "-map",
                "0:v",
                "-map",
                "1:a",
                "-map",
                "0:a",
                "-c:v",
                "copy",
                "-c:a:0",
                "aac",
                "-c:a:1",
                "copy",
                "-movflags",
                FRAGMENTS);
    }

    private static Path joined() {
        try {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            for (String size : List.of("320x240", "480x360")) {
                both.write(Files.readAllBytes(new MatrixRecipe()
                        .size(size)
                        .seconds("5")
                        .flags(FRAGMENTS)
                        .make("odd-part-" + size)));
            }
            Path first = new MatrixRecipe().seconds("5").flags(FRAGMENTS).make("odd-part-320x240");
            return Files.write(first.resolveSibling("odd-joined.mp4"), both.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
