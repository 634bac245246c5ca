package org.reelcast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.reelcast.rendition.GeneratedMedia;

/**
 * One film of the matrix.
 *
 * @param group what of it varies
 * @param name  of the file, without its ending
 * @param says  what it is, for readers of the table
 * @param maker makes it, or finds it made
 */
record MatrixFilm(String group, String name, String says, Supplier<Path> maker) {

    Path file() {
        return maker.get();
    }

    /** As viewers ask for it. */
    String fileName() {
        String made = file().getFileName().toString();
        return name + made.substring(made.lastIndexOf('.'));
    }

    /** 4K at 60 frames a second may fall to the frame rate that the machine sustains. */
    boolean mayFall() {
        return name.startsWith("3840x2160-60");
    }

    /** Of the first picture. */
    int width() {
        return Integer.parseInt(
                probe("-select_streams", "v:0", "-show_entries", "stream=width").split("\\R")[0]);
    }

    boolean hasPicture() {
        return has("v");
    }

    boolean hasSound() {
        return has("a");
    }

    private boolean has(String kind) {
        return !probe("-select_streams", kind, "-show_entries", "stream=index").isEmpty();
    }

    /** Pictures to be shown: ffmpeg decodes the first track, with its edit list, and counts. */
    int frames() {
        Path count = file().resolveSibling(file().getFileName() + ".frames");
        try {
            if (!Files.exists(count)) {
                Files.writeString(count, Integer.toString(decoded(file().toString())));
            }
            return Integer.parseInt(Files.readString(count));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures that ffmpeg decodes of a file or an address. */
    static int decoded(String source) {
        return probeOf(source, "-select_streams", "v:0", "-count_frames", "-show_entries", "stream=nb_read_frames")
                .lines()
                .filter(line -> line.matches("\\d+,?"))
                .findFirst()
                .map(line -> Integer.parseInt(line.replace(",", "")))
                .orElseThrow();
    }

    private String probe(String... arguments) {
        return probeOf(file().toString(), arguments);
    }

    private static String probeOf(String source, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("ffprobe", "-v", "error"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-of", "csv=p=0", source));
        try {
            return GeneratedMedia.run(command).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
