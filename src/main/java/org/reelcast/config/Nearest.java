package org.reelcast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what somebody meant who mistyped a name. */
public final class Nearest {
    private Nearest() {}

    /** The name nearest to {@code typed}, unless even that is so far off that it would only puzzle. */
    static Optional<String> of(String typed, Collection<String> names) {
        int limit = limit(typed);
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(typed, name)))
                .filter(name -> distance(typed, name) <= limit);
    }

    /** At which distance a name has little to do with what was typed. */
    public static int limit(String typed) {
        return Math.max(2, typed.length() / 3);
    }

    /** Levenshtein's distance: letters to insert, delete or replace. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
