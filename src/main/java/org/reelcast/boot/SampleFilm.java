package org.reelcast.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Logger;

/** So that {@code vod://sample.mp4} plays out of the box. */
final class SampleFilm {
    private static final Logger LOG = Logger.getLogger(SampleFilm.class.getName());

    private SampleFilm() {}

    /**
     * Makes {@code folder} with the sample film in it; a folder that is there is left as it is, and one that somebody named
     * is not made, as its name may be mistyped.
     *
     * @param byDefault where films are when nobody says otherwise
     */
    static void unpack(Path folder, Path byDefault) {
        if (Files.exists(folder)) {
            return;
        }
        if (!folder.equals(byDefault)) {
            LOG.warning("There is no folder " + folder + " (media_dir), so no film of it plays. Is the name right?");
            return;
        }
        try (InputStream film = SampleFilm.class.getResourceAsStream("/sample.mp4")) {
            Files.createDirectories(folder);
            if (film != null) {
                Files.copy(film, folder.resolve("sample.mp4"));
                LOG.info(
                        "Made the folder for films, " + folder + ", with sample.mp4 in it: vod://sample.mp4 plays it.");
            }
        } catch (IOException e) {
            LOG.warning("The folder for films, " + folder + " (media_dir), is not there and cannot be made: " + e);
        }
    }
}
