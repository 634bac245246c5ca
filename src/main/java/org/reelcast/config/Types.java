package org.reelcast.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** The kinds of values that settings take. */
final class Types {
    private Types() {}

    private record Type<T>(String allowed, boolean isSecret, BiFunction<String, Path, T> parser)
            implements ValueType<T> {
        @Override
        public T parse(String text, Path home) {
            return parser.apply(text, home);
        }
    }

    private static <T> ValueType<T> type(String allowed, BiFunction<String, Path, T> parser) {
        return new Type<>(allowed, false, parser);
    }

    /** @param unit e.g. {@code ms}; empty when it is a plain number */
    static ValueType<Integer> number(int min, int max, String unit) {
        String allowed = "a whole number " + (unit.isEmpty() ? "" : "of " + unit + " ") + "from " + min + " to " + max;
        return type(allowed, (text, home) -> {
            int value = Integer.parseInt(text);
            require(value >= min && value <= max);
            return value;
        });
    }

    /** One of a few whole numbers. */
    static ValueType<Integer> numberOf(String unit, Integer... allowed) {
        List<Integer> numbers = List.of(allowed);
        String names = numbers.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(", "));
        return type("one of these numbers of " + unit + ": " + names, (text, home) -> {
            int value = Integer.parseInt(text);
            require(numbers.contains(value));
            return value;
        });
    }

    /** One of a few words. */
    static ValueType<String> wordOf(String... allowed) {
        List<String> words = List.of(allowed);
        return type("one of these words: " + String.join(", ", words), (text, home) -> {
            require(words.contains(text));
            return text;
        });
    }

    static ValueType<Integer> millis(int min, int max) {
        return number(min, max, "ms");
    }

    static ValueType<Boolean> bool() {
        return type("true or false", (text, home) -> {
            require(text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
            return Boolean.valueOf(text);
        });
    }

    static ValueType<Path> path() {
        return type("a path, from the home folder when it is relative", Types::resolve);
    }

    static ValueType<Optional<Path>> optionalPath() {
        return type(
                "a path, from the home folder when it is relative, or nothing",
                (text, home) -> text.isEmpty() ? Optional.empty() : Optional.of(resolve(text, home)));
    }

    static ValueType<String> text() {
        return type("a text", (text, home) -> text);
    }

    /** One of some words. */
    static ValueType<String> choice(String... words) {
        return type("one of " + String.join(", ", words), (text, home) -> {
            require(List.of(words).contains(text));
            return text;
        });
    }

    /** A text of a certain form, or nothing. @param allowed says the form to users */
    static ValueType<String> matching(String form, String allowed) {
        Pattern pattern = Pattern.compile(form);
        return type(allowed, (text, home) -> {
            require(text.isEmpty() || pattern.matcher(text).matches());
            return text;
        });
    }

    /** An IPv4 or IPv6 address in digits, or nothing: empty. */
    static ValueType<String> address() {
        return type("an IP address, or nothing", (text, home) -> {
            require(text.isEmpty() || AddressRanges.isAddress(text));
            return text;
        });
    }

    static ValueType<AddressRanges> addressRanges() {
        return type(
                "IP addresses and ranges as 10.0.0.0/8, comma-separated, or nothing",
                (text, home) -> AddressRanges.parse(text));
    }

    static ValueType<Secret> secret() {
        return new Type<>("a text", true, (text, home) -> new Secret(text));
    }

    /** A secret of so many parts between semicolons, or nothing. */
    static ValueType<Secret> secretParts(String shape) {
        int parts = shape.split(";").length;
        return new Type<>(shape + ", or nothing", true, (text, home) -> {
            if (!text.isEmpty()) {
                List<String> given = List.of(text.split(";", -1));
                require(given.size() == parts && given.stream().noneMatch(String::isBlank));
            }
            return new Secret(text);
        });
    }

    private static Path resolve(String text, Path home) {
        return home.resolve(text).normalize();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }
}
