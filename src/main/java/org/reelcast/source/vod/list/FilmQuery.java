package org.reelcast.source.vod.list;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.reelcast.config.Nearest;

/**
 * What somebody wants to see of the films.
 *
 * @param folder whose films and subfolders; empty for the folder of films itself
 * @param search text in the names, in all subfolders; empty for none
 */
record FilmQuery(String folder, String search) {
    private static final int MOST_NEAR = 3;
    /** More letters tell no more, and cost the more. */
    private static final int LETTERS = 60;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** @param folders names of subfolders with films @param films in the folder, or found in it */
    record Found(List<String> folders, List<FilmEntry> films) {}

    Found in(List<FilmEntry> all) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        List<FilmEntry> below =
                all.stream().filter(film -> film.name().startsWith(prefix)).toList();
        if (!search.isBlank()) {
            String wanted = search.strip().toLowerCase(Locale.ROOT);
            return new Found(
                    List.of(),
                    below.stream()
                            .filter(film -> film.name()
                                    .substring(prefix.length())
                                    .toLowerCase(Locale.ROOT)
                                    .contains(wanted))
                            .toList());
        }
        TreeSet<String> folders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
        below.stream()
                .map(film -> film.name().substring(prefix.length()))
                .filter(rest -> rest.indexOf('/') > 0)
                .forEach(rest -> folders.add(rest.substring(0, rest.indexOf('/'))));
        return new Found(
                List.copyOf(folders),
                below.stream()
                        .filter(film -> film.name().indexOf('/', prefix.length()) < 0)
                        .toList());
    }

    /** The films with the names nearest to one that is not there; none when even they are far off. */
    static List<FilmEntry> near(String typed, List<FilmEntry> all) {
        String wanted = plain(typed);
        int limit = Nearest.limit(wanted);
        record Near(FilmEntry film, int distance) {}
        return all.stream()
                .map(film -> new Near(film, distance(wanted, film, limit)))
                .filter(near -> near.distance() <= limit)
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(MOST_NEAR)
                .map(Near::film)
                .toList();
    }

    private static int distance(String wanted, FilmEntry film, int limit) {
        int whole = distance(wanted, plain(film.name()), limit);
        return film.name().indexOf('/') < 0 ? whole : Math.min(whole, distance(wanted, plain(film.file()), limit));
    }

    private static int distance(String wanted, String name, int limit) {
        return Math.abs(wanted.length() - name.length()) > limit ? Integer.MAX_VALUE : Nearest.distance(wanted, name);
    }

    /** Accents, signs and capitals are what people remember least. */
    private static String plain(String name) {
        String first = name.substring(0, Math.min(name.length(), 2 * LETTERS));
        String letters =
                MARKS.matcher(Normalizer.normalize(first, Normalizer.Form.NFKD)).replaceAll("");
        String plain = SIGNS.matcher(letters).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        return plain.substring(0, Math.min(plain.length(), LETTERS));
    }
}
