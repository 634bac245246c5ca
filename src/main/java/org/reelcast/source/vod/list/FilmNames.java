package org.reelcast.source.vod.list;

import java.util.Locale;
import java.util.Set;

/** Names of files that are taken for films. */
public final class FilmNames {
    private static final Set<String> ENDINGS = Set.of("mp4", "m4v", "mov", "m4a", "3gp", "mkv", "webm");

    private FilmNames() {}

    /** Whether a file of that name is one, by its ending. */
    public static boolean isFilm(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
