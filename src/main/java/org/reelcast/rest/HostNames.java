package org.reelcast.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of hosts as settings list them: globs between commas. */
final class HostNames {
    private final List<Pattern> patterns;

    HostNames(String globs) {
        patterns = Arrays.stream(globs.split(",")).map(String::trim).filter(glob -> !glob.isEmpty())
                .map(HostNames::pattern).toList();
    }

    /** A star is any text: {@code *.example.com} are all below that, and not that itself. */
    private static Pattern pattern(String glob) {
        return Pattern.compile(Arrays.stream(glob.toLowerCase(Locale.ROOT).split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean contain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
