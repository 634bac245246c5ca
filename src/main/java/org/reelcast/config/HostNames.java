package org.reelcast.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of hosts as settings list them: globs between commas, of which the first that fits counts; !glob = not these. */
public final class HostNames {
    private final List<Rule> rules;

    private record Rule(Pattern pattern, boolean contained) {}

    public HostNames(String globs) {
        rules = Arrays.stream(globs.split(","))
                .map(String::trim)
                .filter(glob -> !glob.isEmpty())
                .map(glob -> glob.startsWith("!")
                        ? new Rule(pattern(glob.substring(1).trim()), false)
                        : new Rule(pattern(glob), true))
                .toList();
    }

    /** A star is any text: {@code *.example.com} are all below that, and not that itself. */
    private static Pattern pattern(String glob) {
        return Pattern.compile(Arrays.stream(glob.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    public boolean contain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(name).matches())
                .findFirst()
                .map(Rule::contained)
                .orElse(false);
    }
}
